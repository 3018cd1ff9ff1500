/** Aho–Corasick, blind to the case of ASCII letters: finds all keywords in one pass. */
export class KeywordScanner {
  /** For each state and class of character: twice the first index of the next state, plus one where keywords end there. */
  readonly #next: Int32Array;
  /** The keywords that end in a state, by the first index of the state. */
  readonly #hits = new Map<number, number[]>();
  /** Each code unit that stands in a keyword has a class from 1 on; all others share 0. */
  readonly #classes = new Uint16Array(0x10000);

  /** @param keywords non-empty. */
  constructor(keywords: readonly string[]) {
    const width = this.#classify(keywords);
    const children: number[][] = [new Array(width).fill(0)];
    const ends: number[][] = [[]];
    for (const [index, keyword] of keywords.entries()) {
      let state = 0;
      for (let i = 0; i < keyword.length; i++) {
        const letter = this.#classes[keyword.charCodeAt(i)];
        if (children[state][letter] === 0) {
          children[state][letter] = children.length;
          children.push(new Array(width).fill(0));
          ends.push([]);
        }
        state = children[state][letter];
      }
      ends[state].push(index);
    }
    const next = new Int32Array(children.length * width);
    const fallback = new Int32Array(children.length);
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head];
      for (let letter = 0; letter < width; letter++) {
        const child = children[state][letter];
        const viaFallback = state === 0 ? 0 : next[fallback[state] * width + letter];
        next[state * width + letter] = child || viaFallback;
        if (child === 0) continue;
        fallback[child] = viaFallback;
        ends[child].push(...ends[viaFallback]);
        queue.push(child);
      }
    }
    this.#next = next.map((state) => 2 * state * width + (ends[state].length > 0 ? 1 : 0));
    for (const [state, hits] of ends.entries()) if (hits.length > 0) this.#hits.set(state * width, hits);
  }

  #classify(keywords: readonly string[]): number {
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
    return width;
  }

  /** Calls back with the keyword's index and the offset of its end, in the order of the ends. */
  scan(text: string, onHit: (keyword: number, end: number) => void): void {
    const next = this.#next;
    const classes = this.#classes;
    let entry = 0;
    for (let i = 0; i < text.length; i++) {
      entry = next[(entry >> 1) + classes[text.charCodeAt(i)]];
      if ((entry & 1) === 0) continue;
      const hits = this.#hits.get(entry >> 1) as number[];
      for (let h = 0; h < hits.length; h++) onHit(hits[h], i + 1);
    }
  }
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
