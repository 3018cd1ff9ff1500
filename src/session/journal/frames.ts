/**
 * The bytes of a journal: one task of one session, encrypted.
 *
 *     preamble   8 bytes magic and version, 16 bytes id of the task, 8 bytes time of creation
 *     frame      4 bytes length of the ciphertext, 12 bytes nonce, ciphertext, 16 bytes tag; again and again
 *
 * AES-256-GCM. Preamble and index of the frame are authenticated with each frame, so that none can be moved, left out
 * or taken from another journal unnoticed. Frame 0 holds the `JournalHeader`, each other one a batch of events as JSON
 * lines. The preamble is all that can be read without the key, and tells no more than the file system does.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { randomId, recordConsent, undatedReceipt } from '../../consent/receipt.ts';
import { JournalError } from './errors.ts';

const magic = Buffer.from('UNDRSTY\x01', 'latin1');
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

export const keyBytes = 32;
export const preambleBytes = magic.length + 16 + 8;

/** Everything that sealing the task needs and its events do not tell: another window may have to do it. */
export const journalHeader = z.strictObject({
  task_id: randomId,
  project_id: randomId,
  /** Whether the task waits for review once it has ended. */
  review: z.boolean(),
  receipt: undatedReceipt,
  policy: z.strictObject({ version: z.string(), text: z.string() }),
  /** What was left of the receipt when the task began. */
  narrowed: recordConsent.pick({ signals: true, uses: true }),
});
export type JournalHeader = z.infer<typeof journalHeader>;

/** Bytes of a frame with so much ciphertext. */
export function frameBytes(ciphertext: number): number {
  return 4 + nonceBytes + ciphertext + tagBytes;
}

export interface Preamble {
  taskId: string;
  createdAt: number;
}

export function encodePreamble({ taskId, createdAt }: Preamble): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(createdAt));
  return Buffer.concat([magic, Buffer.from(taskId, 'hex'), time]);
}

/** @throws JournalError */
export function decodePreamble(bytes: Buffer): Preamble {
  if (bytes.length < preambleBytes) throw new JournalError('empty');
  if (!bytes.subarray(0, magic.length).equals(magic)) throw new JournalError('format');
  return {
    taskId: bytes.subarray(magic.length, magic.length + 16).toString('hex'),
    createdAt: Number(bytes.readBigUInt64BE(magic.length + 16)),
  };
}

export function encodeFrame(key: Buffer, preamble: Buffer, index: number, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const encryption = createCipheriv(cipher, key, nonce).setAAD(associated(preamble, index));
  const ciphertext = Buffer.concat([encryption.update(text, 'utf8'), encryption.final()]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ciphertext.length);
  return Buffer.concat([length, nonce, ciphertext, encryption.getAuthTag()]);
}

/** The text of the frame and where the next one begins; null when there is no whole, authentic frame at the offset. */
export function decodeFrame(
  key: Buffer,
  journal: Buffer,
  index: number,
  offset: number,
): { text: string; next: number } | null {
  const start = offset + 4 + nonceBytes;
  if (start > journal.length) return null;
  const end = start + journal.readUInt32BE(offset);
  const next = end + tagBytes;
  if (next > journal.length) return null;
  const decryption = createDecipheriv(cipher, key, journal.subarray(offset + 4, start))
    .setAAD(associated(journal.subarray(0, preambleBytes), index))
    .setAuthTag(journal.subarray(end, next));
  try {
    return {
      text: decryption.update(journal.subarray(start, end), undefined, 'utf8') + decryption.final('utf8'),
      next,
    };
  } catch {
    return null;
  }
}

function associated(preamble: Buffer, index: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(index);
  return Buffer.concat([preamble, number]);
}
