/** Values that look like secrets, made when a test runs: none stands in the repository for a scanner to find. */
import { randomBytes, randomInt } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Drawn at random, with letters of both cases and digits. */
export function randomToken(length: number, alphabet = `${letters}0123456789`): string {
  for (;;) {
    const token = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
    const varied = new Set(token).size >= Math.min(8, length / 2);
    if (varied && /\d/.test(token) && /[A-Za-z]/.test(token)) return token;
  }
}

export function pemBlock(kind = 'PRIVATE KEY', lines = 6): { pem: string; body: string } {
  const body = Array.from({ length: lines }, () => randomBytes(48).toString('base64')).join('\n');
  return { pem: `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`, body };
}
