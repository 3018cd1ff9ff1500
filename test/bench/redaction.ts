/**
 * What redaction finds, what it spoils, and how long it takes:
 * `npm run bench:redaction -- --corpus FILE… [--clean FOLDER…] [--context source|config|terminal] [--misses] [--touched]`.
 * A corpus is JSON lines, see `redactionCorpus.ts`. Clean sources are by default the project's own dependencies.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import type { Context } from '../../src/redaction/detectors/rule.ts';
import { rules } from '../../src/redaction/detectors/rules.ts';
import { measureClean, readClean } from './redactionClean.ts';
import { type CorpusResult, measureCorpus, type Score, sum } from './redactionCorpus.ts';
import { slowestPattern, slowestText } from './redactionHostile.ts';

const root = `${import.meta.dirname}/../..`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    clean: { type: 'string', multiple: true, default: [] },
    context: { type: 'string' },
    megabytes: { type: 'string', default: '40' },
    misses: { type: 'boolean', default: false },
    touched: { type: 'boolean', default: false },
    rules: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
// `--corpus a b c`: the names behind the first are more of the same.
const corpora = values.clean.length === 0 ? [...values.corpus, ...positionals] : values.corpus;
const folders = values.clean.length > 0 ? [...values.clean, ...positionals] : [`${root}/node_modules`];
const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`);
const wants = (what: string) => !values.only || values.only === what;
const report: Record<string, unknown> = {};

if (wants('corpora')) report.corpora = Object.fromEntries(corpora.map((file) => [basename(file), corpus(file)]));
if (wants('clean')) report.clean = await clean();
if (wants('patterns')) report.patterns = await patterns();
console.log(JSON.stringify(report));

function corpus(file: string) {
  const result = measureCorpus(file);
  const total = sum(Object.values(result.halves));
  console.log(`\n${basename(file)}`);
  print('seen half', result.halves.seen);
  print('unseen half', result.halves.unseen);
  print('all', total);
  // A corpus of identifiers names what kind each is.
  if (values.rules || result.byRule.size < 40) for (const [rule, score] of result.byRule) print(`  ${rule}`, score);
  if (values.misses) misses(result);
  return { ...result.halves, all: total, byRule: Object.fromEntries(result.byRule) };
}

function print(name: string, { secrets, full, partly, missed, negatives, negativesTouched }: Score): void {
  console.log(
    `${name.padEnd(34)} full ${full}/${secrets} ${percent(full, secrets)}, partly ${partly}, missed ${missed}; ` +
      `negatives touched ${negativesTouched}/${negatives}`,
  );
}

function misses({ findings }: CorpusResult): void {
  for (const { rule, what, value, text } of findings.filter(({ half }) => half === 'seen')) {
    console.log(`  ${what} [${rule}] ${JSON.stringify(value).slice(0, 120)} in ${JSON.stringify(text).slice(0, 300)}`);
  }
}

async function clean() {
  const files = await readClean(folders, Number(values.megabytes) * 1e6);
  const result = measureClean(files, values.context as Context | undefined);
  const { characters, charactersTouched, filesTouched, megabytesPerSecond, touched } = result;
  console.log(
    `\nclean sources: ${result.files} files, ${(characters / 1e6).toFixed(1)} million characters; ` +
      `touched ${percent(charactersTouched, characters)} of characters, ${percent(filesTouched, result.files)} of files; ` +
      `${megabytesPerSecond.toFixed(0)} MB/s (detection of whole texts, one core)`,
  );
  if (values.touched) {
    const byRule = new Map<string, number>();
    for (const [key, n] of touched) {
      const rule = key.slice(0, key.indexOf(':'));
      byRule.set(rule, (byRule.get(rule) ?? 0) + n);
    }
    for (const [rule, n] of [...byRule].sort((a, b) => b[1] - a[1])) console.log(`  ${n} ${rule}`);
    for (const [key, n] of [...touched].sort((a, b) => b[1] - a[1]).slice(0, 400)) console.log(`    ${n} ${key}`);
  }
  return { ...result, touched: undefined };
}

async function patterns() {
  const slowest = slowestPattern(rules);
  const hostile = slowestText(rules);
  const bundle = await build({
    entryPoints: [`${root}/src/redaction/detectors/rules.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const bytes = bundle.outputFiles[0].contents.length;
  console.log(
    `\n${rules.length} rules, ${bytes} bytes bundled; slowest pattern on hostile texts of 4 KB: ${slowest.rule} ` +
      `(${slowest.form}) ${slowest.milliseconds.toFixed(1)} ms; all rules ${hostile.toFixed(1)} ms`,
  );
  return { rules: rules.length, bytes, slowest, allRulesMilliseconds: hostile };
}
