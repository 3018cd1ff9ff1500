/**
 * What the style of code tells of its author: two packages of each author among the project's own dependencies, linked by
 * sequences of characters. The code is read where npm put it.
 */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Author {
  /** The code of two packages. */
  texts: [string, string];
}

const leastCode = 3000;
const mostCode = 40_000;
/** Companies and groups are many authors. */
const person = /^\p{Lu}[\p{L}.'-]*(?: [\p{L}.'-]+){1,3}$/u;
const company = /\b(?:Inc|Corp|Corporation|Microsoft|Team|Foundation|GmbH|Contributors|Authors|Ltd|LLC)\b/i;

/** Authors of at least two packages, in the order of their names. */
export function authorsIn(folder: string): Author[] {
  const packages = new Map<string, string[]>();
  for (const place of packageFolders(folder)) {
    const author = authorOf(place);
    const text = author === null ? '' : codeOf(place);
    if (author !== null && text.length >= leastCode) packages.set(author, [...(packages.get(author) ?? []), text]);
  }
  return [...packages]
    .filter(([, texts]) => texts.length > 1)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, texts]) => {
      const [first, second] = texts.sort((a, b) => b.length - a.length);
      return { texts: [first, second] };
    });
}

function packageFolders(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (name.startsWith('.')) return [];
    return name.startsWith('@')
      ? readdirSync(join(folder, name)).map((inner) => join(folder, name, inner))
      : [join(folder, name)];
  });
}

function authorOf(place: string): string | null {
  try {
    const { author } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    const name = String(typeof author === 'string' ? author : author?.name)
      .replace(/[<(].*/, '')
      .trim();
    return person.test(name) && !company.test(name) ? name : null;
  } catch {
    return null;
  }
}

/** As it was written: nothing that a program wrote or made smaller. */
function codeOf(place: string): string {
  let code = '';
  for (const file of globSync('**/*.{js,cjs,mjs}', { cwd: place }).sort()) {
    if (/node_modules|(?:^|\/)(?:dist|build|edition|lib\/esm)|\.min\./.test(file)) continue;
    const text = readFileSync(join(place, file), 'utf8');
    if (text.length / text.split('\n').length < 80) code += text;
    if (code.length > mostCode) break;
  }
  return code.slice(0, mostCode);
}

export function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, '');
}

/** Every word of the author's is the same word: what remains is layout and punctuation, keywords aside. */
export function withoutNames(code: string): string {
  const kept =
    /^(?:const|let|var|function|return|if|else|for|while|new|typeof|throw|try|catch|class|async|await|null|true|false|of|in)$/;
  return withoutComments(code)
    .replace(/(["'`])(?:(?!\1)[^\\\n]|\\.)*\1/g, '$1$1')
    .replace(/[A-Za-z_$][\w$]*/g, (word) => (kept.test(word) ? word : 'x'));
}

/** Rows of how often each sequence of characters stands in each text, against how usual it is; in pairs. */
export function sequences(texts: readonly string[], length = 4, most = 4000): number[][] {
  const counted = texts.map((text) => {
    const counts = new Map<string, number>();
    for (let i = 0; i + length <= text.length; i++) {
      const gram = text.slice(i, i + length);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    return counts;
  });
  const inTexts = new Map<string, number>();
  for (const counts of counted) for (const gram of counts.keys()) inTexts.set(gram, (inTexts.get(gram) ?? 0) + 1);
  const grams = [...inTexts]
    .filter(([, times]) => times > 1)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, most);
  const rows = counted.map((counts) => grams.map(([gram]) => Math.log1p(counts.get(gram) ?? 0)));
  const means = grams.map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
  return rows.map((row) => row.map((value, k) => value - means[k]));
}
