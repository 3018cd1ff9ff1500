/** Journals as the editor leaves them, and a session to put into one. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { defaultChoice } from '../../src/consent/choice.ts';
import { grant, newId } from '../../src/consent/grant.ts';
import { policy } from '../../src/consent/policy.ts';
import { undatedReceipt } from '../../src/consent/receipt.ts';
import type { SealSource } from '../../src/sealing/sealRequest.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import type { JournalHeader } from '../../src/session/journal/frames.ts';
import { JournalWriter } from '../../src/session/journal/journalWriter.ts';
import { eventsOf } from './histories.ts';

/** A journal of the events, under a receipt. */
export async function journalOf(
  folder: string,
  events: readonly SessionEvent[],
  key: Buffer,
  projectId = newId(),
  signals = defaultChoice.signals,
  left: Partial<JournalHeader['narrowed']> = {},
): Promise<Extract<SealSource, { kind: 'journal' }>> {
  const path = join(folder, `${newId()}.journal`);
  const receipt = undatedReceipt.strip().parse(grant(policy, new Date(), { ...defaultChoice, signals }));
  const header = {
    task_id: newId(),
    project_id: projectId,
    receipt,
    policy: { version: policy.version, text: policy.text },
    narrowed: { signals: receipt.signals, uses: receipt.uses, ...left },
  };
  const journal = new JournalWriter(path, key, header, (error) => assert.fail(String(error)));
  for (const event of events) journal.append(event);
  await journal.close();
  return { kind: 'journal', path, key: key.toString('hex') };
}

/** A command that prints, half a second long. */
export function command(t: number, id: number, line: string, exitCode: number, output: string): SessionEvent[] {
  return [
    { kind: 'command_start', t, command: id, line, cwd: '.', columns: 80, observed: true },
    { kind: 'command_output', t: t + 1, command: id, data: output },
    {
      kind: 'command_end',
      t: t + 500,
      command: id,
      exit_code: exitCode,
      output_status: 'complete',
      output_bytes: output.length,
    },
  ];
}

/** Red, an edit, green, committed; a token is typed, tried in a command and in the commit's message. */
export function sessionWith(token: string): SessionEvent[] {
  const t = 1_700_000_000_000;
  const edits = eventsOf('export const free = (value) => value > 50;\n', [
    { kind: 'line', at: 1, text: `const token = "${token}";`, typed: true, typo: 0.7 },
    { kind: 'paste', at: 0.9, text: ' ' },
  ]);
  const end = (edits.at(-1) as SessionEvent).t;
  return [
    ...command(t - 5000, 1, 'npm test', 1, '1 failing\r\n'),
    ...edits,
    ...command(end + 1000, 2, `API_TOKEN=${token} npm run try`, 0, `using ${token}\r\n`),
    ...command(end + 3000, 3, 'npm test', 0, '1 passing\r\n'),
    { kind: 'git', t: end + 5000, action: 'commit', message: `use ${token}`, branch: 'main', paths: ['src/main.ts'] },
  ];
}
