/** How far long work has come: one line on a terminal, written over; nothing where standard error is none. */
export class Progress {
  readonly #isShown = process.stderr.isTTY;
  #told = 0;

  /** @param done so many things. @param total null where it is not known yet */
  tell(what: string, done: number, total: number | null = null): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#told < 100) return;
    this.#told = now;
    const share =
      total === null
        ? done.toLocaleString('en')
        : `${bar(done / total)} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    process.stderr.write(`\r\x1b[K${what} ${share}`);
  }

  end(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[K');
  }
}

const width = 24;

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}
