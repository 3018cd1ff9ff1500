/**
 * How well the origin of edits is told: `npm run bench:attribution -- [--misses] [RECORDING…]`, else the file that the
 * environment variable `UNDERSTUDY_ATTRIBUTION` names. A recording is a `workspaceRecording` log in which `documentEvent`
 * rows from `TextModel.setChangeReason` label edits by their (id, v); the others were typed, pasted or undone. The labels
 * are only compared with: what judges sees `changed` and `selectionChanged` alone, as on import.
 *
 * The rules were made with the edits of a recording's first seven eighths in view (`dev`). Of the last (`held-out`) no
 * edit was looked at, but its scores were, after each change: a recording never scored before is the fairer judge. A
 * table for people, and one line of JSON.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../../src/session/attribution/attribute.ts';
import { buildHistory } from '../../src/session/history/buildHistory.ts';
import { readWorkspaceRecording } from '../../src/session/import/workspaceRecording.ts';

const labels = ['snippet', 'inlineSuggestion.accept', 'formatEditsCommand'] as const;
type Label = (typeof labels)[number];
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

const inline = new Set(['inline_suggestion', 'next_edit_suggestion', 'read_insertion']);
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
  const rows = judge(await readFile(file, 'utf8'), basename(file));
  const seen = Math.ceil(rows.length * 0.875);
  const parts = { all: rows, dev: rows.slice(0, seen), 'held-out': rows.slice(seen) };
  for (const [part, its] of Object.entries(parts)) print(`${basename(file)}, ${part}`, its);
  if (values.misses) for (const row of parts.dev) if (isMiss(row)) console.log(missOf(row));
  const scores = Object.fromEntries(
    Object.entries(parts).map(([part, its]) => [part, { edits: its.length, scores: scoresOf(its) }]),
  );
  console.log(JSON.stringify({ bench: 'attribution', file: basename(file), ...scores }));
}

function judge(json: string, file: string): Row[] {
  const labelled = labelsIn(json);
  const rows: Row[] = [];
  const { faults } = buildHistory(readWorkspaceRecording(json, file), ({ doc, version, changes }, verdict) => {
    const text = changes.map((change) => `${change.offset}-${change.length}+${JSON.stringify(change.text)}`).join(' ');
    rows.push({ doc, version, label: labelled.get(`${doc} ${version}`) ?? null, verdict, text });
  });
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('; ')}`);
  return rows;
}

function labelsIn(json: string): Map<string, Label> {
  const { log } = JSON.parse(json) as {
    log: { kind: string; id?: number; data?: { sourceId?: string; source?: string; v?: number } }[];
  };
  return new Map(
    log.flatMap(({ kind, id, data }) => {
      const isLabel = kind === 'documentEvent' && data?.sourceId === 'TextModel.setChangeReason';
      return isLabel && isLabelName(data.source) ? [[`${id} ${data.v}`, data.source] as const] : [];
    }),
  );
}

function isLabelName(source: string | undefined): source is Label {
  return labels.includes(source as Label);
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

function print(title: string, rows: readonly Row[]): void {
  const shown = (value: number | null) => (value === null ? '-' : value.toFixed(3)).padStart(9);
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

function isMiss({ label, verdict }: Row): boolean {
  return labelOf(verdict) !== label;
}

function missOf({ doc, version, label, verdict, text }: Row): string {
  return `${label ?? 'unlabelled'} taken for ${verdict.origin}/${verdict.rule}: #${doc} v${version} ${text.slice(0, 300)}`;
}
