/**
 * `commit`: from the text of a file and a commit's message to the text that was committed: the columns of CommitPackFT,
 * one row a file.
 *
 * The contents are those that stood in the editor: what was staged may have been less. A file whose text at the commit
 * before is not known (after a checkout, or in a later part of a task) is left out until the next one.
 */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { netPatch, type PatchedFile } from '../trajectory/netPatch.ts';
import { type Step, type Trajectory, text } from '../trajectory/record.ts';
import { Contributors, contributors } from './contributors.ts';
import { count, fits, headOf, rowHead, sizeOf } from './row.ts';

const commit = z.strictObject({
  ...rowHead('1'),
  commit: z.string().describe('id of the record and the step: no hash is recorded'),
  old_file: text.describe('path before; empty where the file is new'),
  new_file: text.describe('path after; empty where the file is gone'),
  old_contents: text.describe('at the commit before, or when the task began; see old_contents_from'),
  new_contents: text,
  subject: text.describe('first line of the message'),
  message: text.describe('written after the work: it describes the answer'),
  lang: z.string().nullable().describe('language id of VS Code'),
  repos: text.nullable().describe('public remote, only under the signal repository'),
  old_contents_from: z
    .enum(['task_start', 'last_commit'])
    .describe('task_start: what was not committed then counts as committed before'),
  files_in_commit: count.describe('files that the commit names; CommitPackFT holds commits of one file alone'),
  patch: text.describe('unified diff from the old contents to the new ones'),
  contributors: z
    .array(z.strictObject({ contributor: z.enum(contributors), share: z.number().min(0).max(1) }))
    .describe(
      'code points of the new contents that were put in since, by contributor, in the words of Agent Trace: human: typed; ai: completions and agents; mixed: undone, formatted or refactored where there are several; unknown: pasted, or changed by another program. Empty where only something was taken away',
    ),
  lengths: z.strictObject({
    old_code_points: count,
    old_bytes: count,
    new_code_points: count,
    new_bytes: count,
  }),
});
export type Commit = z.infer<typeof commit>;

/** The files as they stood at a commit. */
interface Baseline {
  files: PatchedFile[];
  from: Commit['old_contents_from'];
  step: number;
}

function derive(record: Trajectory): Commit[] {
  const { files, steps, part } = record;
  const bases = files.map(({ base_text }) => base_text);
  const states = new FileStates(bases);
  const paths = new FilePaths(files.map(({ path }) => path));
  const marks = new Contributors(bases);
  const now = (): PatchedFile[] => files.map((_, file) => ({ path: paths.of(file), text: states.text(file) }));
  let baseline: Baseline | null = part === 0 ? { files: now(), from: 'task_start', step: 0 } : null;
  const rows: Commit[] = [];
  for (const step of steps) {
    states.apply(step);
    paths.apply(step);
    marks.apply(step);
    if (step.kind !== 'git') continue;
    if (step.action !== 'commit') {
      if (!inPlace.has(step.action ?? 'unknown')) baseline = null;
      continue;
    }
    const after = now();
    if (baseline) rows.push(...rowsOf(record, step, baseline, after, marks));
    baseline = { files: after, from: 'last_commit', step: step.index + 1 };
    marks.settle();
  }
  return rows.filter(fits);
}

/** What git does without moving to another commit. */
const inPlace: ReadonlySet<string> = new Set(['stash', 'stash_apply', 'stash_drop']);

function rowsOf(
  record: Trajectory,
  step: Step,
  { files, from, step: since }: Baseline,
  after: PatchedFile[],
  marks: Contributors,
): Commit[] {
  const { message } = step;
  if (message === null) return [];
  const named = new Set<string>(step.paths);
  return files.flatMap((old, file): Commit[] => {
    const now = after[file];
    const isNamed = named.has(now.path) || named.has(old.path);
    if (!isNamed || (old.text === now.text && old.path === now.path) || (old.text ?? now.text) === null) return [];
    const none = '' as Redacted;
    const [before, behind] = [old.text ?? none, now.text ?? none];
    const [oldSize, newSize] = [sizeOf([before]), sizeOf([behind])];
    return [
      {
        ...headOf('1', record, [Math.min(since, step.index), step.index], [file]),
        commit: `${record.trajectory_id}:${step.index}`,
        old_file: old.text === null ? none : old.path,
        new_file: now.text === null ? none : now.path,
        old_contents: before,
        new_contents: behind,
        subject: deriveText((all) => all.split('\n')[0], message),
        message,
        lang: record.files[file].language,
        repos: record.environment.repo,
        old_contents_from: from,
        files_in_commit: step.paths.length,
        patch: netPatch([old], [now]),
        contributors: now.text === null ? [] : marks.shares(file),
        lengths: {
          old_code_points: oldSize.code_points,
          old_bytes: oldSize.bytes,
          new_code_points: newSize.code_points,
          new_bytes: newSize.bytes,
        },
      },
    ];
  });
}

export const commitFormat = { name: 'commit', schema: commit, derive };
