/** UTF-16 units that are kept of each end of a command's output. */
export const outputHalf = 128 * 1024;

export interface CapturedOutput {
  /** The beginning and, if something had to be left out, the end. */
  pieces: string[];
  truncated: boolean;
  /** Bytes (UTF-8) of all that was written. */
  bytes: number;
}

/**
 * Keeps the beginning and the end of a command's output: the end is where tests are summed up. It cuts at line breaks,
 * because half a secret is one that no detector finds.
 */
export class OutputBuffer {
  readonly #half: number;
  #head = '';
  #tail = '';
  #bytes = 0;
  #truncated = false;

  constructor(limit = outputHalf) {
    this.#half = limit;
  }

  push(data: string): void {
    this.#bytes += Buffer.byteLength(data);
    const room = this.#truncated ? 0 : Math.max(0, this.#half - this.#head.length);
    this.#head += data.slice(0, room);
    this.#tail += data.slice(room);
    if (this.#tail.length <= 2 * this.#half) return;
    this.#tail = this.#tail.slice(-this.#half);
    this.#truncated = true;
  }

  end(): CapturedOutput {
    const truncated = this.#truncated || this.#tail.length > this.#half;
    const pieces = truncated ? [wholeLines(this.#head), lastLines(this.#tail, this.#half)] : [this.#head + this.#tail];
    return { pieces: pieces.filter((piece) => piece !== ''), truncated, bytes: this.#bytes };
  }
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function lastLines(text: string, most: number): string {
  const tail = text.slice(-most);
  return tail.includes('\n') ? tail.slice(tail.indexOf('\n') + 1) : '';
}
