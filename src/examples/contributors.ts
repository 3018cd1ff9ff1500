/** Who contributed a text, character by character, in the words of Agent Trace. */
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength } from '../session/codePoints.ts';
import { GapBuffer } from '../session/gapBuffer.ts';
import type { Step } from '../trajectory/record.ts';

/** mixed: arranged anew where the file holds text of several; unknown: pasted, or changed by another program. */
export const contributors = ['human', 'ai', 'mixed', 'unknown'] as const;
export type Contributor = (typeof contributors)[number];

const byOrigin: Partial<Record<NonNullable<Step['origin']>, Contributor>> = {
  typed: 'human',
  completion: 'ai',
  agent: 'ai',
};
/** They put in again, or arrange, what the file holds or held. */
const rearranging: ReadonlySet<Step['origin']> = new Set(['undo', 'redo', 'formatter', 'refactoring']);

export class Contributors {
  /** Of each code point 0 for what stood there at the beginning, or the contributor's place in the list, from 1. */
  readonly #marks: GapBuffer[];
  readonly #seen: Set<Contributor>[];

  /** @param bases texts of the files before the first step. */
  constructor(bases: readonly (Redacted | null)[]) {
    this.#marks = bases.map((base) => new GapBuffer(new Int32Array(codePointLength(base ?? ''))));
    this.#seen = bases.map(() => new Set());
  }

  apply({ kind, action, file_id: file, origin, changes }: Step): void {
    if (file === null) return;
    const [marks, seen] = [this.#marks[file], this.#seen[file]];
    if (kind === 'file' && action === 'delete') marks.replace(0, marks.length, []);
    const by = this.#contributor(file, kind === 'edit' ? origin : 'unknown');
    for (const { offset, deleted, inserted } of changes) {
      marks.replace(offset, deleted, new Int32Array(codePointLength(inserted)).fill(contributors.indexOf(by) + 1));
      if (inserted !== '') seen.add(by);
    }
  }

  #contributor(file: number, origin: Step['origin']): Contributor {
    const [first, ...others] = this.#seen[file];
    if (rearranging.has(origin)) return others.length > 0 ? 'mixed' : (first ?? 'human');
    return (origin !== null && byOrigin[origin]) || 'unknown';
  }

  /** Shares of the code points that were put in since the beginning, or since the last call of `settle`, and stand. */
  shares(file: number): { contributor: Contributor; share: number }[] {
    const counts = contributors.map(() => 0);
    const marks = this.#marks[file];
    for (let i = 0; i < marks.length; i++) if (marks.at(i) > 0) counts[marks.at(i) - 1]++;
    const total = counts.reduce((sum, each) => sum + each, 0);
    return contributors
      .map((contributor, i) => ({ contributor, share: counts[i] / total }))
      .filter(({ share }) => share > 0);
  }

  /** From now on, what stands in the files was there at the beginning. */
  settle(): void {
    for (const marks of this.#marks) marks.replace(0, marks.length, new Int32Array(marks.length));
  }
}
