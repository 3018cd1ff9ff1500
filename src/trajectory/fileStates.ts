import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { codePoints, fromCodePoints } from '../session/codePoints.ts';
import { GapBuffer } from '../session/gapBuffer.ts';
import type { Change } from '../session/task.ts';
import type { Step } from './record.ts';

/**
 * The texts of a record's files, moved on step by step: what stands in a file before step i is what stands here after
 * the first i steps were applied. Offsets are code points.
 */
export class FileStates {
  readonly #buffers: (GapBuffer | null)[];

  /** `bases`: the text of each file before the first step; null where the file is absent or not known. */
  constructor(bases: readonly (Redacted | null)[]) {
    this.#buffers = bases.map((text) => (text === null ? null : new GapBuffer(codePoints(text))));
  }

  /** The code points of a file as they stand; null where it is absent or not known. It moves on with the states. */
  points(file: number): Pick<GapBuffer, 'length' | 'at' | 'slice'> | null {
    return this.#buffers[file];
  }

  /** The text of a file as it stands; null where it is absent or not known. */
  text(file: number): Redacted | null {
    const buffer = this.#buffers[file];
    return buffer && this.slice(file, 0, buffer.length);
  }

  /** @throws Error when the file is absent. */
  slice(file: number, start: number, end: number): Redacted {
    const points = this.#existing(file).slice(start, end);
    // Bases and insertions are redacted, and nothing else ever enters a buffer.
    return deriveText(() => fromCodePoints(points));
  }

  /** @throws Error when the file is absent or the change lies outside its text. */
  change(file: number, change: Change<Redacted>): void {
    this.#existing(file).replace(change.offset, change.deleted, codePoints(change.inserted));
  }

  /**
   * Creating a file that exists and deleting one that is absent change nothing, and a resync brings an absent file back:
   * file events can come late.
   * @throws Error when an edit changes an absent file or lies outside its text.
   */
  apply({ kind, action, file_id, changes }: Pick<Step, 'kind' | 'action' | 'file_id' | 'changes'>): void {
    if (file_id === null) return;
    if (kind === 'file' && action === 'delete') this.#buffers[file_id] = null;
    if (kind === 'resync' || (kind === 'file' && action === 'create')) this.#buffers[file_id] ??= new GapBuffer();
    for (const change of changes) this.change(file_id, change);
  }

  #existing(file: number): GapBuffer {
    const buffer = this.#buffers[file];
    if (!buffer) throw new RangeError(`file ${file} is absent`);
    return buffer;
  }
}
