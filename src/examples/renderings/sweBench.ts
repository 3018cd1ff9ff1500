/**
 * Rows of SWE-bench, which begin at a public commit. Its own columns do not tell of a work tree that was not clean, nor how the
 * tests are run: three columns of `task` do. What its harness needs besides, an image and a script, nobody built.
 */
import { taskFormat } from '../task.ts';
import type { Rendering } from './rendering.ts';

export const sweBenchRow = taskFormat.schema.pick({
  repo: true,
  instance_id: true,
  base_commit: true,
  patch: true,
  test_patch: true,
  problem_statement: true,
  hints_text: true,
  created_at: true,
  version: true,
  FAIL_TO_PASS: true,
  PASS_TO_PASS: true,
  environment_setup_commit: true,
  setup_files: true,
  test_command: true,
  test_directory: true,
});

export const sweBenchRendering: Rendering = {
  name: 'swe-bench',
  layout: 'lines',
  render: (record, verification) => {
    const lacks = taskFormat.lacks(record, verification);
    if (lacks !== null) return lacks;
    const rows = taskFormat.derive(record, verification).filter(({ closure }) => closure === 'public_commit');
    if (rows.length === 0) return 'no public commit is known (task and harbor do without)';
    const columns = sweBenchRow.keyof().options;
    return rows.map((row) => ({ source: row, value: Object.fromEntries(columns.map((name) => [name, row[name]])) }));
  },
};
