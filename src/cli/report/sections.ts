/** Counts as sections of a page. */
import type { Counts, Lengths } from '../../dataset/statistics.ts';
import { type Bar, compact } from './charts.ts';
import type { Section } from './page.ts';

/** Bars of a chart; what is rarer is summed. */
const mostBars = 15;

export function named(title: string, text: string, counts: Counts): Section {
  return { title, text, bars: barsOf(counts), direction: 'lying' };
}

/** Quarters in their order. */
export function overTime(title: string, text: string, counts: Counts): Section {
  const bars = Object.entries(counts).map(([name, value]) => ({ name, value }));
  return { title, text, bars: bars.sort((a, b) => (a.name < b.name ? -1 : 1)), direction: 'standing' };
}

function barsOf(counts: Counts): Bar[] {
  const bars = Object.entries(counts)
    .filter(([, value]) => value > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, value]) => ({ name, value }));
  const rest = bars.slice(mostBars).reduce((sum, { value }) => sum + value, 0);
  return [...bars.slice(0, mostBars), ...(rest > 0 ? [{ name: 'others', value: rest }] : [])];
}

export function lengthsOf(title: string, text: string, { from, counts }: Lengths): Section {
  const last = counts.findLastIndex((times) => times > 0);
  const first = Math.max(
    0,
    counts.findIndex((times) => times > 0),
  );
  const name = (i: number) =>
    i + 1 < from.length && from[i + 1] - from[i] === 1 ? `${from[i]}` : `${compact(from[i])}+`;
  const bars = counts.slice(first, last + 1).map((value, i) => ({ name: name(first + i), value }));
  return { title, text, bars, direction: 'standing' };
}
