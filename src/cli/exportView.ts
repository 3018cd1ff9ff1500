/** Examples that are made on export alone, in a few lines each. */
import { type Commit, commitFormat } from '../examples/commit.ts';
import { type Execution, executionFormat } from '../examples/execution.ts';
import { type Preference, preferenceFormat } from '../examples/preference.ts';
import { type Task, taskFormat } from '../examples/task.ts';
import type { Verification } from '../examples/verification.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { bold, cyan, faint, green, type Line, red } from './terminal.ts';

/** Lines of a patch or an output. */
const most = 40;

/** All of them that a record gives. */
export function exportViews(record: Trajectory, verification: Verification | null): Line[] {
  return [
    ...taskFormat.derive(record, verification).flatMap(taskView),
    ...commitFormat.derive(record).flatMap(commitView),
    ...preferenceFormat.derive(record).flatMap(preferenceView),
    ...executionFormat.derive(record).flatMap(executionView),
  ];
}

function taskView(row: Task): Line[] {
  const names = (list: string) => (JSON.parse(list) as string[]).join(', ') || '-';
  return [
    title('task', ` ${row.test_command}`, row),
    [faint('asked        '), ...row.problem_statement.split('\n').slice(0, 1)],
    [faint('state        '), row.closure === 'record' ? 'from the record' : `${row.repo} at ${row.base_commit}`],
    [faint('to pass      '), names(row.FAIL_TO_PASS), faint(`  ${row.verification}`)],
    [faint('to stay      '), names(row.PASS_TO_PASS)],
    ...patch(row.patch + row.test_patch),
    [],
  ];
}

function commitView(row: Commit): Line[] {
  const shares = row.contributors.map(({ contributor, share }) => `${contributor} ${Math.round(share * 100)}%`);
  return [
    title('commit', ` ${row.new_file || row.old_file}`, row),
    [faint('message      '), row.subject],
    [faint('contributors '), shares.join(', ') || '-'],
    ...patch(row.patch),
    [],
  ];
}

function preferenceView(row: Preference): Line[] {
  return [
    title('preference', ` ${row.kind} ${row.input.path}`, row),
    [faint('chosen')],
    ...patch(row.chosen),
    [faint('rejected')],
    ...patch(row.rejected),
    [],
  ];
}

function executionView({ input, target, ...row }: Execution): Line[] {
  return [
    title('execution', ` ${input.command}`, row),
    [faint('state        '), `${input.files.length} ${input.files.length === 1 ? 'file' : 'files'}`],
    [faint('to be told   '), `exit code ${target.exit_code ?? 'not known'}`],
    ...shortened(target.output).map((line) => ['  ', line]),
    [],
  ];
}

function title(name: string, of: string, { step_start, step_end }: { step_start: number; step_end: number }): Line {
  return [bold(name), of, faint(`  steps ${step_start} to ${step_end}`)];
}

function patch(text: string): Line[] {
  return shortened(text).map((line) => {
    if (line.startsWith('@@')) return ['  ', cyan(line)];
    return ['  ', line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line];
  });
}

function shortened(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.length > most ? [...lines.slice(0, most), `[${lines.length - most} more lines]`] : lines;
}
