/** People, machines and addresses that are nobody's: of syllables drawn when a test runs. */
import { randomInt } from 'node:crypto';

const syllables = 'bru zor qua vex dri plo gwi thra snu kle fro jum vop zin wub'.split(' ');
const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)];

/** Three syllables and a letter: no word of any language that tests are written in. */
export function fakeWord(): string {
  return `${pick(syllables)}${pick(syllables)}${pick(syllables)}x`;
}

export function fakeName(): string {
  return [fakeWord(), fakeWord()].map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
}

export function fakeMail(): string {
  return `${fakeWord()}.${fakeWord()}@${fakeWord()}.dev`;
}

/** Of ranges that are given out, and of nobody in particular. */
export function fakeIpv4(): string {
  return [randomInt(50, 99), randomInt(20, 255), randomInt(20, 255), randomInt(20, 255)].join('.');
}

export function fakeIpv6(): string {
  return `2a02:${randomInt(0x1000, 0xffff).toString(16)}::${randomInt(1, 0xffff).toString(16)}`;
}

export function fakeMac(separator = ':'): string {
  const byte = () => randomInt(16, 256).toString(16);
  return ['3c', byte(), byte(), byte(), byte(), byte()].join(separator);
}

/** Digits at random, completed by the check digit of ISO/IEC 7812. */
export function fakeCard(): string {
  const digits = `4${Array.from({ length: 14 }, () => randomInt(10)).join('')}`;
  let sum = 0;
  for (const [i, digit] of [...digits].reverse().entries()) {
    const doubled = i % 2 === 0 ? 2 * Number(digit) : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits + ((10 - (sum % 10)) % 10);
}

/** Digits at random under the check digits of ISO 13616. */
export function fakeIban(): string {
  const account = Array.from({ length: 18 }, () => randomInt(10)).join('');
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}
