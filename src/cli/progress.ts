/** How far long work has come: on a terminal one line that is written over, else a line every ten seconds. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY;
  readonly #pause = this.#isTerminal ? 100 : 10_000;
  #told = performance.now();

  /** @param done so many things. @param total null where it is not known yet */
  tell(what: string, done: number, total: number | null = null): void {
    const now = performance.now();
    if (now - this.#told < this.#pause) return;
    this.#told = now;
    const count = done.toLocaleString('en');
    const of = total === null ? count : `${count} of ${total.toLocaleString('en')}`;
    if (!this.#isTerminal) process.stderr.write(`${what} ${of}\n`);
    else process.stderr.write(`\r\x1b[K${what} ${total === null ? '' : `${bar(done / total)} `}${of}`);
  }

  /** Before anything else is written. */
  end(): void {
    if (this.#isTerminal) process.stderr.write('\r\x1b[K');
  }
}

const width = 24;

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}
