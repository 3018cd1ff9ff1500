/**
 * How well the origin of edits is told: `npm run bench:attribution -- [--misses] [RECORDING…]`, else the file that the
 * environment variable `UNDERSTUDY_ATTRIBUTION` names. A recording is a `workspaceRecording` log in which `documentEvent`
 * rows from `TextModel.setChangeReason` label edits by their (id, v); the others were typed, pasted or undone. The labels
 * are only compared with: what judges sees `changed` and `selectionChanged` alone, as on import. A label that is neither a
 * completion's nor a formatter's counts as none, and is named.
 *
 * Every eighth of the edits is scored by itself too: what holds in one and not in another is no rule yet. The rules were
 * made with all of the recording in view; one never scored before is the fairer judge. A table for people, and one line of
 * JSON.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../../src/session/attribution/attribute.ts';
import { buildHistory } from '../../src/session/history/buildHistory.ts';
import { readWorkspaceRecording } from '../../src/session/import/workspaceRecording.ts';

const labels = ['snippet', 'inlineSuggestion.accept', 'formatEditsCommand'] as const;
type Label = (typeof labels)[number];
/** What newer editors call the same. */
const synonyms = new Map<string, Label>([
  ...labels.map((label) => [label, label] as const),
  ['suggest', 'snippet'],
  ['inlineCompletionAccept', 'inlineSuggestion.accept'],
  ['inlineCompletionPartialAccept', 'inlineSuggestion.accept'],
]);
const folds = 8;
interface Row {
  doc: number;
  version: number;
  label: Label | null;
  verdict: Verdict;
  text: string;
}
interface Score {
  of: string;
  support: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

const inline = new Set([
  ...['inline_suggestion', 'part_by_part', 'next_edit_suggestion', 'rewritten', 'read_insertion'],
]);
/** What a label is called where an edit is judged to be of its kind. */
function labelOf({ origin, rule }: Verdict): Label | null {
  if (origin === 'formatter') return 'formatEditsCommand';
  if (origin !== 'completion') return null;
  return inline.has(rule ?? '') ? 'inlineSuggestion.accept' : 'snippet';
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { misses: { type: 'boolean' } } });
const named = process.env.UNDERSTUDY_ATTRIBUTION;
const files = positionals.length > 0 ? positionals : named ? [named] : [];
if (files.length === 0) {
  console.error('Name recordings, or set UNDERSTUDY_ATTRIBUTION: npm run bench:attribution -- edits.recording.w.json');
  process.exit(2);
}

for (const file of files) {
  const json = await readFile(file, 'utf8');
  const { known, others } = labelsIn(json);
  const rows = judge(json, basename(file), known);
  print(basename(file), rows);
  if (others.size > 0)
    console.log(`no label here: ${[...others].map(([name, count]) => `${count} ${name}`).join(', ')}`);
  const parts = Array.from({ length: folds }, (_, part) =>
    rows.slice(Math.ceil((part * rows.length) / folds), Math.ceil(((part + 1) * rows.length) / folds)),
  ).map((its) => ({ edits: its.length, scores: scoresOf(its) }));
  printParts(parts);
  if (values.misses) for (const row of rows) if (isMiss(row)) console.log(missOf(row));
  const all = { edits: rows.length, scores: scoresOf(rows) };
  console.log(
    JSON.stringify({ bench: 'attribution', file: basename(file), all, parts, others: Object.fromEntries(others) }),
  );
}

function judge(json: string, file: string, labelled: ReadonlyMap<string, Label>): Row[] {
  const rows: Row[] = [];
  const { faults } = buildHistory(readWorkspaceRecording(json, file), ({ doc, version, changes }, verdict) => {
    const text = changes.map((change) => `${change.offset}-${change.length}+${JSON.stringify(change.text)}`).join(' ');
    rows.push({ doc, version, label: labelled.get(`${doc} ${version}`) ?? null, verdict, text });
  });
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('; ')}`);
  return rows;
}

/** Labels of edits, by document and version, and how many there are of those that count as none. */
function labelsIn(json: string): { known: Map<string, Label>; others: Map<string, number> } {
  const { log } = JSON.parse(json) as {
    log: { kind: string; id?: number; data?: { sourceId?: string; source?: unknown; v?: number } }[];
  };
  const known = new Map<string, Label>();
  const others = new Map<string, number>();
  for (const { kind, id, data } of log) {
    if (kind !== 'documentEvent' || data?.sourceId !== 'TextModel.setChangeReason') continue;
    // A suggestion of the next edit is told apart by a suffix.
    const name = String(data.source).replace(/:nes$/, '');
    const label = synonyms.get(name);
    if (label) known.set(`${id} ${data.v}`, label);
    else others.set(name, (others.get(name) ?? 0) + 1);
  }
  return { known, others };
}

function scoresOf(rows: readonly Row[]): Score[] {
  const isCompletion = (label: Label | null) => label === 'snippet' || label === 'inlineSuggestion.accept';
  return [
    scoreOf('completion (both)', rows, isCompletion),
    ...labels.map((label) => scoreOf(label, rows, (one) => one === label)),
    scoreOf('unlabelled', rows, (one) => one === null),
  ];
}

function scoreOf(of: string, rows: readonly Row[], isIt: (label: Label | null) => boolean): Score {
  const support = rows.filter(({ label }) => isIt(label)).length;
  const judged = rows.filter(({ verdict }) => isIt(labelOf(verdict)));
  const right = judged.filter(({ label }) => isIt(label)).length;
  const ratio = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
  return {
    of,
    support,
    precision: ratio(right, judged.length),
    recall: ratio(right, support),
    f1: ratio(2 * right, support + judged.length),
  };
}

function shown(value: number | null): string {
  return (value === null ? '-' : value.toFixed(3)).padStart(9);
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}: ${rows.length} edits`);
  console.log(
    `${'label'.padEnd(24)}${['edits', 'precision', 'recall', 'F1'].map((name) => name.padStart(10)).join('')}`,
  );
  for (const { of, support, precision, recall, f1 } of scoresOf(rows))
    console.log(`${of.padEnd(24)}${String(support).padStart(10)} ${shown(precision)} ${shown(recall)} ${shown(f1)}`);
  console.log('label, as it was judged (origin/rule)');
  for (const label of [...labels, null]) {
    const counts = new Map<string, number>();
    for (const { verdict } of rows.filter((row) => row.label === label)) {
      const name = `${verdict.origin}/${verdict.rule ?? '-'}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${count} ${name}`);
    console.log(`  ${(label ?? 'unlabelled').padEnd(24)}${sorted.join(', ')}`);
  }
}

/** F1 of each label in each part of the recording; `-` where it has none. */
function printParts(parts: readonly { scores: Score[] }[]): void {
  console.log(`F1 of each ${folds}th`);
  for (const [index, { of }] of parts[0].scores.entries())
    console.log(`${of.padEnd(24)}${parts.map(({ scores }) => shown(scores[index].f1)).join('')}`);
}

function isMiss({ label, verdict }: Row): boolean {
  return labelOf(verdict) !== label;
}

function missOf({ doc, version, label, verdict, text }: Row): string {
  return `${label ?? 'unlabelled'} taken for ${verdict.origin}/${verdict.rule}: #${doc} v${version} ${text.slice(0, 300)}`;
}
