/** The files of a task in both of its states, as a record gives them, and why it does not. */
import { posix } from 'node:path';
import { missingImports } from '../../examples/closure.ts';
import { isInside, isTestFile, planOf, type TaskPlan } from '../../examples/taskPlan.ts';
import { notebookOf } from '../../session/cellPath.ts';
import type { Trajectory } from '../../trajectory/record.ts';

export interface Rebuild {
  plan: TaskPlan;
  /** The state before with the tests as they became, and all as it became. */
  states: Record<'before' | 'after', WorkFile[]>;
  /** Stands for the workspace's folder in what was recorded. */
  workspace: string;
  /** Files that hold placeholders, which may break a test. */
  redacted: string[];
}

export interface WorkFile {
  path: string;
  /** Null: nothing must stand there. */
  bytes: Buffer | null;
}

/** Where a record tells of no placeholder for it. */
const usualWorkspace = '/workspace0001';

/** @returns why it cannot be rebuilt, for people. */
export function rebuildOf(record: Trajectory): Rebuild | string {
  const plan = planOf(record);
  if (typeof plan === 'string') return plan;
  const placeholders = record.redaction.placeholders.map(({ placeholder }) => placeholder);
  const held = (text: string) => placeholders.find((placeholder) => text.includes(placeholder));
  const { run, before, after } = plan;

  const inRun = held(run.command) ?? held(run.cwd);
  if (inRun) return `the placeholder ${inRun} stands in the command that ran the tests: ${run.command}`;
  if (![run.cwd, run.directory].every(isInside)) return `its tests ran outside of the workspace: ${run.command}`;
  for (const [name, script] of [before, after].flatMap((files) => scriptsOf(files, run.directory))) {
    const inScript = held(script);
    if (inScript) return `the placeholder ${inScript} stands in the script ${name} of package.json: ${script}`;
  }
  const elsewhere = plan.commit && [...before, ...after].find(({ path }) => held(path));
  if (elsewhere) return `the path ${elsewhere.path} holds a placeholder, so that its place in the commit is not known`;
  const lost = plan.commit ? [] : [before, after].flatMap((files) => missingImports(textsOf(files)));
  // Packages may be installed.
  const missing = lost.find((name) => name.startsWith('.'));
  if (missing) return `the record does not hold ${missing}, or not its text before the task`;
  const other = record.files.find(({ encoding }, i) =>
    [before[i], after[i]].some(({ text }) => text !== null && encoded(text, encoding) === null),
  );
  if (other) return `${other.path} stands in the encoding ${other.encoding}, which cannot be written`;

  const filesOf = (state: 'before' | 'after'): WorkFile[] => {
    const gone: WorkFile[] = [];
    const there: WorkFile[] = [];
    for (const [i, old] of before.entries()) {
      const now = state === 'after' || isTestFile(old, after[i]) ? after[i] : old;
      for (const { path } of [old, after[i]]) gone.push({ path, bytes: null });
      if (now.text === null || notebookOf(now.path) !== null) continue;
      there.push({ path: now.path, bytes: encoded(now.text, record.files[i].encoding) });
    }
    const kept = new Set(there.map(({ path }) => path));
    const isKnown = ({ path }: WorkFile) => !kept.has(path) && isEverKnown.has(path);
    return [...gone.filter(isKnown), ...there];
  };
  // A file that was only looked at has no text in the record, but may have one in the commit.
  const isEverKnown = new Set(
    [...before, ...after].filter(({ text }) => text !== null).map(({ path }) => path as string),
  );
  return {
    plan,
    states: { before: filesOf('before'), after: filesOf('after') },
    workspace: record.redaction.placeholders.find(({ type }) => type === 'workspace')?.placeholder ?? usualWorkspace,
    redacted: [...new Set([...before, ...after].filter(({ text }) => text && held(text)).map(({ path }) => path))],
  };
}

function textsOf(files: TaskPlan['before']): Map<string, string> {
  return new Map(files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as [string, string]])));
}

/** The scripts of the manifest where the tests run. */
function scriptsOf(files: TaskPlan['before'], directory: string): [string, string][] {
  const manifest = textsOf(files).get(posix.join(directory, 'package.json'));
  try {
    const { scripts } = JSON.parse(manifest ?? '{}');
    return Object.entries(scripts ?? {}).map(([name, script]) => [name, String(script)]);
  } catch {
    return [];
  }
}

/** Names are those of VS Code. Null for what only another program can write. */
function encoded(text: string, encoding: string | null): Buffer | null {
  switch (encoding) {
    case null:
    case 'utf8':
      return Buffer.from(text);
    case 'utf8bom':
      return Buffer.from(`\ufeff${text}`);
    case 'utf16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  }
  return /^[\x00-\x7f]*$/.test(text) ? Buffer.from(text) : null;
}
