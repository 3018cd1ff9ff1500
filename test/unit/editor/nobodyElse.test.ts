import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('src/**/*.ts', { cwd: root }).map((file) => [file, readFileSync(join(root, file), 'utf8')]);
const holding = (pattern: RegExp) =>
  sources
    .filter(([, text]) => pattern.test(text))
    .map(([file]) => file)
    .sort();

describe('the ways to consent', () => {
  it('are one: a receipt is made where the dialog’s button was pressed, and nowhere else', () => {
    assert.deepEqual(holding(/\bgrant\(/), ['src/consent/grant.ts', 'src/editor/onOffCommands.ts']);
    assert.deepEqual(holding(/keys\.receipt, receipt\b/), ['src/consent/consentStore.ts']);
    assert.equal(sources.find(([file]) => file === 'src/editor/onOffCommands.ts')?.[1].match(/\bgrant\(/g)?.length, 1);
  });

  it('are kept in the workspace’s own memory, which is not synchronised', () => {
    assert.deepEqual(holding(/setKeysForSync/), []);
    assert.deepEqual(holding(/globalState/), []);
    assert.deepEqual(holding(/workspaceState/), ['src/editor/lazyRecording.ts', 'src/editor/recording.ts']);
  });

  it('are none by a link: nothing handles addresses', () => {
    assert.deepEqual(holding(/registerUriHandler/), []);
    const { activationEvents } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.deepEqual(activationEvents, ['onStartupFinished']);
  });

  it('are none by another extension: nothing is exported', () => {
    const extension = readFileSync(join(root, 'src/extension.ts'), 'utf8');
    assert.match(extension, /export function activate\(context: ExtensionContext\): void/);
  });
});
