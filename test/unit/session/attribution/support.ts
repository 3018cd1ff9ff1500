import type { Verdict } from '../../../../src/session/attribution/attribute.ts';
import type { SessionEvent, SessionEventOf } from '../../../../src/session/events.ts';
import { buildHistory } from '../../../../src/session/history/buildHistory.ts';

type Edit = SessionEventOf<'edit'>;
type Sign = SessionEventOf<'sign'>;

/** A change by the text that it replaces: `[old, new]` at its only place, or at an offset. */
export type Replacement = [old: string | number, now: string, length?: number];

/** Edits of one document as an editor would tell them. */
export class Sitting {
  readonly events: SessionEvent[];
  t = 1_700_000_000_000;
  text: string;
  #version = 1;

  constructor(text: string) {
    this.text = text;
    const facts = { language: 'typescript', eol: 'lf' as const, encoding: 'utf8' };
    this.events = [{ kind: 'open', t: this.t, doc: 0, path: 'a.ts', ...facts, text }];
  }

  /** Where the marker `|` would stand: the end of the only place of what is in front of it. */
  after(front: string): number {
    return this.text.indexOf(front) + front.length;
  }

  /** @param more what the editor says beside the changes; selections as `[anchor, active]`. */
  edit(replacements: Replacement[], more: Partial<Edit> & { at?: number | [number, number][] } = {}): this {
    const { at = null, ...rest } = more;
    const changes = replacements.map(([old, text, length = 0]) =>
      typeof old === 'number'
        ? { offset: old, length, text }
        : { offset: this.text.indexOf(old), length: old.length, text },
    );
    const places = typeof at === 'number' ? [[at, at]] : at;
    const selections = places?.map(([anchor, active]) => ({ anchor, active })) ?? null;
    const version = ++this.#version;
    this.t += 1000;
    this.events.push({
      ...{ kind: 'edit', t: this.t, doc: 0, version, reason: null, changes, selections, visible: null },
      ...rest,
    });
    for (const { offset, length, text } of changes.toSorted((a, b) => b.offset - a.offset))
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    return this;
  }

  sign(sign: Partial<Pick<Sign, 'cause' | 'clipboard' | 'dirty'>> & { at?: [number, number] | number }): this {
    const { at, ...rest } = sign;
    const [anchor, active] = typeof at === 'number' ? [at, at] : (at ?? [0, 0]);
    this.events.push({
      ...{ kind: 'sign', t: this.t + 2, doc: 0, version: this.#version },
      ...{ selections: at === undefined ? null : [{ anchor, active }], cause: null, clipboard: null, dirty: null },
      ...rest,
    });
    return this;
  }

  tell(event: SessionEvent): this {
    this.events.push(event);
    return this;
  }

  verdicts(): Verdict[] {
    return verdictsOf(this.events);
  }

  /** Of the last edit. */
  verdict(): Verdict {
    return this.verdicts().at(-1) as Verdict;
  }

  origin(): string {
    return this.verdict().origin;
  }
}

export function verdictsOf(events: SessionEvent[]): Verdict[] {
  const verdicts: Verdict[] = [];
  buildHistory(events, (_edit, verdict) => verdicts.push(verdict));
  return verdicts;
}

/** What the active editor says of an edit that makes a dirty document no dirtier. */
export const live = { active: true, dirty: true };
