import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { grant, newId } from '../../../../src/consent/grant.ts';
import { policy } from '../../../../src/consent/policy.ts';
import { undatedReceipt } from '../../../../src/consent/receipt.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';
import type { JournalHeader } from '../../../../src/session/journal/frames.ts';

export const key = randomBytes(32);

export async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-journal-'));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function newHeader(): JournalHeader {
  const { agreed_at: _, valid_until: __, ...receipt } = grant(policy, new Date());
  const { signals, uses } = receipt;
  const narrowed = { signals, uses };
  return {
    task_id: newId(),
    project_id: newId(),
    review: false,
    receipt: undatedReceipt.parse(receipt),
    policy,
    narrowed,
  };
}

export function fail(error: unknown): void {
  throw error;
}

/** Any text that the editor can hold, lone surrogates included. */
const text = fc.string({ unit: fc.oneof(fc.constantFrom('\ud800', '\udc00', '\n', '\u2028', '"', 'é'), fc.string()) });

const plain = { noNullPrototype: true };

export const someEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.record({ kind: fc.constant('base'), t: fc.nat(), doc: fc.nat(), text }, plain),
  fc.record({ kind: fc.constant('save'), t: fc.nat(), doc: fc.nat() }, plain),
  fc.record({ kind: fc.constant('command_output'), t: fc.nat(), command: fc.nat(), data: text }, plain),
);
