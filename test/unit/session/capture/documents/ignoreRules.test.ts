import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { IgnoreRules, ignoreFiles } from '../../../../../src/session/capture/documents/ignoreRules.ts';
import { withFolder } from '../../journal/support.ts';

const paths = ['a', 'b', 'a/a', 'a/b', 'b/a', 'a/b/a', 'a/b/b', 'b/a/b', 'a/a/a', 'b/b.log', 'a/b/c.log', 'c.log'];
const pattern = fc
  .tuple(
    fc.constantFrom('', '!', '/'),
    fc.constantFrom('a', 'b', '*.log', 'a/b', '*', '**/b', 'a/*', 'a/**', 'c.log', '#a', '?', '[ab]'),
    fc.constantFrom('', '/'),
  )
  .map((parts) => parts.join(''));
const rules = fc.array(pattern, { maxLength: 4 }).map((patterns) => patterns.join('\n'));

describe('IgnoreRules', () => {
  it('ignores what git ignores', async function () {
    this.timeout(60_000);
    await withFolder(async (folder) => {
      execFileSync('git', ['init', '-q', folder]);
      const git = (...args: string[]) => ['-C', folder, '-c', `core.excludesFile=${join(folder, '.git/own')}`, ...args];
      fc.assert(
        fc.property(rules, rules, rules, rules, (top, inA, inAB, own) => {
          for (const name of ['a', 'b', 'c.log', '.gitignore'])
            rmSync(join(folder, name), { recursive: true, force: true });
          // A path that another one goes on from is a folder; all others are files.
          const files = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
          const written = { '.gitignore': top, 'a/.gitignore': inA, 'a/b/.gitignore': inAB, '.git/own': own };
          for (const [path, text] of [...files.map((path) => [path, '']), ...Object.entries(written)]) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
          }
          const told = execFileSync('git', git('status', '--porcelain', '-uall', '-z'), { encoding: 'utf8' });
          const seen = new Set(told.split('\0').map((line) => line.slice(3)));
          const read = (path: string) =>
            existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null;
          const rules = new IgnoreRules(read, () => own);
          for (const file of files) assert.equal(rules.excludes(file), !seen.has(file), file);
        }),
        { numRuns: 200 },
      );
    });
  });

  it('excludes what holds secrets and what nobody wrote here, whatever git says', () => {
    const rules = new IgnoreRules(() => '!*');
    const excluded = [
      '.env',
      'web/.env.local',
      'prod.env',
      'server.pem',
      'KEY.PEM',
      '.ssh/config',
      'a/id_rsa',
      '.npmrc',
    ];
    excluded.push('node_modules/x/index.js', '.git/config', 'sub/.git/COMMIT_EDITMSG', '.vscode/settings.json');
    for (const path of excluded) assert.equal(rules.excludes(path), true, path);
    for (const path of [
      'src/env.ts',
      'environment.py',
      'keys.ts',
      'src/id.ts',
      '.vscode/launch.json',
      '.github/a.yml',
    ]) {
      assert.equal(rules.excludes(path), false, path);
    }
  });

  it('knows of rules that have just changed', () => {
    let text = '';
    const rules = new IgnoreRules(() => text);
    assert.equal(rules.excludes('a/b'), false);
    text = 'b';
    assert.equal(rules.excludes('a/b'), true);
    text = '';
    assert.equal(rules.excludes('a/b'), false);
  });

  it('keeps out what is kept from other tools, nested too, and lets no file take back what another one excludes', () => {
    for (const name of ignoreFiles) {
      const files: Record<string, string> = {
        [name]: 'notes/\n*.draft\n!kept.draft',
        [`web/${name}`]: '/private.ts\n',
      };
      const rules = new IgnoreRules((path) => files[path] ?? null);
      for (const path of ['notes/a.md', 'a/notes/b/c.md', 'x.draft', 'web/private.ts'])
        assert.equal(rules.excludes(path), true, `${name} ${path}`);
      for (const path of ['kept.draft', 'private.ts', 'web/a/private.ts', 'a.md'])
        assert.equal(rules.excludes(path), false, `${name} ${path}`);
    }
    const files: Record<string, string> = { '.gitignore': 'a', '.aiignore': '!a\nb', '.cursorignore': '!b' };
    const rules = new IgnoreRules((path) => files[path] ?? null);
    assert.deepEqual(
      ['a', 'b', 'c'].map((path) => rules.excludes(path)),
      [true, true, false],
    );
  });
});
