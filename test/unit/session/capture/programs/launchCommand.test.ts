import assert from 'node:assert/strict';
import { launchCommand } from '../../../../../src/session/capture/programs/launchCommand.ts';
import { testCommand } from '../../../../../src/session/testCommand.ts';

const launch = (more: object) => launchCommand({ request: 'launch', name: 'x', ...more }, '/w');

describe('launchCommand', () => {
  const lines: [string, object, string | undefined][] = [
    ['a program', { type: 'pwa-node', program: '/w/src/a.js', args: ['a b'] }, "node src/a.js 'a b'"],
    [
      'options of the interpreter',
      { type: 'node', runtimeArgs: ['--test'], program: '/w/a.test.js' },
      'node --test a.test.js',
    ],
    [
      'another interpreter',
      { type: 'pwa-node', runtimeExecutable: 'npm', runtimeArgs: ['run', 'test'] },
      'npm run test',
    ],
    [
      'a Python module',
      { type: 'debugpy', module: 'pytest', args: ['-q'], python: ['python3'] },
      'python3 -m pytest -q',
    ],
    ['a Python file', { type: 'python', program: '/w/a.py' }, 'python a.py'],
    ["the project's own program", { type: 'lldb', program: '/w/app' }, './app'],
    ['one of another folder', { type: 'lldb', program: '/w/target/app', cwd: '/w/data' }, '../target/app'],
    ['arguments in one text', { type: 'pwa-node', program: 'a.js', args: '--fast' }, 'node a.js --fast'],
    ['a browser', { type: 'pwa-chrome', file: '/w/a.html', program: '/w/a.js' }, undefined],
    ['a debug terminal', { type: 'node-terminal', command: 'npm test' }, undefined],
    ['attaching', { type: 'pwa-node', request: 'attach', program: '/w/a.js' }, undefined],
    ['nothing', { type: 'pwa-node' }, undefined],
  ];
  for (const [what, configuration, line] of lines) {
    it(`reads ${what}`, () => assert.equal(launch(configuration)?.line, line));
  }

  it('knows the folders of Windows', () => {
    const configuration = { type: 'node', request: 'launch', program: 'C:\\w\\src\\a.js' };
    assert.deepEqual(launchCommand(configuration, 'C:\\w'), {
      line: 'node src/a.js',
      cwd: 'C:/w',
      program: 'C:/w/src/a.js',
    });
  });

  it('is a test command where it runs tests', () => {
    const runnerOf = (more: object) => testCommand(launch(more)?.line ?? '', '.')?.runner;
    const mocha = { type: 'node', program: '/w/node_modules/mocha/bin/mocha.js', args: ['--exit', 'test'] };
    assert.equal(runnerOf(mocha), 'mocha');
    assert.equal(runnerOf({ type: 'node', program: '/w/a.test.js', runtimeArgs: ['--test'] }), 'node');
    assert.equal(runnerOf({ type: 'debugpy', module: 'pytest' }), 'pytest');
    assert.equal(runnerOf({ type: 'node', program: '/w/server.js' }), undefined);
  });
});
