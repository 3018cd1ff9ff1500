/** UTF-16 units that are kept of each end of a command's output. */
export const outputHalf = 128 * 1024;

export interface CapturedOutput {
  /** The beginning and, if something had to be left out, the end. */
  pieces: string[];
  truncated: boolean;
  /** Bytes (UTF-8) of all that was written. */
  bytes: number;
}

/** A program takes the whole screen, as editors and pagers do; `\x1b[?47h` in the older of its forms. */
const fullScreen = /\x1b\[\?(?:\d+;)*(?:1049|1047|47)(?:;\d+)*h/;
const longestSequence = 32;

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
  #isFullScreen = false;
  /** What may be the beginning of an escape sequence. */
  #cut = '';

  constructor(limit = outputHalf) {
    this.#half = limit;
  }

  /** What is drawn on a screen is no output: none of it is kept. */
  get isFullScreen(): boolean {
    return this.#isFullScreen;
  }

  push(data: string): void {
    if (this.#isFullScreen) return;
    this.#bytes += Buffer.byteLength(data);
    const seen = this.#cut + data;
    this.#cut = seen.slice(Math.max(0, seen.length - longestSequence));
    if (fullScreen.test(seen)) {
      this.#isFullScreen = true;
      [this.#head, this.#tail, this.#cut, this.#bytes, this.#truncated] = ['', '', '', 0, false];
      return;
    }
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
