/** The card of a packed set: what loaders read from its header, the counts, and the headings of a datasheet. */
import { cardHeader, cardSection, columnTable } from '../dataset/card.ts';
import { type Column, jsonSchema } from '../dataset/columns.ts';
import { type FinalDecision, type PackReport, reasons, rowsOf } from './report.ts';
import { packedFormats } from './soundRows.ts';

const splits = ['train', 'validation', 'test'];
/** Rows of a table of counts; what is rarer is summed. */
const mostCounts = 20;

/** @param columns of each format, as they stand in its files but for the split */
export function packCard(report: PackReport, columns: ReadonlyMap<string, Record<string, Column>>): string {
  const formats = packedFormats.filter(({ name }) => rowsOf(report, name) > 0);
  return [
    ...header(report, formats, columns),
    ...introduction(report),
    ...datasheet(report),
    ...formats.flatMap(({ name, schema }) => columnTable({ name, schema: jsonSchema(schema) })),
  ].join('\n');
}

function header(
  report: PackReport,
  formats: typeof packedFormats,
  columns: ReadonlyMap<string, Record<string, Column>>,
): string[] {
  const configs = formats.map(({ name }) => ({
    name,
    // A declared split without rows makes loaders fail.
    splits: splits
      .filter((split) => rowsOf(report, name, split) > 0)
      .map((split) => ({ split, path: `data/${name}/${split}-*.parquet` })),
    columns: { ...columns.get(name), split: 'string' } as Record<string, Column>,
  }));
  const size = ['size_categories:', `- ${sizeCategory(rowsOf(report, 'trajectories'))}`];
  return cardHeader('Understudy coding sessions, packed', configs, size);
}

function introduction(report: PackReport): string[] {
  const example = rowsOf(report, 'next_edit') > 0 ? 'next_edit' : 'trajectories';
  return [
    '# Coding sessions, recorded with consent, packed for training',
    '',
    `Packed by Understudy ${report.producer} from ${report.folders} dataset folders, of records whose consent grants the`,
    `use \`${report.use}\`${report.includes_imported ? ', and of imported ones, for whose consent the importer answers' : ''}.`,
    '',
    '```python',
    'from datasets import load_dataset',
    '',
    `examples = load_dataset("path/to/this/folder", "${example}")`,
    '```',
    '',
    'The splits keep a repository whole, or a project where the repository is not known. Every row carries the split in the',
    'column `split`, and `trajectory_id`, which names its record. `decisions.parquet` tells of every record that was',
    'looked at what became of it, and why; `schema/` holds a JSON Schema for each kind of row, without what packing adds.',
    '',
  ];
}

function datasheet(report: PackReport): string[] {
  const { decisions } = report;
  const total = Object.values(decisions).reduce((sum, count) => sum + count, 0);
  const fate = (decision: Exclude<FinalDecision, 'kept'>) =>
    `| left out: ${reasons[decision]} | ${decisions[decision]} |`;
  return [
    '## Motivation',
    '',
    'To train and to test models that write code, on how people really work: with the way that led to a change, what was',
    'tried, what failed, and what became of it.',
    '',
    '## Composition',
    '',
    '| format | split | rows | bytes of Parquet | files |',
    '|---|---|---|---|---|',
    ...sizes(report),
    '',
    '| records | |',
    '|---|---|',
    `| looked at | ${total} |`,
    `| kept | ${decisions.kept} |`,
    ...(Object.keys(reasons) as (keyof typeof reasons)[]).map(fate),
    `| older revisions and further copies of them | ${report.copies_left_out} |`,
    '',
    ...countTable('outcome', report.outcomes),
    ...countTable('language (of any file of a record)', report.languages),
    ...countTable('licence of the code', report.licenses),
    ...countTable('quarter', report.periods),
    cardSection('What a record is')
      .split('\n')
      .filter((line, i, lines) => !isOfSplit(line, lines[i - 1]))
      .join('\n'),
    '',
    '## Collection process',
    '',
    cardSection('How it was obtained'),
    '',
    '## Preprocessing, cleaning, labeling',
    '',
    cardSection('What the labels mean'),
    '',
    '- Near-duplicates: the lines that a record adds, as 5-grams of tokens in 14 MinHash bands of 8 rows. Of those that share a',
    '  band one stays. A record can be left out for one that was left out itself.',
    report.benchmark_items > 0
      ? `- Benchmarks: ${report.benchmark_items} items were compared by 12-grams; who holds 30% of an item is left out.`
      : '- Benchmarks: **none were named, so nothing was compared.** See `understudy features`.',
    '- Splits: by the hash of the repository or project: 2% test, 2% validation, the rest train.',
    '- Every row was checked against its schema, replayed, and looked through by the newest rules of redaction.',
    ...(report.tokenizer_sha256
      ? [
          `- \`tokens\`: of prompt and completion, of messages and tools, of other rows of all texts, by the tokenizer whose \`tokenizer.json\` has the SHA-256 \`${report.tokenizer_sha256}\`.`,
        ]
      : []),
    '',
    '## Uses',
    '',
    cardSection('Limits'),
    '',
    '## Distribution',
    '',
    cardSection('What the consent grants').replaceAll('`consent/withdrawals.jsonl`', "its contributors' withdrawals"),
    '',
    '## Maintenance',
    '',
    'Pack anew when a contributor withdraws a record or seals a newer revision of it. The same records, packed the same way,',
    `give the same decision table: \`${report.decision_sha256}\`.`,
    '',
  ];
}

/** A packed set has the splits that the folders it comes from lack. */
function isOfSplit(line: string, before = ''): boolean {
  const begins = (text: string) => text.startsWith('- **The split is `train` alone.**');
  return begins(line) || (begins(before) && line.startsWith('  '));
}

function sizes(report: PackReport): string[] {
  return packedFormats.flatMap(({ name }) =>
    splits.flatMap((split) => {
      const files = report.files.filter((file) => file.format === name && file.split === split);
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      return files.length > 0
        ? [`| \`${name}\` | ${split} | ${rowsOf(report, name, split)} | ${bytes} | ${files.length} |`]
        : [];
    }),
  );
}

function countTable(title: string, counts: Record<string, number>): string[] {
  const entries = Object.entries(counts);
  const rest = entries.slice(mostCounts);
  return [
    `| ${title} | records |`,
    '|---|---|',
    ...entries.slice(0, mostCounts).map(([key, count]) => `| \`${key.replace(/[^\w.+# -]/g, '?')}\` | ${count} |`),
    ...(rest.length > 0 ? [`| ${rest.length} others | ${rest.reduce((sum, [, count]) => sum + count, 0)} |`] : []),
    '',
  ];
}

function sizeCategory(rows: number): string {
  const bounds: [number, string][] = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
  ];
  return bounds.find(([bound]) => rows < bound)?.[1] ?? '10M<n<100M';
}
