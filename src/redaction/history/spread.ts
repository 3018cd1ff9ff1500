/**
 * A token that holds a tainted character in any version belongs to the value as a whole, and so does a quoted string
 * without white space: a prefix that a detector missed must not stand alone. One pass: what it adds draws in nothing more.
 */
import type { AtomList, Atoms } from './atoms.ts';
import type { TextHistory, Window } from './textHistory.ts';

const longestQuoted = 512;
const token = /[A-Za-z0-9_-]+/g;
const quoted = /(["'`])((?:\\.|(?!\1)[^\\\s])*)\1/g;

export function spreadOverTokens(histories: Iterable<TextHistory>, atoms: Atoms): void {
  const found: { list: AtomList; value: number }[] = [];
  const visit = ({ buffer, start, end }: Window) => {
    const list = buffer.slice(start, end);
    if (!list.some((atom) => spreads(atom, atoms))) return;
    // One unit a character, so that a match's place in the text is its place in the list.
    const text = Array.from(list, (atom) => unit(atoms.point(atom))).join('');
    for (const match of text.matchAll(token)) take(list.subarray(match.index, match.index + match[0].length));
    for (const match of text.matchAll(quoted)) {
      if (match[2].length <= longestQuoted) take(list.subarray(match.index + 1, match.index + 1 + match[2].length));
    }
  };
  const take = (list: AtomList) => {
    const tainted = list.find((atom) => spreads(atom, atoms));
    if (tainted !== undefined && list.some((atom) => !atoms.isTainted(atom))) {
      found.push({ list: list.slice(), value: atoms.owner(tainted) });
    }
  };
  for (const history of histories) history.walk(visit);
  for (const { list, value } of found) atoms.own(list, value);
}

function spreads(atom: number, atoms: Atoms): boolean {
  const owner = atoms.owner(atom);
  return owner >= 0 && atoms.value(owner).spreads;
}

function unit(point: number): string {
  return point > 0xffff ? '\ufffc' : String.fromCharCode(point);
}
