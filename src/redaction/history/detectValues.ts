/**
 * Finds values in every version of a text and taints their atoms.
 *
 * A value that is being written is covered from its first character on: the line is read as if it ended at the cursor,
 * so what stands to the right cannot be taken for part of it. It is judged when it has grown as far as it will: when the
 * next edit goes elsewhere, or takes something away.
 */

import { detect, detectOpen, mayHoldMultiline, multilineReach, type Span } from '../detectors/detect.ts';
import type { Rule } from '../detectors/rule.ts';
import type { AtomList, Atoms } from './atoms.ts';
import { codePointMap, type TextHistory, type Window } from './textHistory.ts';

/**
 * Files of credentials and settings name a value some lines before it. What stands behind the line is not looked at: it was
 * there already, and half a name in front of it says nothing of it.
 */
const linesBefore = { before: 200, behind: 0 };

interface Growing {
  rule: Rule;
  text: string;
  atoms: AtomList;
}

/** @param own rules of the person's, besides ours. */
export function detectValues(history: TextHistory, atoms: Atoms, own: readonly Rule[] = []): void {
  let multiline = mayHoldMultiline(atoms.text(history.base));
  let growing: Growing[] = [];
  const refused: Growing[] = [];

  const taint = (rule: Rule, text: string, list: AtomList) => {
    atoms.taint(list, { type: rule.type, texts: new Set([text]), spreads: !rule.delimited, rule: rule.id });
  };
  let unsettled: Growing[] = [];
  const taintSpans = (spans: Span[], text: string, list: AtomList, cursor: number) => {
    const point = codePointMap(text);
    for (const { rule, start, end } of spans) {
      const value = { rule, text: text.slice(start, end), atoms: list.subarray(point(start), point(end)) };
      if (rule.settles && point(end) === cursor) unsettled.push({ ...value, atoms: value.atoms.slice() });
      else taint(rule, value.text, value.atoms);
    }
  };
  /** Takes for values what was not written on from its end; the others are looked at anew. */
  const settle = (before: number | undefined) => {
    for (const { rule, text, atoms: list } of unsettled) if (list.at(-1) !== before) taint(rule, text, list);
    unsettled = [];
  };

  const visit = ({ buffer, start, end, written }: Window) => {
    const list = buffer.slice(start, end);
    const text = atoms.text(list);
    multiline ||= mayHoldMultiline(text);
    const writes = written.end > written.start;
    settle(writes ? list[written.start - start - 1] : undefined);
    taintSpans(detect(text, history.context, own), text, list, writes ? written.end - start : -1);

    const next: Growing[] = [];
    if (writes) {
      const prefix = list.subarray(0, written.end - start);
      const prefixText = atoms.text(prefix);
      const point = codePointMap(prefixText);
      for (const span of detectOpen(prefixText, history.context)) {
        next.push({
          rule: span.rule,
          text: prefixText.slice(span.start, span.end),
          atoms: prefix.slice(point(span.start), point(span.end)),
        });
      }
    }
    for (const value of growing) if (!next.some((later) => continues(value, later))) judge(value);
    growing = next;
  };

  const judge = (value: Growing) => {
    const { rule, text, atoms: list } = value;
    if (!rule.accept || rule.accept(text, history.context)) taint(rule, text, list);
    else refused.push(value);
  };

  history.walk(visit, () => (multiline ? { before: multilineReach, behind: multilineReach } : linesBefore));
  growing.forEach(judge);
  settle(undefined);
  // The beginnings of a value, with slips of the keyboard in them that the finished value does not hold.
  for (const { atoms: list } of refused) {
    const tainted = list.find((atom) => atoms.isTainted(atom));
    if (tainted !== undefined) atoms.own(list, atoms.owner(tainted));
  }
}

function continues(before: Growing, after: Growing): boolean {
  return (
    before.rule === after.rule &&
    after.atoms.length >= before.atoms.length &&
    before.atoms.every((atom, i) => atom === after.atoms[i])
  );
}
