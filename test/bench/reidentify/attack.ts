/**
 * Linking two projects of one person: three attackers, of which two have learned on other people what tells persons apart.
 * Rows stand in pairs, one person's two projects behind each other.
 */

export interface Linking {
  /** Share of first projects whose nearest second project is the same person's. */
  top1: number;
  /** Chance that a pair of one person's is nearer than a pair of two persons'. */
  auc: number;
}

type Row = readonly number[];
export type Attacker = (known: readonly Row[]) => (one: Row, other: Row) => number;

/** By the angle between all fields. */
export const nearest: Attacker = () => cosine;

/** The same, where each field weighs by how much it differs between persons, against how much it does within one. */
export const weighted: Attacker = (known) => {
  const weights = (known[0] ?? []).map((_, column) => {
    let within = 0;
    let all = 0;
    for (let i = 0; i < known.length; i += 2) {
      within += (known[i][column] - known[i + 1][column]) ** 2 / 2;
      all += known[i][column] ** 2 + known[i + 1][column] ** 2;
    }
    const count = known.length / 2;
    return (
      Math.max(0, 1 - within / count / Math.max(1e-9, all / known.length)) / Math.sqrt(Math.max(0.05, within / count))
    );
  });
  const by = (row: Row) => row.map((value, i) => value * weights[i]);
  return (one, other) => cosine(by(one), by(other));
};

/** A logistic model of how far apart the fields are, and whether they go the same way. */
export const logistic: Attacker = (known) => {
  const width = known[0]?.length ?? 0;
  const pairs: { features: number[]; same: number; weight: number }[] = [];
  const persons = known.length / 2;
  for (let i = 0; i < persons; i++) {
    for (let j = 0; j < persons; j++) {
      const same = i === j ? 1 : 0;
      pairs.push({ features: pairOf(known[2 * i], known[2 * j + 1]), same, weight: same ? 1 : 1 / (persons - 1) });
    }
  }
  const weights = new Array<number>(2 * width).fill(0);
  let bias = 0;
  const rate = 0.5 / Math.sqrt(2 * width + 1);
  for (let round = 0; round < 120; round++) {
    const slope = weights.map((weight) => weight * 0.02 * persons);
    let biasSlope = 0;
    for (const { features, same, weight } of pairs) {
      const error = (1 / (1 + Math.exp(-dot(weights, features) - bias)) - same) * weight;
      for (let k = 0; k < slope.length; k++) slope[k] += error * features[k];
      biasSlope += error;
    }
    for (let k = 0; k < weights.length; k++) weights[k] -= (rate * slope[k]) / persons;
    bias -= (rate * biasSlope) / persons;
  }
  return (one, other) => dot(weights, pairOf(one, other));
};

function pairOf(one: Row, other: Row): number[] {
  return [...one.map((value, i) => -Math.abs(value - other[i])), ...one.map((value, i) => Math.tanh(value * other[i]))];
}

function dot(one: Row, other: Row): number {
  return one.reduce((sum, value, i) => sum + value * other[i], 0);
}

function cosine(one: Row, other: Row): number {
  return dot(one, other) / Math.max(1e-9, Math.sqrt(dot(one, one) * dot(other, other)));
}

/** @param near how much two rows are alike. @param targets the persons' rows, in pairs. */
export function link(near: (one: Row, other: Row) => number, targets: readonly Row[]): Linking {
  const persons = targets.length / 2;
  const likeness = Array.from({ length: persons }, (_, i) =>
    Array.from({ length: persons }, (_, j) => near(targets[2 * i], targets[2 * j + 1])),
  );
  let top1 = 0;
  let auc = 0;
  for (const [i, row] of likeness.entries()) {
    const own = row[i];
    const nearer = row.filter((value) => value > own).length;
    const ties = row.filter((value) => value === own).length;
    // Among equals it is a guess.
    if (nearer === 0) top1 += 1 / ties;
    for (const others of likeness)
      for (const [j, value] of others.entries())
        if (others !== likeness[j]) auc += own > value ? 1 : own === value ? 0.5 : 0;
  }
  return { top1: top1 / persons, auc: auc / (persons * persons * (persons - 1)) };
}
