/** Aho–Corasick, blind to the case of ASCII letters: finds all keywords in one pass. */
export class KeywordScanner {
  readonly #next: Int32Array;
  readonly #hits: number[][] = [[]];
  /** Each code unit that stands in a keyword has a class from 1 on; all others share 0. */
  readonly #classes = new Uint16Array(0x10000);
  readonly #width: number;

  /** @param keywords non-empty. */
  constructor(keywords: readonly string[]) {
    let width = 1;
    for (const keyword of keywords) {
      for (let i = 0; i < keyword.length; i++) {
        const code = keyword.charCodeAt(i);
        if (this.#classes[code] !== 0) continue;
        this.#classes[code] = width;
        if (isAsciiLetter(code)) this.#classes[code ^ 0x20] = width;
        width++;
      }
    }
    this.#width = width;
    const children: number[][] = [new Array(width).fill(0)];
    for (const [index, keyword] of keywords.entries()) {
      let state = 0;
      for (let i = 0; i < keyword.length; i++) {
        const letter = this.#classes[keyword.charCodeAt(i)];
        if (children[state][letter] === 0) {
          children[state][letter] = children.length;
          children.push(new Array(width).fill(0));
          this.#hits.push([]);
        }
        state = children[state][letter];
      }
      this.#hits[state].push(index);
    }
    this.#next = new Int32Array(children.length * width);
    const fallback = new Int32Array(children.length);
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head];
      for (let letter = 0; letter < width; letter++) {
        const child = children[state][letter];
        const viaFallback = state === 0 ? 0 : this.#next[fallback[state] * width + letter];
        this.#next[state * width + letter] = child || viaFallback;
        if (child === 0) continue;
        fallback[child] = viaFallback;
        this.#hits[child].push(...this.#hits[viaFallback]);
        queue.push(child);
      }
    }
  }

  /** Calls back with the keyword's index and the offset of its end, in the order of the ends. */
  scan(text: string, onHit: (keyword: number, end: number) => void): void {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      state = this.#next[state * this.#width + this.#classes[text.charCodeAt(i)]];
      const hits = this.#hits[state];
      for (let h = 0; h < hits.length; h++) onHit(hits[h], i + 1);
    }
  }
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
