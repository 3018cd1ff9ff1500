import assert from 'node:assert/strict';
import type { Signal } from '../../../../../src/consent/receipt.ts';
import { CommandLog } from '../../../../../src/session/capture/programs/commandLog.ts';
import { DebugLog, type Places } from '../../../../../src/session/capture/programs/debugLog.ts';
import { ProgramRuns } from '../../../../../src/session/capture/programs/programRuns.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import { type SessionEvent, type SessionEventOf, sessionEvent } from '../../../../../src/session/events.ts';
import { replayDebugMessages } from '../../../../support/debugRecordings.ts';

const inside = (path: string) => (path === '/workspace' ? '.' : (/^\/workspace\/(.*)/.exec(path)?.[1] ?? null));
const workspace: Places = { directoryOf: inside, fileOf: inside };

function newLog(signals: Signal[] = ['terminal', 'tests', 'errors', 'git']) {
  const events: SessionEvent[] = [];
  const time = { now: 1000 };
  const clock = () => time.now;
  const open = () => ({ append: (event: SessionEvent) => void events.push(event), full: false, close: () => {} });
  const stream = new TaskStream(open, () => [], clock);
  const commands = new CommandLog(stream, signals, clock);
  const programs = new ProgramRuns(commands, clock);
  const of = <K extends SessionEvent['kind']>(kind: K) =>
    events.filter((event): event is SessionEventOf<K> => event.kind === kind);
  const openTask = () => stream.append({ kind: 'task', action: 'start', instruction: null });
  return {
    events,
    time,
    programs,
    of,
    open: openTask,
    log: new DebugLog(stream, commands, programs, signals.includes('errors')),
  };
}

type Log = ReturnType<typeof newLog>;

function commandOf({ of }: Log) {
  const [start, ...others] = of('command_start');
  const [end] = of('command_end');
  assert.deepEqual(others, []);
  const output = of('command_output')
    .map(({ data }) => data)
    .join('');
  return { line: start.line, cwd: start.cwd, output, code: end?.exit_code, status: end?.output_status };
}

const told = ({ of }: Log) => of('debug').map(({ action, path, line, exit_code }) => [action, path, line, exit_code]);

