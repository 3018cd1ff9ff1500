import type { Translate } from '../../consent/statusText.ts';
import type { TaskLine } from '../../session/capture/taskSummary.ts';
import { joined, type Row } from './row.ts';
import { counted } from './texts.ts';

type Step = Omit<Row, 'id'>;

/** The open task as rows, newest last. */
export function currentRows(lines: readonly TaskLine[], earlier: number, t: Translate): Row[] {
  const rows = lines.map((line, i) => ({ id: String(earlier + i), ...stepOf(line, t) }));
  if (earlier === 0) return rows;
  const before = counted(earlier, t('1 step before'), t('{0} steps before', String(earlier)));
  return [{ id: 'before', label: before, icon: 'ellipsis' }, ...rows];
}

function stepOf(line: TaskLine, t: Translate): Step {
  switch (line.kind) {
    case 'start':
      return {
        label: t('Task started'),
        ...(line.hasInstruction ? { description: t('in your own words') } : {}),
        icon: 'flag',
      };
    case 'edit': {
      const changes = counted(line.changes, t('1 change'), t('{0} changes', String(line.changes)));
      const problems = line.problems
        ? counted(line.problems, t('1 problem'), t('{0} problems', String(line.problems)))
        : null;
      return file(t('Edited {0}', nameOf(line.path)), line.path, 'edit', [changes, problems]);
    }
    case 'outside':
      return file(t('{0} changed', nameOf(line.path)), line.path, 'arrow-down', [t('by another program')]);
    case 'view':
      return file(t('Looked at {0}', nameOf(line.path)), line.path, 'eye');
    case 'file':
      return fileRow(line, t);
    case 'command':
      return commandRow(line, t);
    case 'cell':
      return file(t('Ran a cell of {0}', nameOf(line.path)), line.path, 'notebook-execute', [ended(line.success, t)]);
    case 'debug':
      return debugRow(line, t);
    case 'git':
      return {
        label: gitText(line.action, t),
        ...(line.files > 0
          ? { description: counted(line.files, t('1 file'), t('{0} files', String(line.files))) }
          : {}),
        icon: line.action === 'commit' ? 'git-commit' : 'source-control',
      };
    case 'gap':
      return { label: gapText(line.reason, t), icon: line.reason === 'paused' ? 'debug-pause' : 'circle-slash' };
  }
}

function fileRow({ action, path, to }: Extract<TaskLine, { kind: 'file' }>, t: Translate): Step {
  switch (action) {
    case 'create':
      return file(t('Created {0}', nameOf(path)), path, 'new-file');
    case 'delete':
      return file(t('Deleted {0}', nameOf(path)), path, 'trash');
    case 'rename':
      return file(t('Renamed {0} to {1}', nameOf(path), nameOf(to ?? '')), to ?? path, 'go-to-file');
  }
}

function commandRow(
  { does, program, running, exitCode, tests }: Extract<TaskLine, { kind: 'command' }>,
  t: Translate,
): Step {
  const how = running ? t('running') : exitCode === null ? t('ended') : exitCode === 0 ? t('passed') : t('failed');
  const counts = tests && t('{0} passed, {1} failed', String(tests.passed), String(tests.failed));
  const isCheck = does === 'test' || does === 'build' || does === 'lint';
  const code = exitCode === null ? null : t('exit code {0}', String(exitCode));
  const description = isCheck || running || exitCode === null ? [how, counts] : [code];
  const icon = running ? 'sync' : exitCode === null ? 'terminal' : exitCode === 0 ? 'pass' : 'error';
  const color = icon === 'pass' ? 'testing.iconPassed' : icon === 'error' ? 'testing.iconFailed' : undefined;
  return {
    label: commandText(does, program, t),
    description: joined(...description),
    icon,
    ...(color ? { color } : {}),
  };
}

function commandText(
  does: Extract<TaskLine, { kind: 'command' }>['does'],
  program: string | null,
  t: Translate,
): string {
  const name = program ?? t('a program of your own');
  switch (does) {
    case 'test':
      return t('Tests: {0}', name);
    case 'build':
      return t('Build: {0}', name);
    case 'lint':
      return t('Check: {0}', name);
    default:
      return t('Command: {0}', name);
  }
}

function debugRow({ action, path, line }: Extract<TaskLine, { kind: 'debug' }>, t: Translate): Step {
  const place = path === null ? [] : [line === null ? path : `${path}:${line + 1}`];
  switch (action) {
    case 'exception':
      return {
        label: t('Debugger: exception'),
        description: joined(...place),
        icon: 'debug-alt',
        color: 'testing.iconFailed',
      };
    case 'stopped':
      return { label: t('Debugger: stopped'), description: joined(...place), icon: 'debug-alt' };
    case 'exited':
      return { label: t('Debugger: ended'), description: joined(...place), icon: 'debug-alt' };
  }
}

function gitText(action: Extract<TaskLine, { kind: 'git' }>['action'], t: Translate): string {
  switch (action) {
    case 'commit':
      return t('Committed');
    case 'checkout':
      return t('Switched the branch');
    case 'stash':
      return t('Put changes away');
    case 'stash_apply':
      return t('Brought changes back');
    case 'stash_drop':
      return t('Threw put-away changes away');
    case 'reset':
    case 'merge':
    case 'rebase':
    case 'revert':
      return t('Git: {0}', action);
    case 'cherry_pick':
      return t('Git: {0}', 'cherry-pick');
    case 'unknown':
      return t('Git moved the branch');
  }
}

function gapText(reason: Extract<TaskLine, { kind: 'gap' }>['reason'], t: Translate): string {
  switch (reason) {
    case 'paused':
      return t('Paused');
    case 'limit':
      return t('Left out: over a limit');
    case 'withheld':
      return t('Left out');
    case 'resync':
      return t('Caught up with the file as it stands');
  }
}

function ended(success: boolean | null, t: Translate): string | null {
  return success === null ? null : success ? t('passed') : t('failed');
}

/** The whole path is told by the tooltip, the folder behind the name. */
function file(label: string, path: string, icon: string, facts: readonly (string | null)[] = []): Step {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return { label, description: joined(...facts, folder), icon, tooltip: path };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
