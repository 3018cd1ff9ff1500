/** Taints what stands in the dictionary: in every version, and in the order in which it was written. */

import { type Dictionary, type Hit, isSecretType } from '../dictionary/dictionary.ts';
import type { AtomList, Atoms, Value } from './atoms.ts';
import { codePointMap, type TextHistory } from './textHistory.ts';

/** @returns how many atoms it tainted. */
export function lookUp(histories: readonly TextHistory[], atoms: Atoms, dictionary: Dictionary): number {
  let tainted = 0;
  const search = (list: AtomList, only = (_: AtomList) => true) => {
    const text = atoms.text(list);
    const point = codePointMap(text);
    for (const hit of found(text, dictionary, atoms)) {
      const part = list.subarray(point(hit.start), point(hit.end));
      if (!only(part)) continue;
      tainted += atoms.own(part, hit.value);
      // Somebody's home may be a part of it.
      if (atoms.value(hit.value).type === 'workspace') atoms.take(part, hit.value);
    }
  };
  // What is covered in part does not stand in the inserts as they will be written.
  const isClean = (list: AtomList) => !list.some((atom) => atoms.isTainted(atom));
  const reach = dictionary.reach;
  for (const history of histories) {
    history.walk(({ buffer, written, start, end }) => {
      const wholeText = written.start === written.end && start === 0 && end === buffer.length;
      search(
        wholeText
          ? buffer.slice(start, end)
          : buffer.slice(Math.max(0, written.start - reach), Math.min(buffer.length, written.end + reach)),
      );
    });
    search(joined(history.edits.map(({ inserted }) => inserted)), isClean);
  }
  search(joined(atoms.inserts), isClean);
  return tainted;
}

/**
 * The hits in a text; overlapping ones as one, and as far around them as the value goes on. Values that begin alike share
 * pieces: the one that is hit most is meant.
 */
function found(text: string, dictionary: Dictionary, atoms: Atoms): Hit[] {
  const hits = dictionary.find(text).sort((a, b) => a.start - b.start);
  const whole: Hit[] = [];
  for (let i = 0; i < hits.length; ) {
    const { start } = hits[i];
    let { end } = hits[i];
    const votes = new Map<number, number>();
    for (; i < hits.length && (hits[i].start < end || hits[i].start === start); i++) {
      end = Math.max(end, hits[i].end);
      votes.set(hits[i].value, (votes.get(hits[i].value) ?? 0) + hits[i].end - hits[i].start);
    }
    const value = [...votes].reduce((most, vote) => (vote[1] > most[1] ? vote : most))[0];
    whole.push({ ...grown(text, { start, end, value }, atoms.value(value)), value });
  }
  return whole;
}

/** With what of the value stands around the hit: its ordinary parts too, and all of an encoding. An identity is whole. */
function grown(text: string, { start, end }: Hit, { texts, type }: Value): Omit<Hit, 'value'> {
  if (!isSecretType(type)) return { start, end };
  const hit = text.slice(start, end);
  let most: Omit<Hit, 'value'> | null = null;
  for (const whole of texts) {
    const at = whole.indexOf(hit);
    if (at < 0) continue;
    let before = 0;
    while (before < Math.min(at, start) && whole[at - before - 1] === text[start - before - 1]) before++;
    let length = hit.length;
    while (at + length < whole.length && whole[at + length] === text[start + length]) length++;
    if (!most || before + length > most.end - most.start) most = { start: start - before, end: start + length };
  }
  return most ?? (/^[A-Za-z0-9+/=]+$/.test(hit) ? encoded(text, { start, end }) : { start, end });
}

/** The whole of the base64 or hex in which a piece stands: how its ends look depends on the value's length. */
function encoded(text: string, { start, end }: Omit<Hit, 'value'>): Omit<Hit, 'value'> {
  while (start > 0 && /[A-Za-z0-9+/]/.test(text[start - 1])) start--;
  while (end < text.length && /[A-Za-z0-9+/]/.test(text[end])) end++;
  while (end < text.length && text[end] === '=') end++;
  return { start, end };
}

/** One insert after the other: a record holds them side by side. */
function joined(lists: readonly AtomList[]): AtomList {
  const out = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}
