/**
 * Zed's ExampleSpec, from `next_edit`. What a project would be loaded for (the text of the file under the cursor) stands in
 * `captured_prompt_input`, up to the size that Zed takes; without it, a public commit is needed.
 */
import type { Redacted } from '../../redaction/redacted.ts';
import { notebookOf } from '../../session/cellPath.ts';
import { netPatch, type PatchedFile } from '../../trajectory/netPatch.ts';
import type { Trajectory } from '../../trajectory/record.ts';
import { EditWalk } from '../editInput.ts';
import { type NextEdit, nextEditFormat } from '../nextEdit.ts';
import type { Rendered, Rendering } from './rendering.ts';

/** Bytes of a file that Zed captures at most. */
const mostBytes = 64 * 1024;

/** Edits in the history of an example at most. */
const mostEdits = 12;

export const zedRendering: Rendering = {
  name: 'zed',
  layout: 'lines',
  render: (record) => {
    const rows = nextEditFormat.derive(record).filter(({ input }) => {
      // No file has the path of a cell.
      return input.cursor !== null && notebookOf(input.path) === null;
    });
    if (rows.length === 0) return 'no edit with a known cursor is to be learned';
    const specs = [...specsOf(record, rows)];
    return specs.length > 0 ? specs : 'the files are too large to hold, and no public commit is known';
  },
};

function* specsOf(record: Trajectory, rows: readonly NextEdit[]): Iterable<Rendered> {
  const walk = new EditWalk(record);
  const files = record.files.filter(({ path }) => notebookOf(path) === null);
  const now = (): PatchedFile[] => {
    return files.map(({ file_id }) => ({ path: walk.paths.of(file_id), text: walk.states.text(file_id) }));
  };
  const base = now();
  const isNeeded = new Map(rows.map((row) => [row.step_start, row]));
  /** The files before each of the last edits: a history of edits tells of no file that is made, moved or deleted. */
  let before: PatchedFile[][] = [];
  for (const step of record.steps) {
    const row = isNeeded.get(step.index);
    const state = now();
    if (row && step.file_id !== null) {
      const length = Math.min(row.input.edit_history.length, before.length);
      const history = row.input.edit_history.slice(row.input.edit_history.length - length);
      const uncommitted = netPatch(base, before.at(before.length - length) ?? state);
      const text = walk.states.text(step.file_id) ?? ('' as Redacted);
      const spec = specOf(record, { ...row, input: { ...row.input, edit_history: history } }, text, uncommitted);
      if (spec) yield { source: row, value: spec };
    }
    const isEdit = walk.apply(step) !== null;
    if (step.kind === 'file') before = [];
    else if (isEdit) before.push(state);
    if (before.length > mostEdits) before.shift();
  }
}

function specOf(record: Trajectory, row: NextEdit, text: string, uncommitted: string): object | null {
  const { repo, base_commit } = record.environment;
  const { input, target, step_start } = row;
  const cursor = input.cursor as number;
  const captured = Buffer.byteLength(text) <= mostBytes ? capturedInput(input, text, cursor) : null;
  if (!captured && (repo === null || base_commit === null)) return null;
  return {
    name: `${row.trajectory_id}-${step_start}`,
    repository_url: repo ?? '',
    revision: base_commit ?? '',
    tags: row.language === null ? [] : [row.language],
    uncommitted_diff: uncommitted,
    recently_opened_files: [],
    cursor_path: input.path,
    cursor_position: marked(input.excerpt, cursor - input.excerpt_start),
    edit_history: input.edit_history.map(({ patch }) => patch).join(''),
    expected_patches: [target.patch],
    captured_prompt_input: captured,
  };
}

function marked(excerpt: string, cursor: number): string {
  const points = Array.from(excerpt);
  return `${points.slice(0, cursor).join('')}<|user_cursor|>${points.slice(cursor).join('')}`;
}

/** Offset and column count bytes. */
function capturedInput(input: NextEdit['input'], text: string, cursor: number): object {
  const before = Array.from(text).slice(0, cursor).join('');
  const lines = before.split('\n');
  return {
    cursor_file_content: text,
    cursor_offset: Buffer.byteLength(before),
    cursor_row: lines.length - 1,
    cursor_column: Buffer.byteLength(lines[lines.length - 1]),
    events: input.edit_history.map(({ path, patch }) => ({
      path,
      old_path: path,
      diff: patch.slice(patch.indexOf('@@')),
      predicted: false,
      in_open_source_repo: false,
    })),
    related_files: [],
  };
}
