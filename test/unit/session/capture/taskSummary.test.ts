import assert from 'node:assert/strict';
import type { Happening, TaskSink } from '../../../../src/session/capture/taskStream.ts';
import { mostLines, TaskSummary } from '../../../../src/session/capture/taskSummary.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';

const opened = (doc: number, path: string): Happening => ({
  ...{ kind: 'open', doc, path, language: null, eol: null, encoding: null, text: 'a secret text' },
});
const typed = (doc: number): Happening => ({
  ...{ kind: 'edit', doc, version: 1, reason: null, changes: [{ offset: 0, length: 0, text: 'x' }] },
  ...{ selections: null, visible: null },
});
const looked = (doc: number): Happening => ({ kind: 'view', doc, reason: 'dwell', cursors: [], visible: [] });
const ran = (command: number, line: string): Happening => ({
  ...{ kind: 'command_start', command, line, cwd: '.', columns: null, observed: true },
});
const ended = (command: number, exit_code: number): Happening => ({
  ...{ kind: 'command_end', command, exit_code, output_status: 'complete', output_bytes: 0 },
});
const problems = (doc: number, ...severities: ('error' | 'warning' | 'hint')[]): Happening => ({
  ...{ kind: 'diagnostics', doc, version: 1 },
  items: severities.map((severity) => ({ severity, source: null, code: null, message: 'a text', start: 0, end: 0 })),
});

/** A summary of an open task, and how often it told of a change. */
function following() {
  const told: SessionEvent[] = [];
  const counted = { changes: 0 };
  const summary = new TaskSummary(() => counted.changes++);
  const sink: TaskSink = { append: (event) => void told.push(event), full: false, close: () => {} };
  const followed = summary.follow(sink);
  const take = (...happenings: Happening[]) => {
    for (const happening of happenings) followed.append({ ...happening, t: 0 } as SessionEvent);
  };
  return { summary, followed, told, take, counted };
}

const lines = (...happenings: Happening[]) => {
  const { summary, take } = following();
  take(...happenings);
  return summary.lines;
};

describe('the summary of the open task', () => {
  it('passes every event on and keeps none', () => {
    const { summary, followed, told, take } = following();
    take(opened(0, 'a.ts'), typed(0));
    assert.equal(told.length, 2);
    assert.ok(!JSON.stringify(summary.lines).includes('secret'));
    followed.close(true);
    assert.deepEqual(summary.lines, []);
  });

  it('counts what is done to one file in one line, until something else is done', () => {
    const edit = (path: string, changes: number) => ({ kind: 'edit' as const, path, changes, problems: null });
    assert.deepEqual(lines(opened(0, 'a.ts'), typed(0), typed(0), opened(1, 'b.ts'), typed(1), typed(0)), [
      edit('a.ts', 2),
      edit('b.ts', 1),
      edit('a.ts', 1),
    ]);
  });

  it('lets looking at a file go without a line where it is edited', () => {
    const shown = lines(opened(0, 'a.ts'), looked(0), typed(0), looked(0), opened(1, 'b.ts'), looked(1), looked(1));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['edit', 'view'],
    );
  });

  it('tells the problems of a file with its last edit', () => {
    const shown = lines(opened(0, 'a.ts'), typed(0), ran(1, 'npm test'), problems(0, 'error', 'warning', 'hint'));
    assert.deepEqual(shown[0], { kind: 'edit', path: 'a.ts', changes: 1, problems: 2 });
    assert.deepEqual(lines(opened(0, 'a.ts'), problems(0, 'error')), []);
  });

  it('follows a file to its new name', () => {
    const shown = lines(opened(0, 'a.ts'), { kind: 'file', action: 'rename', path: 'a.ts', to: 'b.ts' }, typed(0));
    assert.deepEqual(shown[1], { kind: 'edit', path: 'b.ts', changes: 1, problems: null });
  });

  it('tells of a command what it does, how it ended, and what its report says of the tests', () => {
    const command = { kind: 'command' as const, running: false, tests: null };
    assert.deepEqual(lines(ran(1, 'cd web && npx vitest run'), ran(2, 'tsc -p .'), ended(2, 0), ended(1, 1)), [
      { ...command, command: 1, does: 'test', program: 'vitest', exitCode: 1 },
      { ...command, command: 2, does: 'build', program: 'tsc', exitCode: 0 },
    ]);
    const results = ['passed', 'failed', 'passed', 'skipped'] as const;
    const report: Happening = {
      ...{ kind: 'test_report', command: 1, complete: true },
      results: results.map((status, i) => ({ name: `${i}`, status })),
    };
    const [run] = lines(ran(1, 'pytest'), report);
    assert.deepEqual(run.kind === 'command' && [run.running, run.tests], [true, { passed: 2, failed: 1 }]);
  });

  it('names no program that is not well known', () => {
    const [unknown] = lines(ran(1, '?'));
    assert.deepEqual(unknown.kind === 'command' && [unknown.does, unknown.program], [null, null]);
    const [script] = lines(ran(1, './deploy-to-acme.sh'));
    assert.deepEqual(script.kind === 'command' && [script.does, script.program], ['run', null]);
  });

  it('keeps the newest lines and counts the others', () => {
    const { summary, take } = following();
    for (let i = 0; i < mostLines + 7; i++) take(ran(i, 'npm test'));
    assert.deepEqual([summary.lines.length, summary.earlier], [mostLines, 7]);
    const [oldest] = summary.lines;
    assert.equal(oldest.kind === 'command' && oldest.command, 7);
  });

  it('tells of a change for what shows alone', () => {
    const { take, counted } = following();
    const before = counted.changes;
    take({ kind: 'known', values: [] }, { kind: 'git_index' }, opened(0, 'a.ts'), { kind: 'save', doc: 0 });
    assert.equal(counted.changes, before);
    take(typed(0));
    assert.equal(counted.changes, before + 1);
  });
});
