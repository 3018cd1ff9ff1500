/**
 * Which text the person put in, character by character. Text from AI tools is not to be learned unless that is asked
 * for, and neither is what may be: what was pasted, completed, or changed by a program whose sources are not known.
 */
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength } from '../session/codePoints.ts';
import { GapBuffer } from '../session/gapBuffer.ts';
import type { Step } from '../trajectory/record.ts';

/** They put in again, or arrange, what the file holds or held: whose it is depends on the file. */
const rearranging: ReadonlySet<Step['origin']> = new Set(['undo', 'redo', 'formatter', 'refactoring']);

export class OwnText {
  /** 1 for each code point of somebody else, 0 for the person's own and for what stood there before the task. */
  readonly #foreign: GapBuffer[];
  readonly #mixed = new Set<number>();

  /** @param bases texts of the files before the first step. */
  constructor(bases: readonly (Redacted | null)[]) {
    this.#foreign = bases.map((base) => new GapBuffer(new Int32Array(codePointLength(base ?? ''))));
  }

  isForeign(file: number, codePoint: number): boolean {
    return this.#foreign[file].at(codePoint) === 1;
  }

  /** Whether a step changes a text as the person's own work. */
  isOwn({ kind, file_id, origin }: Step): boolean {
    if (kind !== 'edit' || file_id === null) return false;
    return origin === 'typed' || (rearranging.has(origin) && !this.#mixed.has(file_id));
  }

  apply(step: Step): void {
    const { file_id: file, kind, action, changes } = step;
    if (file === null) return;
    const foreign = this.#foreign[file];
    if (kind === 'file' && action === 'delete') foreign.replace(0, foreign.length, []);
    const mark = this.isOwn(step) ? 0 : 1;
    for (const { offset, deleted, inserted } of changes) {
      foreign.replace(offset, deleted, new Int32Array(codePointLength(inserted)).fill(mark));
    }
    if (mark === 1 && changes.some(({ inserted }) => inserted !== '')) this.#mixed.add(file);
  }
}
