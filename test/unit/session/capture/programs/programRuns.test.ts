import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CommandLog } from '../../../../../src/session/capture/programs/commandLog.ts';
import { ProgramRuns } from '../../../../../src/session/capture/programs/programRuns.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import type { SessionEvent } from '../../../../../src/session/events.ts';

function newRuns() {
  const events: SessionEvent[] = [];
  const open = () => ({ append: (event: SessionEvent) => void events.push(event), full: false, close: () => {} });
  const runs = new ProgramRuns(new CommandLog(new TaskStream(open, () => []), ['terminal', 'git']));
  const told = () =>
    events.map((event) => {
      if (event.kind === 'command_start') return event.line;
      if (event.kind === 'command_output') return event.data;
      return event.kind === 'command_end' ? `${event.exit_code} ${event.output_status}` : event.kind;
    });
  return { runs, told };
}

const place = { cwd: '.', sure: true };
const line = (text: string, announced = false) => ({ line: text, announced, ...place });
const program = (text: string, shown = text) => ({
  line: text,
  lineFor: (told: string) => (told === shown ? text : null),
  ...place,
});

/** In the order in which VS Code was seen to tell. */
describe('ProgramRuns', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  it('makes one command of a task and the terminal that tells of it later', () => {
    const { runs, told } = newRuns();
    const run = runs.expect(program('npm test'));
    mock.timers.tick(250);
    const execution = runs.execution(line('npm test'));
    run.begin();
    execution.output('ok');
    mock.timers.tick(500);
    run.end(0);
    execution.end(0, true);
    mock.timers.tick(5000);
    assert.deepEqual(told(), ['npm test', 'ok', '0 complete']);
  });

  it('makes one command of a task and the terminal that told of it before', () => {
    const { runs, told } = newRuns();
    const execution = runs.execution(line('npm test'));
    mock.timers.tick(45);
    const run = runs.expect(program('npm test'));
    run.begin();
    execution.output('ok');
    execution.end(1, true);
    run.end(1);
    mock.timers.tick(5000);
    assert.deepEqual(told(), ['npm test', 'ok', '1 complete']);
  });

  it("gives what a terminal announces the task's own line, and loses nothing of it until then", () => {
    const { runs, told } = newRuns();
    const execution = runs.execution(line('node x.js a b', true));
    execution.output('one');
    mock.timers.tick(45);
    const run = runs.expect(program("node x.js 'a b'", 'node x.js a b'));
    run.begin();
    execution.output('two');
    execution.end(0, true);
    run.end(0);
    assert.deepEqual(told(), ["node x.js 'a b'", 'onetwo', '0 complete']);
  });

  it('tells what a terminal announces also if no task tells of it, but not once nothing is heard any more', () => {
    for (const disposed of [false, true]) {
      const { runs, told } = newRuns();
      const execution = runs.execution(line('npm test', true));
      execution.output('ok');
      execution.end(0, true);
      if (disposed) runs.dispose();
      mock.timers.tick(5000);
      assert.deepEqual(told(), disposed ? [] : ['npm test', 'ok', '0 complete']);
    }
  });

  it('tells a task of which no terminal tells, with its exit code and without output', () => {
    const { runs, told } = newRuns();
    const run = runs.expect(program('npm test'));
    run.begin();
    mock.timers.tick(3000);
    run.end(1);
    assert.deepEqual(told(), ['npm test', '1 unobserved']);
  });

  it('takes the same line, typed while the task runs, for a command of its own', () => {
    const { runs, told } = newRuns();
    const run = runs.expect(program('npm test'));
    run.begin();
    mock.timers.tick(3000);
    runs.execution(line('npm test')).end(0, false);
    run.end(1);
    assert.deepEqual(told(), ['npm test', 'npm test', '0 incomplete', '1 unobserved']);
  });

  it('takes two tasks with the same line for two', () => {
    const { runs, told } = newRuns();
    const tasks = [runs.expect(program('npm test')), runs.expect(program('npm test'))];
    const executions = [runs.execution(line('npm test')), runs.execution(line('npm test'))];
    for (const execution of executions) execution.output('x');
    for (const [i, execution] of executions.entries()) execution.end(i, true);
    for (const [i, task] of tasks.entries()) task.end(i);
    mock.timers.tick(5000);
    assert.deepEqual(told(), ['npm test', 'npm test', 'x', '0 complete', 'x', '1 complete']);
  });

  it('ends with the task what the terminal does not end', () => {
    const { runs, told } = newRuns();
    const run = runs.expect(program('npm test'));
    runs.execution(line('npm test')).output('x');
    run.end(2);
    mock.timers.tick(10_000);
    assert.deepEqual(told(), ['npm test', 'x', '2 incomplete']);
  });
});
