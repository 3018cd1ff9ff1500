import assert from 'node:assert/strict';
import { testCommand } from '../../../src/session/testCommand.ts';

const recognised: [string, string][] = [
  ['npm test', 'npm'],
  ['npm t', 'npm'],
  ['npm run test:unit -- --bail', 'npm'],
  ['yarn test', 'yarn'],
  ['pnpm run test', 'pnpm'],
  ['CI=1 npx vitest run src', 'vitest'],
  ['npx jest --coverage', 'jest'],
  ['mocha test', 'mocha'],
  ['node --test', 'node'],
  ['node --inspect-brk ./node_modules/.bin/jest -i', 'jest'],
  ['node node_modules/mocha/bin/mocha.js test', 'mocha'],
  ['python -m pytest -q', 'pytest'],
  ['pytest tests/test_a.py::test_b', 'pytest'],
  ['python3 -m unittest', 'unittest'],
  ['go test ./...', 'go'],
  ['cargo test --lib', 'cargo'],
  ['cargo nextest run', 'nextest'],
  ['mvn -q test', 'mvn'],
  ['./gradlew test', 'gradle'],
  ['dotnet test', 'dotnet'],
  ['cd packages/a && npm test', 'npm'],
  ['time npm test > out.txt 2>&1', 'npm'],
];
const others = [
  'npm install',
  'npm run build',
  'npm test | tee log',
  'npm test || true',
  'npm test; echo done',
  'npm test -- --watch',
  'vitest',
  'node test.js',
  'node node_modules/vitest/vitest.mjs',
  'node node_modules/mocha-helper/run.js',
  'go build ./...',
  'cargo build',
  'mvn package -DskipTests test',
  'echo npm test',
  'git commit -m "npm test"',
  'npm test $FILES',
  'pytest --collect-only',
];

describe('testCommand', () => {
  for (const [line, runner] of recognised) {
    it(`takes '${line}' for a test by ${runner}`, () => assert.equal(testCommand(line, '.')?.runner, runner));
  }
  for (const line of others) {
    it(`does not take '${line}' for a test whose exit code counts`, () => assert.equal(testCommand(line, '.'), null));
  }

  it('tells the same command from another', () => {
    const same = (a: string, b: string) => testCommand(a, '.')?.normalised === testCommand(b, '.')?.normalised;
    assert.ok(same('npm test', 'npm run test'));
    assert.ok(same('  npx   jest', 'jest'));
    assert.ok(!same('npm test', 'npm test -- --grep x'));
    assert.ok(!same('npm test', 'cd a && npm test'));
    assert.ok(!same('npm test', 'npm run test:unit'));
    assert.notEqual(testCommand('npm test', 'a')?.normalised, testCommand('npm test', 'b')?.normalised);
  });
});
