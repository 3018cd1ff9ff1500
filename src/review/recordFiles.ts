import { Text } from '@codemirror/state';
import type { Step, Trajectory, TrajectoryFile } from '../trajectory/record.ts';

/**
 * The files of a record at any of its steps. Texts are made when they are asked for, from base and changes; versions share
 * what they have in common, so that thousands of them take little more room than one.
 */
export class RecordFiles {
  readonly #files: FileVersions[];

  constructor({ files, steps }: Pick<Trajectory, 'files' | 'steps'>) {
    this.#files = files.map((file) => new FileVersions(file, steps));
  }

  /** The text before the step of this index; null where the file is absent or not known. */
  before(file: number, index: number): Text | null {
    return this.#files[file].text(index);
  }

  after(file: number, index: number): Text | null {
    return this.#files[file].text(index + 1);
  }

  /** What the file is called before the step of this index. */
  path(file: number, index: number): string {
    return this.#files[file].path(index);
  }
}

class FileVersions {
  readonly #file: TrajectoryFile;
  /** Steps about the file. */
  readonly #steps: Step[];
  /** The text before each of them, as far as it was asked for. */
  readonly #texts: (Text | null)[];
  /** Whether positions in code points are positions in UTF-16 units. */
  readonly #isNarrow: boolean;

  constructor(file: TrajectoryFile, steps: readonly Step[]) {
    this.#file = file;
    this.#steps = steps.filter(({ file_id }) => file_id === file.file_id);
    this.#texts = [file.base_text === null ? null : textOf(file.base_text)];
    this.#isNarrow = ![file.base_text ?? '', ...this.#steps.flatMap(insertions)].some(isWide);
  }

  text(index: number): Text | null {
    const count = this.#countBefore(index);
    while (this.#texts.length <= count) {
      const done = this.#texts.length - 1;
      this.#texts.push(this.#apply(this.#texts[done], this.#steps[done]));
    }
    return this.#texts[count];
  }

  path(index: number): string {
    const before = this.#steps.slice(0, this.#countBefore(index));
    return before.findLast(({ action, to_path }) => action === 'rename' && to_path)?.to_path ?? this.#file.path;
  }

  /** How many steps of the file come before the step of this index. */
  #countBefore(index: number): number {
    let low = 0;
    let high = this.#steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#steps[middle].index < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** As `FileStates` in the sealing worker does: file events can come late. */
  #apply(text: Text | null, { kind, action, changes }: Step): Text | null {
    if (kind === 'file' && action === 'delete') text = null;
    if (kind === 'resync' || (kind === 'file' && action === 'create')) text ??= Text.empty;
    for (const { offset, deleted, inserted } of changes) {
      const from = this.#isNarrow ? offset : unitsAt(text as Text, offset);
      const to = this.#isNarrow ? offset + deleted : unitsAt(text as Text, offset + deleted);
      text = (text as Text).replace(from, to, textOf(inserted));
    }
    return text;
  }
}

/** Only the line feed ends a line, as in the record: carriage returns stay. */
export function textOf(text: string): Text {
  return Text.of(text.split('\n'));
}

/** The position in UTF-16 units of a position in code points. */
export function unitsAt(text: Text, points: number): number {
  let units = 0;
  for (const part of text.iter()) {
    if (!isWide(part)) {
      if (part.length >= points) return units + points;
      points -= part.length;
    } else {
      for (const point of part) {
        if (points === 0) return units;
        units += point.length;
        points--;
      }
      continue;
    }
    units += part.length;
  }
  return units;
}

function insertions({ changes }: Step): string[] {
  return changes.map(({ inserted }) => inserted);
}

/** Whether a text has characters that take two UTF-16 units. */
function isWide(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}
