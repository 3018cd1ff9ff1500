import assert from 'node:assert/strict';
import { buildTrajectories, rowBytes } from '../../../src/trajectory/buildTrajectories.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const begin = () => new TaskBuilder({ 'a.py': 'a', 'b.py': 'b' });
const instructionOf = (builder: TaskBuilder) => buildTrajectories(builder.task(), meta)[0].instruction;
const none = { text: null, source: null, hindsight: false, available_from_step: null };

/** pytest's short summary, which names what it is told. */
const pytest = (builder: TaskBuilder, tests: Record<string, 'PASSED' | 'FAILED' | 'SKIPPED'>, line = 'pytest -v') => {
  const names = Object.keys(tests);
  const count = (status: string) => Object.values(tests).filter((one) => one === status).length;
  const output = [
    '===== test session starts =====',
    `collected ${names.length} items`,
    '',
    ...names.map((name, i) => `test_a.py::${name} ${tests[name]} [${Math.round(((i + 1) / names.length) * 100)}%]`),
    '',
    `===== ${count('FAILED')} failed, ${count('PASSED')} passed, ${count('SKIPPED')} skipped in 0.01s =====`,
    '',
  ].join('\n');
  return builder.run(line, count('FAILED') > 0 ? 1 : 0, 1, output);
};

