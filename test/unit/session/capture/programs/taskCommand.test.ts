import assert from 'node:assert/strict';
import {
  announcedLine,
  standsAtEndOf,
  taskLine,
  taskLineIn,
} from '../../../../../src/session/capture/programs/taskCommand.ts';

const shell = (...words: string[]) => ({ kind: 'shell' as const, words });
const program = (...words: string[]) => ({ kind: 'process' as const, words });
/** Variables of the editor. */
const folder = `\${workspaceFolder}`;
const picked = `\${input:which}`;

describe('taskCommand', () => {
  it('gives the line that a shell would be given', () => {
    assert.equal(taskLine(shell('npm test && npm run lint'), '/w'), 'npm test && npm run lint');
    assert.equal(taskLine(shell('node', 'a b.js', '-x'), '/w'), "node 'a b.js' -x");
    assert.equal(taskLine(program('node', `${folder}/a.js`, picked), '/w'), `node /w/a.js '${picked}'`);
  });

  // As the terminal told it: VS Code 1.139 and 1.100, Linux.
  const told: [string, Parameters<typeof taskLineIn>[1], string | null][] = [
    ["node slow.js 'a b'", shell('node', 'slow.js', 'a b'), "node slow.js 'a b'"],
    ["'node' 'slow.js' x$HOME", shell('node', 'slow.js', 'x$HOME'), "'node' 'slow.js' x$HOME"],
    ['node /w/slow.js w', shell(`node ${folder}/slow.js \${workspaceFolderBasename}`), 'node /w/slow.js w'],
    ['node slow.js picked', shell(`node slow.js ${picked}`), 'node slow.js picked'],
    [
      "node slow.js a b c'd /w",
      program('node', 'slow.js', 'a b', "c'd", folder),
      String.raw`node slow.js 'a b' 'c'\''d' /w`,
    ],
    ['node slow.js picked', program('node', 'slow.js', picked), 'node slow.js picked'],
    ['npm test -- --grep x', shell('npm test'), null],
    ['npm run test', shell('npm test'), null],
    ['node slow.js', program('node', 'other.js'), null],
  ];
  for (const [line, task, expected] of told) {
    it(`${expected === null ? 'does not find' : 'finds'} ${task.words.join(' ')} in ${line}`, () =>
      assert.equal(taskLineIn(line, task, '/w'), expected));
  }

  it('reads what a terminal shows of a task in place of a command, in any language', () => {
    assert.equal(announcedLine(' *  Executing task: node -e "a: 1" '), 'node -e "a: 1"');
    assert.equal(announcedLine(' *  Executing task in folder web: npm test '), 'npm test');
    assert.equal(announcedLine(' *  Aufgabe wird ausgeführt: npm test '), 'npm test');
    assert.equal(announcedLine('npm test'), null);
    assert.equal(announcedLine(' * not a task'), null);
  });

  it('finds a program behind the environment that a debugger gives it', () => {
    const line = " /usr/bin/env 'A=b c' /usr/bin/node ./a.js 'x y'";
    assert.equal(standsAtEndOf(line, ['/usr/bin/node', './a.js', 'x y']), true);
    assert.equal(standsAtEndOf(line, ['/usr/bin/node', './b.js']), false);
  });
});
