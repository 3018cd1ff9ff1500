/** A step in few words, as the timeline shows it: pure. */
import type { Translate } from '../consent/statusText.ts';
import type { Gap, Outcome, Step } from '../trajectory/record.ts';

export type Tone = 'plain' | 'edit' | 'good' | 'bad';

/** Whether a step tells of success or failure, or changes a text. */
export function toneOf({ kind, exit_code, tests, diagnostics, resolved, action }: Step): Tone {
  switch (kind) {
    case 'edit':
    case 'resync':
    case 'file':
      return 'edit';
    case 'command':
    case 'test':
      if (tests.some(({ status }) => status === 'failed')) return 'bad';
      if (exit_code !== null) return exit_code === 0 ? 'good' : 'bad';
      return tests.some(({ status }) => status === 'passed') ? 'good' : 'plain';
    case 'diagnostics':
      if (diagnostics.some(({ severity }) => severity === 'error')) return 'bad';
      return resolved.length > 0 && diagnostics.length === 0 ? 'good' : 'plain';
    case 'debug':
      return action === 'exception' ? 'bad' : 'plain';
    default:
      return 'plain';
  }
}

/** What is under way: a file's name, a command line, a message. @param path of the step's file, as it is called then. */
export function titleOf(step: Step, path: string | null, t: Translate): string {
  const name = path?.split('/').at(-1) ?? '';
  const firstLine = step.message?.trimStart().split('\n')[0] ?? '';
  switch (step.kind) {
    case 'command':
    case 'test':
      return step.command ?? (name || t('Command'));
    case 'git':
      return firstLine || step.branch || gitText(step, t);
    case 'note':
      return firstLine || t('Note');
    case 'debug':
      return firstLine || (step.path?.split('/').at(-1) ?? t('Debugging'));
    case 'file':
      return (step.to_path ?? step.path)?.split('/').at(-1) || name;
    default:
      return name || kindText(step, t);
  }
}

/** What became of it, in two or three words. */
export function detailOf(step: Step, t: Translate): string {
  switch (step.kind) {
    case 'edit':
      return originText(step.origin, t);
    case 'command':
    case 'test':
      return resultText(step, t);
    case 'diagnostics': {
      const errors = step.diagnostics.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) return errors === 1 ? t('1 error') : t('{0} errors', String(errors));
      const problems = step.diagnostics.length;
      if (problems > 0) return problems === 1 ? t('1 problem') : t('{0} problems', String(problems));
      return step.resolved.length > 0 ? t('{0} resolved', String(step.resolved.length)) : t('no problems');
    }
    case 'view': {
      const [first] = step.visible_lines;
      const last = step.visible_lines.at(-1);
      return first && last ? t('lines {0}–{1}', String(first.start + 1), String(last.end + 1)) : '';
    }
    default:
      return kindText(step, t);
  }
}

/** The kind of a step, or what it did where its kind has several deeds. */
export function kindText(step: Step, t: Translate): string {
  switch (step.kind) {
    case 'edit':
      return t('Edit');
    case 'view':
      return step.action === 'jump' ? t('Jumped to') : t('Looked at');
    case 'command':
      return step.command === null && step.file_id !== null ? t('Cell') : t('Command');
    case 'test':
      return t('Test run');
    case 'diagnostics':
      return t('Problems');
    case 'debug':
      return debugText(step, t);
    case 'file':
      return fileText(step, t);
    case 'git':
      return gitText(step, t);
    case 'note':
      return t('Note');
    case 'resync':
      return t('Taken over from the disk');
  }
}

/** All that the timeline says of a step, for those who do not see it. */
export function labelOf(step: Step, path: string | null, t: Translate): string {
  const parts = [kindText(step, t), titleOf(step, path, t), detailOf(step, t), elapsedText(step.elapsed, t)];
  return [...new Set(parts)].filter(Boolean).join(', ');
}

/** Time since the step before. */
export function elapsedText(elapsed: Step['elapsed'], t: Translate): string {
  switch (elapsed) {
    case '<1s':
      return t('within a second');
    case '<10s':
      return t('within 10 seconds');
    case '<1m':
      return t('within a minute');
    case '<10m':
      return t('within 10 minutes');
    case 'longer':
      return t('after more than 10 minutes');
  }
}

export function gapText(reason: Gap['reason'], t: Translate): string {
  switch (reason) {
    case 'paused':
      return t('recording was paused here');
    case 'withheld':
      return t('something was withheld here');
    case 'limit':
      return t('what came here was too much to record');
    case 'resync':
      return t('something is missing here, and the text was taken anew');
  }
}

export function outcomeText(status: Outcome['status'], t: Translate): string {
  switch (status) {
    case 'succeeded':
      return t('Succeeded');
    case 'failed':
      return t('Failed');
    case 'abandoned':
      return t('Abandoned');
    case 'unknown':
      return t('Unknown');
  }
}

/** What an outcome rests on. */
export function basisText(basis: Outcome['basis'], t: Translate): string {
  switch (basis) {
    case 'test_names':
      return t('by the names of tests');
    case 'exit_code':
      return t('by an exit code');
    case 'user':
      return t('set by you');
    case 'none':
      return t('nothing shows it');
  }
}

export function originText(origin: Step['origin'], t: Translate): string {
  switch (origin) {
    case 'typed':
      return t('typed');
    case 'pasted':
      return t('pasted');
    case 'completion':
      return t('completion');
    case 'agent':
      return t('by an agent');
    case 'formatter':
      return t('formatter');
    case 'refactoring':
      return t('refactoring');
    case 'git':
      return t('by git');
    case 'external':
      return t('by another program');
    case 'undo':
      return t('undo');
    case 'redo':
      return t('redo');
    default:
      return t('origin unknown');
  }
}

function resultText({ tests, exit_code }: Step, t: Translate): string {
  const failed = tests.filter(({ status }) => status === 'failed').length;
  if (failed > 0) return t('{0} failed', String(failed));
  const passed = tests.filter(({ status }) => status === 'passed').length;
  if (passed > 0 && exit_code === 0) return t('{0} passed', String(passed));
  return exit_code === null ? '' : t('exit {0}', String(exit_code));
}

function debugText({ action }: Step, t: Translate): string {
  if (action === 'exception') return t('Exception');
  return action === 'stopped' ? t('Stopped') : t('Debugging ended');
}

function fileText({ action }: Step, t: Translate): string {
  switch (action) {
    case 'create':
      return t('Created');
    case 'delete':
      return t('Deleted');
    case 'rename':
      return t('Renamed');
    default:
      return t('Changed on disk');
  }
}

function gitText({ action }: Step, t: Translate): string {
  return action === 'commit' ? t('Commit') : t('Git: {0}', action ?? '');
}
