/** Rows of SWE-bench: the columns of `task` that its harness reads, which checks out a public commit. */
import { sweBenchColumns, taskFormat } from '../task.ts';
import type { Rendering } from './rendering.ts';

export const sweBenchRendering: Rendering = {
  name: 'swe-bench',
  layout: 'lines',
  render: (record, verification) => {
    const lacks = taskFormat.lacks(record, verification);
    if (lacks !== null) return lacks;
    const rows = taskFormat.derive(record, verification).filter(({ closure }) => closure === 'public_commit');
    if (rows.length === 0) return 'no public commit is known (task and harbor do without)';
    const columns = Object.keys(sweBenchColumns) as (keyof typeof sweBenchColumns)[];
    return rows.map((row) => ({ source: row, value: Object.fromEntries(columns.map((name) => [name, row[name]])) }));
  },
};
