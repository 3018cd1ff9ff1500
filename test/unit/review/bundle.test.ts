import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

describe('the bundle of the page', () => {
  it('reaches no network, and knows of the sources the record alone', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(root, 'src/review/main.tsx')],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      minify: true,
      logLevel: 'silent',
    });
    const [{ text }] = outputFiles;
    const reaching = /\b(?:fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|Worker\(|import\()/;
    assert.doesNotMatch(text, reaching);
    const own = Object.keys(metafile.inputs).filter((file) => file.startsWith('src/'));
    assert.ok(own.length > 20);
    assert.deepEqual(
      own.filter((file) => /^src\/(?:editor|sealing|dataset|cli|pack)\//.test(file)),
      [],
    );
    assert.ok(text.length < 800_000, `${text.length} characters`);
  });

  it('puts nothing into the page but as text', () => {
    for (const file of globSync('src/review/*', { cwd: root })) {
      const text = readFileSync(join(root, file), 'utf8');
      assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(/i, file);
    }
  });
});
