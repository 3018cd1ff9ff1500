/** Kept in all, in UTF-16 units. */
const most = 16 * 2 ** 20;

/** What stood in files when they were last seen and are not open now. The oldest are forgotten first. */
export class LastTexts {
  readonly #texts = new Map<string, string>();
  #length = 0;

  get(name: string): string | undefined {
    return this.#texts.get(name);
  }

  set(name: string, text: string): void {
    this.delete(name);
    this.#texts.set(name, text);
    this.#length += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#length <= most) break;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    this.#length -= this.#texts.get(name)?.length ?? 0;
    this.#texts.delete(name);
  }

  clear(): void {
    this.#texts.clear();
    this.#length = 0;
  }
}
