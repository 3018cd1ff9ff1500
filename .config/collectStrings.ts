/**
 * Collects the strings that people see while the extension runs, which the code gives to `t(…)` as literals, and writes
 * `l10n/bundle.l10n.json`, from which translations are made: `node .config/collectStrings.ts`. The usual tool finds only calls
 * of `vscode.l10n.t`, and most of ours take `t` as an argument.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const bundleFile = join(root, 'l10n', 'bundle.l10n.json');

const call = /(?<![\w.$]|function )(?:(?:vscode\.)?l10n\.)?t\(/g;
const literal = /^\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")\s*[,)]/;

/** The strings in a source, in their order. @throws where a string is not a literal: nobody could translate it. */
export function stringsIn(source: string, name: string): string[] {
  return [...source.matchAll(call)].flatMap(({ index, 0: start }) => {
    const found = literal.exec(source.slice(index + start.length));
    if (!found) {
      const line = source.slice(0, index).split('\n').length;
      throw new Error(`${name}:${line}: t() takes a literal string`);
    }
    const [, single, double] = found;
    return JSON.parse(
      single === undefined ? `"${double}"` : `"${single.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`,
    );
  });
}

/** All strings of the extension, sorted. */
export function collectStrings(): string[] {
  const files = globSync('src/{extension.ts,{editor,consent,review}/**/*.{ts,tsx}}', { cwd: root });
  return [...new Set(files.flatMap((file) => stringsIn(readFileSync(join(root, file), 'utf8'), file)))].sort();
}

if (import.meta.main) {
  const bundle = Object.fromEntries(collectStrings().map((text) => [text, text]));
  writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`);
}
