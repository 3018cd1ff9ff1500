/**
 * The way of two tasks, in a process that may be killed at any point of it: `pipeline FOLDER KEY WORKER SECRET`. One is written,
 * held and sealed, the other is still open at the end. Prints each line of text that is on the disk.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { grant, newId } from '../../../../src/consent/grant.ts';
import { type EffectiveConsent, narrow, noOrganisation } from '../../../../src/consent/organisation.ts';
import { policy } from '../../../../src/consent/policy.ts';
import { Journals } from '../../../../src/editor/capture/journals.ts';
import type { Log } from '../../../../src/editor/log.ts';
import { Sealer } from '../../../../src/editor/tasks/sealer.ts';
import { JournalFolder } from '../../../../src/session/journal/journalFolder.ts';

const [folder, keyHex, workerFile, secret] = process.argv.slice(2);
const key = Buffer.from(keyHex, 'hex');
const journals = new JournalFolder(join(folder, 'journal'));
const fail = (error: unknown) => {
  throw error;
};
const sealer = new Sealer({
  workerFile,
  journals,
  key: { read: async () => key },
  datasetFolder: () => join(folder, 'dataset'),
  graceTime: () => 0,
  log: { write: () => {} } as unknown as Log,
  onChange: () => {},
  onDataset: (trouble) => trouble && fail(trouble),
});
const writing = new Journals(journals, key, { onEnd: (journal) => sealer.hold(journal), onError: fail });
const consent = narrow(grant(policy, new Date()), noOrganisation, new Date()) as EffectiveConsent;
const projectId = newId();
/** The process lived a minute ago: nobody waits for what is that old. */
const clock = Date.now;
Date.now = () => clock() - 60_000;
let t = Date.now();

/** Writes so many lines at the top of a file, each of which is on the disk before it is told of. */
async function work(name: string, lines: number): Promise<() => void> {
  const sink = writing.open(consent, projectId, false);
  const path = `${name}.ts`;
  sink.append({
    kind: 'open',
    t,
    doc: 0,
    path,
    language: 'typescript',
    eol: 'lf',
    encoding: 'utf8',
    text: 'base();\n',
  });
  for (let i = 0; i < lines; i++) {
    const text = i === 0 ? `const token = '${secret}';\n` : `zebra${name}(${i});\n`;
    const changes = [{ offset: 0, length: 0, text }];
    sink.append({ kind: 'edit', t: ++t, doc: 0, version: i, reason: null, changes, selections: null, visible: null });
    await writing.flush();
    if (i > 0) writeSync(1, text);
  }
  return () => sink.close(true);
}

async function run(): Promise<void> {
  const end = await work('first', 3);
  end();
  await writing.settled();
  await sealer.recover();
  await work('second', 3);
  process.exit();
}

void run();
