/**
 * Characters with a permanent identity. Every character of a base text, of every insert and of every other stream of a
 * task is an atom; a version of a text is a sequence of atoms. An atom that belongs to a value is tainted in all versions,
 * also in those before the value could be recognised.
 */
import { codePoints, fromCodePoints } from '../../session/codePoints.ts';
import type { ValueType } from '../detectors/rule.ts';
import { valueTier } from '../dictionary/valueTier.ts';

/** Atoms in order; each is an index into the store. */
export type AtomList = Int32Array;

export interface Value {
  type: ValueType;
  /** The forms in which it was seen whole. */
  texts: Set<string>;
  /** Whether the token around it belongs to it. */
  spreads: boolean;
  /** Id of the rule that found it first; `known:` and the type of a value that was known. */
  rule: string;
  /** Whether it is looked for although it is an ordinary word. */
  isDenied?: boolean;
}

export class Atoms {
  /** What was inserted into any text, in the order in which it was. */
  readonly inserts: AtomList[] = [];
  #points = new Int32Array(1 << 10);
  /** Index of the value, plus one; 0 for a clean atom. */
  #owners = new Int32Array(1 << 10);
  #length = 0;
  readonly #values: Value[] = [];
  /** Values that turned out to be one: each points at an older one, or at itself. */
  readonly #merged: number[] = [];

  add(text: string): AtomList {
    const points = codePoints(text);
    const first = this.#length;
    this.#length += points.length;
    if (this.#length > this.#points.length) {
      this.#points = grown(this.#points, this.#length);
      this.#owners = grown(this.#owners, this.#length);
    }
    this.#points.set(points, first);
    const atoms = new Int32Array(points.length);
    for (let i = 0; i < atoms.length; i++) atoms[i] = first + i;
    return atoms;
  }

  point(atom: number): number {
    return this.#points[atom];
  }

  text(atoms: ArrayLike<number>): string {
    const points = new Int32Array(atoms.length);
    for (let i = 0; i < atoms.length; i++) points[i] = this.#points[atoms[i]];
    return fromCodePoints(points);
  }

  /** The value that the atom belongs to, or -1. */
  owner(atom: number): number {
    const owner = this.#owners[atom] - 1;
    return owner < 0 ? -1 : this.#root(owner);
  }

  isTainted(atom: number): boolean {
    return this.#owners[atom] !== 0;
  }

  value(index: number): Value {
    return this.#values[this.#root(index)];
  }

  /** The values, merged ones once. */
  *values(): Iterable<[number, Value]> {
    for (const [index, value] of this.#values.entries()) if (this.#merged[index] === index) yield [index, value];
  }

  addValue(value: Value): number {
    this.#merged.push(this.#values.length);
    return this.#values.push(value) - 1;
  }

  /**
   * Taints atoms with a value. Where some belong to values already, it is the same value edited: they become one.
   * @returns the value's index.
   */
  taint(atoms: ArrayLike<number>, value: Value): number {
    let owner = -1;
    for (let i = 0; i < atoms.length; i++) {
      const other = this.owner(atoms[i]);
      if (other >= 0) owner = owner < 0 ? other : this.merge(owner, other);
    }
    if (owner < 0) owner = this.addValue({ ...value, texts: new Set(value.texts) });
    else for (const text of value.texts) addForm(this.#values[owner].texts, text);
    this.own(atoms, owner);
    return owner;
  }

  /** Gives the clean ones among the atoms to a value. @returns how many there were. */
  own(atoms: ArrayLike<number>, value: number): number {
    let taken = 0;
    for (let i = 0; i < atoms.length; i++) {
      if (this.#owners[atoms[i]] !== 0) continue;
      this.#owners[atoms[i]] = value + 1;
      taken++;
    }
    return taken;
  }

  /** Gives all of the atoms to a value that holds them as a part, whatever they belonged to. */
  take(atoms: ArrayLike<number>, value: number): void {
    for (let i = 0; i < atoms.length; i++) this.#owners[atoms[i]] = value + 1;
  }

  merge(a: number, b: number): number {
    const [older, younger] = [this.#root(a), this.#root(b)].sort((x, y) => x - y);
    if (older === younger) return older;
    this.#merged[younger] = older;
    for (const text of this.#values[younger].texts) addForm(this.#values[older].texts, text);
    this.#values[older].spreads ||= this.#values[younger].spreads;
    if (this.#values[younger].isDenied) this.#values[older].isDenied = true;
    return older;
  }

  #root(index: number): number {
    let root = index;
    while (this.#merged[root] !== root) root = this.#merged[root];
    return root;
  }
}

/**
 * A value that is typed grows with each key: of its beginnings only the longest counts, unless it is looked for less widely,
 * as it is with the ending of a file's name behind it.
 */
function addForm(texts: Set<string>, text: string): void {
  for (const other of texts) {
    if (stands(text, other)) return;
    if (stands(other, text)) texts.delete(other);
  }
  texts.add(text);
}

/** Whether who looks for the whole finds its beginning too. */
function stands(beginning: string, whole: string): boolean {
  if (!whole.startsWith(beginning)) return false;
  return beginning === whole || valueTier(whole) === 'pieces' || valueTier(beginning) !== 'pieces';
}

function grown(array: Int32Array, need: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(2 * need);
  out.set(array);
  return out;
}
