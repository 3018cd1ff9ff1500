/**
 * Makes src/redaction/detectors/bigrams.ts: how usual it is, in ordinary code, that one character follows another.
 * `node .config/trainBigrams.ts FOLDER…` reads the source files below the folders (the project's own dependencies, say).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const firstPrintable = 0x20;
const symbols = 0x7f - firstPrintable;
const limitPerFile = 200_000;

const counts = Array.from({ length: symbols }, () => new Float64Array(symbols).fill(0.5));
for (const folder of process.argv.slice(2)) {
  for await (const file of glob('**/*.{ts,js,mjs,cjs,py,rs,go,java,c,cc,h,md,json,yml,html,css}', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8').slice(0, limitPerFile);
    // Minified bundles and encoded data are not what people write.
    if (/[^\n]{500}/.test(text)) continue;
    for (let i = 1; i < text.length; i++) {
      const from = text.charCodeAt(i - 1) - firstPrintable;
      const to = text.charCodeAt(i) - firstPrintable;
      if (from >= 0 && to >= 0 && from < symbols && to < symbols) counts[from][to]++;
    }
  }
}

const rows = counts.map((row) => {
  const total = row.reduce((sum, n) => sum + n, 0);
  return [...row].map((n) => {
    const quarterBits = Math.round(-4 * Math.log2(n / total));
    return String.fromCharCode(0x30 + Math.min(quarterBits, 63));
  });
});
const literal = (row: string[]) => `  ${JSON.stringify(row.join(''))},`.replaceAll('\\\\', '\\\\');
writeFileSync(
  'src/redaction/detectors/bigrams.ts',
  `// Made by .config/trainBigrams.ts; not edited by hand.
// Row: the character before, from ' ' to '~'; column: the one after. Quarter bits of surprise, '0' for none to 'o' for 63.
// biome-ignore format: a table
export const bigrams = [
${rows.map(literal).join('\n')}
];
`,
);
