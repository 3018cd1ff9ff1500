/** How much of a labelled corpus redaction covers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { redactText } from '../../src/redaction/redactText.ts';

interface Row {
  kind: 'positive' | 'negative';
  text: string;
  rule?: string;
  /** Code points, [start, end). */
  spans?: [number, number][];
  secrets?: string[];
}

/** Rows are dealt to halves by the hash of their text: rules may be made looking at `seen`, never at `unseen`. */
export type Half = 'seen' | 'unseen';

export interface Score {
  secrets: number;
  full: number;
  /** Some characters covered, some not: a leak. */
  partly: number;
  missed: number;
  negatives: number;
  negativesTouched: number;
}

export interface Finding {
  half: Half;
  rule: string;
  what: 'partly' | 'missed' | 'touched';
  value: string;
  text: string;
}

export interface CorpusResult {
  halves: Record<Half, Score>;
  byRule: Map<string, Score>;
  findings: Finding[];
}

export function measureCorpus(file: string): CorpusResult {
  const result: CorpusResult = { halves: { seen: empty(), unseen: empty() }, byRule: new Map(), findings: [] };
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const row: Row = JSON.parse(line);
    const rule = row.rule ?? 'none';
    const half: Half = createHash('md5').update(row.text).digest()[0] % 2 === 0 ? 'seen' : 'unseen';
    const ofRule = result.byRule.get(rule) ?? empty();
    result.byRule.set(rule, ofRule);
    const scores = [result.halves[half], ofRule];
    const points = Array.from(row.text);
    const covered = new Uint8Array(points.length);
    for (const [start, end] of redactText(row.text).spans) covered.fill(1, start, end);
    const note = (what: Finding['what'], value: string) =>
      result.findings.push({ half, rule, what, value, text: row.text });

    if (row.kind === 'negative') {
      const touched = points.filter((_, i) => covered[i]).join('');
      for (const score of scores) {
        score.negatives++;
        if (touched !== '') score.negativesTouched++;
      }
      if (touched !== '') note('touched', touched);
      continue;
    }
    for (const [start, end] of secretsOf(row)) {
      const part = covered.subarray(start, end);
      const what = part.every(Boolean) ? 'full' : part.some(Boolean) ? 'partly' : 'missed';
      for (const score of scores) {
        score.secrets++;
        score[what]++;
      }
      if (what !== 'full') note(what, points.slice(start, end).join(''));
    }
  }
  return result;
}

export function sum(scores: Iterable<Score>): Score {
  const total = empty();
  for (const score of scores) for (const key of Object.keys(total) as (keyof Score)[]) total[key] += score[key];
  return total;
}

function empty(): Score {
  return { secrets: 0, full: 0, partly: 0, missed: 0, negatives: 0, negativesTouched: 0 };
}

/** In code points. Where a row says neither where nor what its secret is, it is the longest stretch without separators. */
function secretsOf({ text, spans, secrets }: Row): [number, number][] {
  if (spans) return spans;
  const found: [number, number][] = [];
  const add = (index: number, value: string) => {
    const start = Array.from(text.slice(0, index)).length;
    found.push([start, start + Array.from(value).length]);
  };
  for (const secret of secrets ?? []) {
    for (let i = text.indexOf(secret); i >= 0; i = text.indexOf(secret, i + secret.length)) add(i, secret);
  }
  if (!secrets) {
    const stretches = [...text.matchAll(/[^\s"'`=:@,;<>()[\]{}]+=*/g)];
    const longest = stretches.sort((a, b) => b[0].length - a[0].length)[0];
    if (longest) add(longest.index, longest[0]);
  }
  return found;
}
