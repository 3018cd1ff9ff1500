/**
 * Strings that look drawn at random, whatever stands around them. Most characters are never read: a run of token
 * characters long enough holds one at every `shortest`-th place.
 */
import { holdsPlaceholder } from '../placeholders.ts';
import { hintsAtKey, hintsAtPublic, namesKey } from './hints.ts';
import { surprise } from './rarity.ts';
import type { Context, Rule } from './rule.ts';
import { isVaried } from './values.ts';

const shortest = 16;
/** Longer ones are data: images, maps, certificates. */
const longest = 256;
/** Hex has about 6 bits, names and paths about 4. */
const leastSurprise = 5;
const hintReach = 100;

const separator = 0;
const lower = 1;
const upper = 2;
const digit = 4;
const other = 8;
const kinds = new Uint8Array(0x10000);
for (let code = 0x61; code <= 0x7a; code++) kinds[code] = lower;
for (let code = 0x41; code <= 0x5a; code++) kinds[code] = upper;
for (let code = 0x30; code <= 0x39; code++) kinds[code] = digit;
for (const character of '_+/-') kinds[character.charCodeAt(0)] = other;

/** Formats without a mark that a keyword could be, each with a place of its own in the alphabet of shapes. */
const shapes =
  /^(?:(?:SK|AC)[0-9a-f]{32}|key-[0-9a-z]{32}|pat[A-Za-z0-9]{14}\.[0-9a-f]{64}|[MNO][A-Za-z\d_-]{22,27}\.[A-Za-z\d_-]{5,7}\.[A-Za-z\d_-]{26,40}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{40,80}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})$/;

export const rareStringRules: readonly Rule[] = [
  {
    id: 'rare-string',
    type: 'secret',
    keywords: [],
    closed: /(?!)/dg,
    scan: rareStrings,
    reference: 'log-likelihood of character bigrams',
  },
];

export function* rareStrings(text: string, context: Context): Iterable<readonly [number, number]> {
  let start = 0;
  while (start + shortest <= text.length) {
    let back = start + shortest - 1;
    while (back >= start && kinds[text.charCodeAt(back)] !== separator) back--;
    if (back >= start) {
      start = back + 1;
      continue;
    }
    let end = start;
    let seen = 0;
    for (; end < text.length; end++) {
      const kind = kinds[text.charCodeAt(end)];
      if (kind === separator) break;
      seen |= kind;
    }
    if (seen & digit || (seen & upper && seen & lower)) yield* judge(text, start, end, context);
    start = end + 1;
  }
}

function* judge(text: string, runStart: number, end: number, context: Context): Iterable<readonly [number, number]> {
  const start = runStart + escapeLength(text, runStart);
  // Most runs are names and paths: this is all that is asked of them.
  if (end - start > longest || surprise(text, start, end) < leastSurprise) return;
  const parts = text.slice(start, end).split('/');
  if (parts.length === 1 || !parts.some((part) => /^(?:[a-z]{3,}|[A-Z][a-z]{2,})$/.test(part))) {
    if (isSecretLike(text, start, end, context)) {
      yield widened(text, start, end);
      return;
    }
    if (parts.length === 1) return;
  }
  let from = start;
  for (const { length } of parts) {
    if (length >= shortest && isSecretLike(text, from, from + length, context)) yield [from, from + length];
    from += length + 1;
  }
}

/** The letters of `\\n` and the digits of `%3D` in front of a run are none of it. */
function escapeLength(text: string, start: number): number {
  if (text[start - 1] === '\\' && /[nrt]/.test(text[start])) return 1;
  return text[start - 1] === '%' && /^[0-9A-F]{2}/.test(text.slice(start, start + 2)) ? 2 : 0;
}

const hexOnly = /^(?:0x)?(?:[0-9a-f]+|[0-9A-F]+)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const integrity = /(?:sha\d{1,3}[-:]|base64,|AAAA[BCE]3Nza|;base64)$/;

function isSecretLike(text: string, start: number, end: number, context: Context): boolean {
  const run = text.slice(start, end);
  const isHex = hexOnly.test(run);
  if (isHex && (run.length > 128 || !/\d/.test(run) || !/[a-f]/i.test(run))) return false;
  const isUuid = !isHex && run.length === 36 && uuid.test(run);
  if (!isHex && !isUuid && !looksDrawn(run)) return shapes.test(run);
  if (!isVaried(run) || holdsPlaceholder(run)) return false;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(Math.max(line, start - hintReach), start);
  if (integrity.test(before) || /^sha\d{1,3}-|^AAAA[BCE]3Nza/.test(run) || isBlobLine(text, start, end)) return false;
  if (isHex || isUuid) return namesKey(before) || (context !== 'source' && isHex && hintsAtKey(before));
  if (hintsAtPublic(before)) return false;
  return context === 'source' ? quotedOrAssigned(text, start) && hintsAtKey(before) : true;
}

function quotedOrAssigned(text: string, start: number): boolean {
  return /["'`=:]/.test(text[start - 1] ?? '');
}

/** Far from ordinary code, with the digits or the mix of cases that chance brings, and not made of short words. */
function looksDrawn(run: string): boolean {
  if (/^(?:0x)?[0-9a-fA-F]{32,}$/.test(run)) return true;
  if (surprise(run) < (run.length < 20 ? 7.2 : 6.9)) return false;
  if (!run.split(/[_/+-]/).some((part) => part.length >= 8)) return false;
  if (/\d/.test(run)) return (run.match(/[A-Za-z]/g)?.length ?? 0) >= 3;
  return /[a-z][A-Z]/.test(run) && surprise(run) >= 7.8;
}

/** What stood there was a line of the data too. */
const covered = /REDACTED_[A-Z]+_\w+/g;

/** Whether the run fills its line, and so does a neighbour: encoded data, wrapped. */
function isBlobLine(text: string, start: number, end: number): boolean {
  if (end - start < 40) return false;
  const isRun = (line: string) => /^[\s"'+#*/]*[A-Za-z0-9+/=_-]{40,}[\s"'+,;]*$/.test(line);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  if (!isRun(text.slice(from, Math.min(to, from + 400)))) return false;
  const above = from > 0 ? text.slice(text.lastIndexOf('\n', from - 2) + 1, from - 1) : '';
  const below = next < 0 ? '' : text.slice(next + 1, (text.indexOf('\n', next + 1) + 1 || text.length + 1) - 1);
  return [above, below].some((line) => isRun(line.slice(0, 400).replace(covered, (text) => text.padEnd(40, '_'))));
}

/** A file may be named after a value: the ending is none of it. */
const fileEnding = /^\.[a-z]{1,4}$/;

/** With its padding, and with what dots and tildes join to it. */
function widened(text: string, start: number, end: number): [number, number] {
  const isToken = (at: number) => kinds[text.charCodeAt(at)] !== separator;
  const joins = (at: number) => /[.~!$]/.test(text[at] ?? '');
  let from = start;
  let to = end;
  while (to < text.length && to - end < longest && (isToken(to) || (joins(to) && isToken(to + 1)))) to++;
  to -= fileEnding.exec(text.slice(end, to))?.[0].length ?? 0;
  while (text[to] === '=') to++;
  while (from > 0 && start - from < longest && (isToken(from - 1) || (joins(from - 1) && isToken(from - 2)))) from--;
  return [from === start ? start : from + escapeLength(text, from), to];
}
