import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CommandKind, commandKind, programName } from '../../../../../src/session/capture/programs/commandKind.ts';

const recognised: [string, CommandKind][] = [
  ['npm test', 'package'],
  ['FOO=bar npx jest --watch a "b c"', 'test'],
  ['cd web && npm run build 2>&1 | tee log.txt | grep -v "a b"', 'package'],
  [`git commit -m "it's $(date) \`whoami\`"`, 'git'],
  ['git -C sub log --oneline', 'git'],
  ['./gradlew test', 'build'],
  ['/usr/bin/make all', 'build'],
  ['./run.sh --fast', 'run'],
  ['target/debug/app', 'run'],
  ['python -m pytest -k "a or b"', 'run'],
  ['go test $(go list ./... | grep -v vendor)', 'run'],
  ['poetry run pytest -q', 'test'],
  ['time npm t 2>/dev/null', 'package'],
  ['npm test > out.txt 2>&1; echo $?', 'package'],
  ['node_modules\\.bin\\tsc.cmd -p .', 'build'],
  ['C:\\tools\\node.exe script.js', 'run'],
  ['eslint . # all of it', 'lint'],
  ['docker build -t app .', 'build'],
];

const unrecognised = [
  '',
  'cat .env',
  'cat .env && npm test',
  'npm test; cat .env',
  'npm test | mail someone',
  'python',
  'bash -c "npm test"',
  'env',
  'npm run env',
  'npm login',
  'npm config list',
  'git config --list',
  'git -c a.b=c config --list',
  'git credential fill',
  '/opt/tool',
  '~/tool',
  'sudo make install',
  'docker compose up',
  'npm test <<EOF\nsecret\nEOF',
  'npm test "open quote',
  '(npm test)',
  'for f in *; do npm test; done',
  'poetry run cat .env',
  'export TOKEN=abc; npm test',
  'npm test &',
  'npm run dev & npm test',
  `npm test ${'x'.repeat(10_000)}`,
];

describe('commandKind', () => {
  for (const [line, kind] of recognised) {
    it(`takes ${JSON.stringify(line)} for ${kind}`, () => assert.equal(commandKind(line), kind));
  }

  for (const line of unrecognised) {
    it(`does not recognise ${JSON.stringify(line.slice(0, 40))}`, () => assert.equal(commandKind(line), null));
  }

  it('recognises no line of which a part is not', () => {
    const lines = fc.constantFrom(...recognised.map(([line]) => line).filter((line) => !line.includes('#')));
    const others = fc.constantFrom('cat .env', 'printenv', 'ssh host', 'hunter2');
    const joints = fc.constantFrom(' && ', '; ', ' || ', ' & ', '\n');
    fc.assert(
      fc.property(lines, joints, others, fc.boolean(), (line, joint, other, first) => {
        assert.equal(commandKind(first ? other + joint + line : line + joint + other), null);
      }),
    );
  });
});

describe('programName', () => {
  it('is the name of a well-known program', () => {
    assert.equal(programName('ls -la /secret'), 'ls');
    assert.equal(programName('TOKEN=abc /usr/bin/curl https://example.com'), 'curl');
    assert.equal(programName('cat .env && npm test'), 'cat');
  });

  it('is never anything else that was typed', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        const name = programName(line);
        assert.ok(name === '?' || line.includes(name));
      }),
    );
    for (const line of ['hunter2', 'correcthorse', 'ghp_abc', 'sunshine', './mine', 'anna']) {
      assert.equal(programName(line), '?');
    }
  });
});