describe('DebugLog', () => {
  for (const version of ['1.139', '1.100']) {
    it(`tells an exception and the end of a JavaScript program in VS Code ${version}, and its two sessions as one`, () => {
      const log = newLog();
      replayDebugMessages(`js-${version}-exception.jsonl`, log.log, workspace);
      const { output, ...command } = commandOf(log);
      assert.deepEqual(command, { line: 'node throws.js', cwd: '.', code: 1, status: 'incomplete' });
      assert.match(output, /^before\nUncaught TypeError TypeError: bad 1\n/);
      assert.doesNotMatch(output, /Process exited|usr.bin.node/);
      // Stopping at the entry is the debugger's doing.
      assert.deepEqual(told(log), [
        ['exception', 'throws.js', 1, null],
        ['exited', null, null, 1],
      ]);
      assert.match(log.of('debug')[0].message ?? '', /^TypeError: bad 1\n {2}at f \(file:/);
      for (const event of log.events) sessionEvent.parse(event);
    });
  }

  it('tells the program alone without consent to errors, and exceptions alone without consent to commands', () => {
    const commands = newLog(['terminal']);
    replayDebugMessages('js-1.139-exception.jsonl', commands.log, workspace);
    assert.deepEqual(told(commands), []);
    assert.equal(commandOf(commands).code, 1);
    const errors = newLog(['errors']);
    // A task opens with work alone.
    errors.open();
    replayDebugMessages('js-1.139-exception.jsonl', errors.log, workspace);
    assert.deepEqual(errors.of('command_start'), []);
    assert.deepEqual(told(errors), [
      ['exception', 'throws.js', 1, null],
      ['exited', null, null, 1],
    ]);
  });

  it('tells the exception and exit code of a Python program, and no variable and nothing that was evaluated', () => {
    const log = newLog();
    replayDebugMessages('debugpy-1.8-exception.jsonl', log.log, workspace);
    assert.deepEqual(told(log), [
      ['exception', 'ratio.py', 3, null],
      ['exited', null, null, 1],
    ]);
    assert.match(
      log.of('debug')[0].message ?? '',
      /^ZeroDivisionError: division by zero\n {2}File "\/workspace\/ratio.py"/,
    );
    const { line, code, output } = commandOf(log);
    assert.deepEqual([line, code], ['python3 ratio.py', 1]);
    assert.match(output, /^started\ncaught\n/);
    assert.doesNotMatch(JSON.stringify(log.events), /watched-value/);
  });

  it('takes no program for green of whose exit code the debugger is silent', () => {
    const log = newLog();
    replayDebugMessages('js-1.139-zero.jsonl', log.log, workspace);
    assert.deepEqual(commandOf(log), {
      line: 'node zero.js',
      cwd: '.',
      output: '{a: 1} x\n',
      code: null,
      status: 'incomplete',
    });
    assert.deepEqual(told(log), [['exited', null, null, null]]);
  });

  const terminalLine =
    " /usr/bin/env 'SOME=v w' 'NODE_OPTIONS= --require x.js' /usr/bin/node ./../exits.js 'a b' 'c'\\''d'";

  it('leaves output and end to the terminal in which the program runs', () => {
    const log = newLog();
    const begins = (message: unknown) => (message as { event?: string }).event === 'thread';
    replayDebugMessages('js-1.139-terminal.jsonl', log.log, workspace, begins);
    const execution = log.programs.execution({ line: terminalLine, cwd: 'src', sure: true, announced: false });
    assert.equal(execution.observed, true);
    execution.output('out\r\nerr\r\n');
    execution.end(5, true);
    assert.deepEqual(commandOf(log), {
      line: String.raw`node ../exits.js 'a b' 'c'\''d'`,
      cwd: 'src',
      output: 'out\r\nerr\r\n',
      code: 5,
      status: 'complete',
    });
    assert.doesNotMatch(JSON.stringify(log.events), /v w|NODE_OPTIONS/);
  });

  it('counts a program in a terminal without integration once, with what the debugger shows of it', () => {
    const log = newLog();
    replayDebugMessages('js-1.139-terminal.jsonl', log.log, workspace);
    const { output, code, status } = commandOf(log);
    assert.deepEqual([output, code, status], ['out\nerr\n', null, 'incomplete']);
  });

  it('tells of a program outside of the workspace its name alone', () => {
    const log = newLog();
    replayDebugMessages('js-1.139-exception.jsonl', log.log, { directoryOf: () => null, fileOf: () => null });
    const { line, output, code, status } = commandOf(log);
    assert.deepEqual([line, output, code, status], ['node', '', 1, 'unobserved']);
    assert.deepEqual(told(log), [['exited', null, null, 1]]);
  });

  const attach = { id: 'a', parent: null, configuration: { type: 'x', request: 'attach' }, folder: '/workspace' };
  const event = (name: string, body: object) => ({ seq: 1, type: 'event', event: name, body });
  const stopAt = (log: Log, line: number, reason = 'breakpoint') => {
    const session = log.log.open({ ...attach, id: String(line) }, workspace);
    session?.fromAdapter(event('stopped', { reason, threadId: 1 }));
    session?.toAdapter({ seq: 9, type: 'request', command: 'stackTrace', arguments: { threadId: 1 } });
    const stackFrames = [
      { line, source: { path: '/usr/lib/x.js' } },
      { line, source: { path: '/workspace/a.js' } },
    ];
    const answer = { seq: 2, type: 'response', request_seq: 9, command: 'stackTrace', body: { stackFrames } };
    session?.fromAdapter(answer);
    return session;
  };

  it('tells stops of a program that it is attached to, by the innermost frame in the workspace, and no command', () => {
    const log = newLog();
    // Stops alone are no work: something opens the task.
    log.log.open(
      { ...attach, configuration: { type: 'node', request: 'launch', program: '/workspace/b.js' } },
      workspace,
    );
    stopAt(log, 7)?.end();
    stopAt(log, 8, 'step')?.end();
    assert.deepEqual(told(log), [['stopped', 'a.js', 6, null]]);
    assert.equal(log.of('command_start').length, 1);
  });

  it('takes the innermost frame for the place, also if the editor asks for the others first', () => {
    const log = newLog();
    const configuration = { type: 'node', request: 'launch', program: '/workspace/a.js' };
    const session = log.log.open({ ...attach, configuration }, workspace);
    session?.fromAdapter(event('stopped', { reason: 'breakpoint', threadId: 1 }));
    for (const startFrame of [1, 0]) {
      const seq = 10 + startFrame;
      session?.toAdapter({ seq, type: 'request', command: 'stackTrace', arguments: { threadId: 1, startFrame } });
      const stackFrames = [{ line: 20 + startFrame, source: { path: '/workspace/a.js' } }];
      session?.fromAdapter({ type: 'response', request_seq: seq, command: 'stackTrace', body: { stackFrames } });
    }
    assert.deepEqual(told(log), [['stopped', 'a.js', 19, null]]);
  });

  it('tells a stop at the same place once, and no more than a hundred of them', () => {
    const log = newLog();
    const launch = { type: 'node', request: 'launch', program: '/workspace/b.js' };
    const session = log.log.open({ ...attach, configuration: launch }, workspace);
    for (let i = 0; i < 300; i++) {
      session?.fromAdapter(event('stopped', { reason: 'breakpoint', threadId: 1 }));
      session?.toAdapter({ seq: i, type: 'request', command: 'stackTrace', arguments: { threadId: 1 } });
      const stackFrames = [{ line: 1 + (i >> 1), source: { path: '/workspace/b.js' } }];
      session?.fromAdapter({ type: 'response', request_seq: i, command: 'stackTrace', body: { stackFrames } });
    }
    const stops = told(log);
    assert.equal(stops.length, 100);
    assert.deepEqual(stops[1], ['stopped', 'b.js', 1, null]);
  });

  it('believes no exit code of a program that the person stopped', () => {
    const log = newLog();
    const configuration = { type: 'debugpy', request: 'launch', program: '/workspace/a.py' };
    const session = log.log.open({ ...attach, configuration }, workspace);
    session?.toAdapter({ seq: 1, type: 'request', command: 'terminate', arguments: {} });
    session?.fromAdapter(event('exited', { exitCode: 0 }));
    session?.fromAdapter({ seq: 2, type: 'event', event: 'terminated' });
    session?.end();
    assert.equal(commandOf(log).code, null);
    assert.deepEqual(told(log), []);
  });

  it("takes only the program's own words for its output", () => {
    const log = newLog();
    const configuration = { type: 'gdb', request: 'launch', program: '/workspace/app' };
    const session = log.log.open({ ...attach, configuration }, workspace);
    for (const category of ['console', 'telemetry', 'important', undefined, 'stdout', 'stderr'])
      session?.fromAdapter(event('output', { category, output: `${category}\n` }));
    session?.end();
    assert.equal(commandOf(log).output, 'stdout\nstderr\n');
  });

  it('ends its commands when nothing is heard any more', () => {
    const log = newLog();
    const configuration = { type: 'node', request: 'launch', program: '/workspace/a.js' };
    const session = log.log.open({ ...attach, configuration }, workspace);
    log.log.dispose();
    session?.end();
    assert.deepEqual([log.of('command_end').length, commandOf(log).code], [1, null]);
  });
});