describe('instruction', () => {
  it('is the person’s words before all else, and is known from the beginning', () => {
    const task = begin().instruct('do it').git('checkout', 'feature/12-it').edit(0, 0, 'x').commit('did it (#12)');
    assert.deepEqual(instructionOf(task), { text: 'do it', source: 'user', hindsight: false, available_from_step: 0 });
  });

  it('is the commit’s message before the branch, and describes the answer', () => {
    const task = begin().git('checkout', 'feature/12-it').edit(0, 0, 'x').commit('did it\n\nFixes #12');
    assert.deepEqual(instructionOf(task), {
      text: 'did it\n\nFixes #12',
      source: 'commit',
      hindsight: true,
      available_from_step: 2,
    });
  });

  it('is what an imported history calls the commit’s message, which describes the answer too', () => {
    const task = begin().instruct('did it').edit(0, 0, 'x').task();
    assert.ok(task.instruction);
    task.instruction.source = 'commit';
    const [{ instruction }] = buildTrajectories(task, meta);
    assert.deepEqual([instruction.source, instruction.hindsight], ['commit', true]);
  });

  it('is the name of the branch of the last edit where it refers to an issue, from when it was seen', () => {
    const task = begin()
      .edit(0, 0, 'x')
      .git('checkout', 'feature/123-mend-it')
      .git('stash', 'feature/123-mend-it')
      .edit(0, 0, 'y');
    assert.deepEqual(instructionOf(task), {
      text: 'feature/123-mend-it',
      source: 'issue',
      hindsight: false,
      available_from_step: 1,
    });
    assert.deepEqual(
      instructionOf(begin().git('checkout', '7-old').git('checkout', '8-new').edit(0, 0, 'x')).text,
      '8-new',
    );
    assert.deepEqual(instructionOf(begin().edit(0, 0, 'x').git('stash', '8-new')).available_from_step, 1);
    assert.deepEqual(instructionOf(begin().edit(0, 0, 'x').git('checkout', '9-next')), none);
    assert.deepEqual(instructionOf(begin().git('checkout', '7-old').git('checkout', 'main').edit(0, 0, 'x')), none);
  });

  it('knows issues in branches by how they are written', () => {
    const branch = (name: string) => instructionOf(begin().git('checkout', name).edit(0, 0, 'x')).source;
    const issues = [
      ...['123-title', 'feature/123-title', 'feature/123', 'fix/#12', 'issue-7-title', 'fix-issue-7', 'user0001/gh-12'],
      ...['fix/GH-12-title', 'bug_12', 'feature/TICKET-0001-title', 'TICKET-abcd_0002'],
    ];
    for (const name of issues) assert.equal(branch(name), 'issue', name);
    const others = [
      ...['main', 'feature/title', 'release/12', 'release-2024', 'v2', 'v1-2', '2024-05-01-title', 'feature/utf-8'],
      ...['dependabot/npm/x-4', 'node-18', 'feature/b2b-title', 'feature/2fa', 'python3'],
    ];
    for (const name of others) assert.equal(branch(name), null, name);
  });

  it('is the line of a revert that refers to an issue, which describes the answer', () => {
    const message = 'Revert "Greet (#12)"\n\nThis reverts a commit.';
    const task = begin().edit(0, 0, 'x').git('revert', 'main', message);
    assert.deepEqual(instructionOf(task), {
      text: 'Revert "Greet (#12)"',
      source: 'issue',
      hindsight: true,
      available_from_step: 1,
    });
    assert.deepEqual(instructionOf(begin().edit(0, 0, 'x').git('revert', 'main', 'Revert "Greet"')), none);
    assert.deepEqual(instructionOf(begin().edit(0, 0, 'x').git('merge', 'main', 'Others’ work (#12)')), none);
  });

  it('is the names of the tests that failed first and were mended, from the run in which they failed', () => {
    const task = begin();
    pytest(task, { test_one: 'FAILED', test_two: 'FAILED', test_other: 'FAILED', test_fine: 'PASSED' });
    task.edit(0, 0, 'x');
    pytest(task, { test_one: 'PASSED', test_two: 'PASSED', test_other: 'FAILED', test_fine: 'PASSED' });
    assert.deepEqual(instructionOf(task), {
      text: 'test_a.py::test_one\ntest_a.py::test_two',
      source: 'failing_test',
      hindsight: false,
      available_from_step: 0,
    });
  });

  it('is of no test that was not mended, was skipped, broke again, or failed by chance', () => {
    const failing = () => pytest(begin(), { test_one: 'FAILED' });
    assert.deepEqual(instructionOf(failing().edit(0, 0, 'x')), none);
    assert.deepEqual(instructionOf(pytest(failing().edit(0, 0, 'x'), { test_one: 'SKIPPED' })), none);
    assert.deepEqual(instructionOf(pytest(failing(), { test_one: 'PASSED' })), none);
    const broken = pytest(failing().edit(0, 0, 'x'), { test_one: 'PASSED' }).edit(0, 0, 'y');
    assert.deepEqual(instructionOf(pytest(broken, { test_one: 'FAILED' })), none);
    const installed = failing().run('pip install x', 0);
    assert.deepEqual(instructionOf(pytest(installed, { test_one: 'PASSED' })), none);
    const flaky = pytest(pytest(failing(), { test_one: 'PASSED' }), { test_one: 'FAILED' }).edit(0, 0, 'x');
    assert.deepEqual(instructionOf(pytest(flaky, { test_one: 'PASSED' })), none);
    const another = pytest(failing().edit(0, 0, 'x'), { test_one: 'PASSED' }, 'pytest -v -x');
    assert.deepEqual(instructionOf(another), none);
  });

  it('takes the first run of all commands, and twenty names', () => {
    const names = Array.from({ length: 25 }, (_, i) => `test_${i}`);
    const all = (status: 'PASSED' | 'FAILED') => Object.fromEntries(names.map((name) => [name, status]));
    const task = pytest(begin(), { test_first: 'PASSED' }, 'pytest -v -k first');
    pytest(task, all('FAILED'));
    pytest(task, { test_late: 'FAILED' }, 'pytest -v -k late').edit(0, 0, 'x');
    pytest(task, { test_late: 'PASSED' }, 'pytest -v -k late');
    pytest(task, all('PASSED'));
    const { text, available_from_step } = instructionOf(task);
    assert.deepEqual(
      text?.split('\n'),
      names.slice(0, 20).map((name) => `test_a.py::${name}`),
    );
    assert.equal(available_from_step, 1);
  });

  it('tells in each part of a task from which of its steps it was known', () => {
    const size = Math.floor(rowBytes.target / 20);
    const long = (task: TaskBuilder) => {
      for (let i = 0; i < 30; i++) task.edit(0, i === 0 ? 1 : size, 'x'.repeat(size), 0);
      return task;
    };
    const known = (task: TaskBuilder) =>
      buildTrajectories(task.task(), meta).map(({ instruction }) => instruction.available_from_step);
    const early = known(long(begin().edit(0, 0, 'y', 1).git('checkout', '7-early')));
    assert.ok(early.length > 1);
    assert.deepEqual(early, [1, ...early.slice(1).map(() => 0)]);
    const late = known(long(begin()).commit('did it'));
    assert.deepEqual(late, [...late.slice(1).map(() => null), 1]);
  });
});
