/** Taints what stands in the dictionary: in every version, and in the order in which it was written. */
import type { AtomList, Atoms } from './atoms.ts';
import type { Dictionary } from './dictionary.ts';
import { codePointMap, type TextHistory } from './textHistory.ts';

/** @returns how many atoms it tainted. */
export function lookUp(histories: readonly TextHistory[], atoms: Atoms, dictionary: Dictionary): number {
  let tainted = 0;
  const search = (list: AtomList) => {
    const text = atoms.text(list);
    const point = codePointMap(text);
    for (const { start, end, value } of dictionary.find(text)) {
      tainted += atoms.own(list.subarray(point(start), point(end)), value);
    }
  };
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
    search(inOrderOfWriting([history]));
  }
  search(inOrderOfWriting(histories));
  return tainted;
}

/** What was inserted, one insert after the other: a record holds them side by side. */
function inOrderOfWriting(histories: readonly TextHistory[]): AtomList {
  const lists = histories.flatMap((history) => history.edits.map((edit) => edit.inserted));
  const out = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}
