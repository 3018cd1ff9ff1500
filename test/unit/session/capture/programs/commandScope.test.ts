import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allSignals } from '../../../../../src/consent/choice.ts';
import type { Signal } from '../../../../../src/consent/receipt.ts';
import { dealsInSecrets } from '../../../../../src/session/capture/programs/commandKind.ts';
import { commandScope } from '../../../../../src/session/capture/programs/commandScope.ts';

const told = { told: true, observed: true };
const named = { told: true, observed: false };
const untold = { told: false, observed: false };

const lines = [
  'npm test',
  'npm run build && npm test',
  'git status',
  'cd web && /usr/bin/git log',
  'npm test && git push',
  'ls -l',
  'mytool --flag',
  'gpg --decrypt x',
  'npm login',
  '(npm test)',
  'curl https://example.com',
];

describe('commandScope', () => {
  const scopes: [Signal[], string, object][] = [
    [['terminal', 'git'], 'npm run build', told],
    [['terminal', 'git'], 'git status', told],
    [['terminal', 'git'], 'ls -l', named],
    [['terminal'], 'git status', named],
    [['terminal'], 'cd web && /usr/bin/git log', named],
    [['terminal'], 'npm test && git push', named],
    [['terminal', 'full_output', 'git'], 'ls -l', told],
    [['terminal', 'full_output', 'git'], 'mytool --flag', told],
    [['terminal', 'full_output', 'git'], 'gpg --decrypt x', named],
    [['terminal', 'full_output', 'git'], 'npm login', named],
    [['terminal', 'full_output', 'git'], '(npm test)', named],
    [['terminal', 'full_output'], 'git status', named],
    [['tests'], 'npm test', told],
    [['tests'], 'npm run build', untold],
    [['tests'], 'git status', untold],
    [['tests'], 'ls -l', untold],
    [['tests', 'full_output'], 'ls -l', untold],
    [['edits', 'errors', 'views'], 'npm test', untold],
  ];
  for (const [signals, line, scope] of scopes) {
    it(`of ${line} under ${signals.join(', ')}`, () => assert.deepEqual(commandScope(line, true, signals), scope));
  }

  it('observes nothing that may work outside of the workspace', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.subarray([...allSignals]), (line, signals) => {
        assert.equal(commandScope(line, false, signals).observed, false);
      }),
    );
  });

  it('covers no less with a signal more, and observes nothing that it does not tell', () => {
    const subsets = fc.subarray([...allSignals]);
    fc.assert(
      fc.property(fc.constantFrom(...lines), subsets, subsets, fc.boolean(), (line, some, more, sure) => {
        const less = commandScope(line, sure, some);
        const all = commandScope(line, sure, [...some, ...more]);
        assert.ok(all.told || !less.told);
        assert.ok(all.observed || !less.observed);
        assert.ok(less.told || !less.observed);
      }),
    );
  });
});

describe('dealsInSecrets', () => {
  it('knows what asks for secrets or shows them, and what it cannot read', () => {
    for (const line of [
      'env',
      'export TOKEN=abc',
      'cd web && ssh host',
      'env A=b gpg -d x',
      '/usr/bin/openssl rsa',
      'aws configure set x y',
      'gh auth login',
      'docker login registry',
      'cat <<EOF\nsecret\nEOF',
      `mytool ${'x'.repeat(10_000)}`,
    ])
      assert.equal(dealsInSecrets(line), true, line);
  });

  it('leaves alone what only names such words', () => {
    for (const line of ['ls token', 'grep -r login src', 'echo set', 'env A=b mytool', 'cd auth && ls'])
      assert.equal(dealsInSecrets(line), false, line);
  });
});
