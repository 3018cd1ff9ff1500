import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectStrings, stringsIn } from '../../.config/collectStrings.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** What a translation must keep: places for values, icons, code, links to commands and files. */
const fixed = (text: string) => (text.match(/\{\d\}|\$\([\w-]+\)|`[^`]+`|\]\([^)]+\)/g) ?? []).sort();

describe('the strings that people see', () => {
  it('are given to t() as literals, in whatever quotes', () => {
    const source = `t('a'); l10n.t("it's {0}", b); vscode.l10n.t('say \\'"x"\\'',\n c); at('no'); this.t('no'); function t(a: string) {}`;
    assert.deepEqual(stringsIn(source, 'a.ts'), ['a', "it's {0}", `say '"x"'`]);
    for (const bad of ['t(text)', 't(`a`)', "t('a' + b)", "t(a ? 'b' : 'c')"]) {
      assert.throws(() => stringsIn(`\n${bad}`, 'a.ts'), /a\.ts:2/);
    }
  });

  it('stand in the bundle: node .config/collectStrings.ts', () => {
    const bundle = read('l10n/bundle.l10n.json');
    assert.deepEqual(Object.keys(bundle), collectStrings());
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
  });

  it('of the manifest are those that it names', () => {
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    const named = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    assert.deepEqual(Object.keys(read('package.nls.json')).sort(), [...named].sort());
  });
});

describe('translations', () => {
  const pairs = [
    ...globSync('package.nls.*.json', { cwd: root }).map((file) => [file, 'package.nls.json']),
    ...globSync('l10n/bundle.l10n.*.json', { cwd: root }).map((file) => [file, 'l10n/bundle.l10n.json']),
  ];

  it('are there, of the manifest and of the rest', () => assert.ok(pairs.length >= 2));

  for (const [file, original] of pairs) {
    it(`${file} says all that ${original} says, and keeps what is no word`, () => {
      const [translated, source] = [read(file), read(original)];
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(source).sort());
      for (const [key, text] of Object.entries(translated)) {
        assert.ok(text.trim(), key);
        assert.deepEqual(fixed(text), fixed(source[key]), key);
      }
    });
  }
});
