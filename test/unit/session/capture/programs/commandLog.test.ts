import assert from 'node:assert/strict';
import { CommandLog } from '../../../../../src/session/capture/programs/commandLog.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import type { SessionEvent, SessionEventOf } from '../../../../../src/session/events.ts';

function newLog() {
  const events: SessionEvent[] = [];
  const time = { now: 1000 };
  const clock = () => time.now;
  const open = () => ({ append: (event: SessionEvent) => void events.push(event), full: false, close: () => {} });
  const stream = new TaskStream(open, () => [], clock);
  const end = () => events.findLast((event): event is SessionEventOf<'command_end'> => event.kind === 'command_end');
  return { events, time, stream, commands: new CommandLog(stream, ['terminal', 'tests', 'git'], clock), end };
}

const sure = { sure: true, cwd: '.' };

describe('CommandLog', () => {
  it('keeps line, output and exit code of a recognised command', () => {
    const { commands, time, events } = newLog();
    const running = commands.start({ line: 'npm test', ...sure });
    assert.equal(running.observed, true);
    running.output('1 pass');
    running.output('ing\r\n');
    time.now += 500;
    running.end(0, true);
    running.end(1, true);
    assert.deepEqual(events, [
      { kind: 'command_start', t: 1000, command: 0, line: 'npm test', cwd: '.', columns: null, observed: true },
      { kind: 'command_output', t: 1500, command: 0, data: '1 passing\r\n' },
      { kind: 'command_end', t: 1500, command: 0, exit_code: 0, output_status: 'complete', output_bytes: 11 },
    ]);
  });

  it('keeps the name and exit code of any other, and nothing that was typed with it', () => {
    for (const sureOfLine of [true, false]) {
      const { commands, events, end } = newLog();
      const line = sureOfLine ? 'curl -H "Authorization: abc"' : 'npm test';
      const running = commands.start({ line, sure: sureOfLine, cwd: null });
      assert.equal(running.observed, false);
      running.output('leak');
      running.end(7, true);
      assert.doesNotMatch(JSON.stringify(events), /abc|leak|npm test/);
      assert.deepEqual([end()?.exit_code, end()?.output_status], [7, 'unobserved']);
    }
  });

  it('does not call it complete when nothing was seen of a fast command, or the end was not', () => {
    const cases: [string, number, boolean, string][] = [
      ['', 100, true, 'incomplete'],
      ['', 300, true, 'complete'],
      ['out', 100, true, 'complete'],
      ['out', 300, false, 'incomplete'],
    ];
    for (const [output, duration, whole, status] of cases) {
      const { commands, time, end } = newLog();
      const running = commands.start({ line: 'npm test', ...sure });
      running.output(output);
      time.now += duration;
      running.end(0, whole);
      assert.equal(end()?.output_status, status);
    }
  });

  it('tells what a command wrote of its tests before its end', () => {
    const { commands, events } = newLog();
    const results = [{ name: 'a', status: 'failed' as const }];
    commands.start({ line: 'npm test', ...sure }).end(1, true, { results, complete: true });
    commands.start({ line: 'npm test', ...sure }).end(0, true, null);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['command_start', 'test_report', 'command_end', 'command_start', 'command_end'],
    );
    assert.deepEqual(events[1], { kind: 'test_report', t: 1000, command: 0, results, complete: true });
  });

  it('says nothing to a task in which the command did not begin', () => {
    const { commands, stream, events } = newLog();
    const running = commands.start({ line: 'npm run dev', ...sure });
    stream.append({ kind: 'task', action: 'finish', instruction: null });
    const count = events.length;
    commands.start({ line: 'npm test', ...sure });
    running.output('late');
    running.end(0, true, { results: [{ name: 'a', status: 'passed' }], complete: true });
    assert.deepEqual(
      events.slice(count).map(({ kind }) => kind),
      ['command_start'],
    );
  });

  it('says of a program that took the whole screen only that it ran', () => {
    const { commands, time, events, end } = newLog();
    const running = commands.start({ line: 'git log', ...sure });
    running.output('\x1b[?10');
    running.output('49hcommit 1\r\n');
    time.now += 500;
    running.end(0, true);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['command_start', 'command_end'],
    );
    assert.deepEqual([end()?.exit_code, end()?.output_status, end()?.output_bytes], [0, 'unobserved', 0]);
  });
});
