/**
 * The way of two tasks, in a process that may be killed at any point of it: `pipeline FOLDER WORKER SECRET TAKEN`. One is written,
 * held and sealed, the other is still open at the end, or when something is taken back. Prints each line of text that is on the
 * disk, and when it is written down what is taken back.
 */
import { writeSync } from 'node:fs';
import { ConsentStore } from '../../../../src/consent/consentStore.ts';
import { grant } from '../../../../src/consent/grant.ts';
import { type EffectiveConsent, narrow, noOrganisation } from '../../../../src/consent/organisation.ts';
import { policy } from '../../../../src/consent/policy.ts';
import { ReviewChoice } from '../../../../src/consent/reviewChoice.ts';
import { Journals } from '../../../../src/editor/capture/journals.ts';
import { LettingGo } from '../../../../src/editor/takingBack/lettingGo.ts';
import type { Wanted } from '../../../../src/session/journal/takeBacks.ts';
import { FileKey, FileMemory, journalsIn, sealerIn } from './host.ts';

const [folder, workerFile, secret, taken] = process.argv.slice(2);
const journals = journalsIn(folder);
const keyring = new FileKey(folder);
const memory = new FileMemory(folder);
const fail = (error: unknown) => {
  throw error;
};
const sealer = sealerIn(folder, workerFile, (trouble) => trouble && fail(trouble));
const consents = new ConsentStore(memory);
/** The process lived a minute ago: nobody waits for what is that old. */
const clock = Date.now;
Date.now = () => clock() - 60_000;
/** Between two lines: they are steps of their own. */
const pause = 20_000;
let t = Date.now();

type Work = { taskId: string; end: () => void };

/** Writes some lines at the top of a file, each of which is on the disk before it is told of. */
async function work(
  writing: Journals,
  consent: EffectiveConsent,
  projectId: string,
  name: string,
  review = false,
): Promise<Work> {
  const before = new Set((await journals.list()).map(({ taskId }) => taskId));
  const sink = writing.open(consent, projectId, review);
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
  for (let i = 0; i < 3; i++) {
    const text = i === 0 ? `const token = '${secret}';\n` : `zebra${name}(${i});\n`;
    const changes = [{ offset: 0, length: 0, text }];
    t += pause;
    sink.append({ kind: 'edit', t, doc: 0, version: i, reason: null, changes, selections: null, visible: null });
    await writing.flush();
    if (i > 0) writeSync(1, text);
  }
  const [journal] = (await journals.list()).filter(({ taskId }) => !before.has(taskId));
  return { taskId: journal.taskId, end: () => sink.close(true) };
}

async function run(): Promise<void> {
  const key = (await keyring.read()) as Buffer;
  const receipt = grant(policy, new Date(clock() - 120_000));
  await consents.keep(receipt, [{ path: '/work', root: null }]);
  const projectId = await consents.projectId();
  const consent = narrow(receipt, noOrganisation, new Date()) as EffectiveConsent;
  const writing = new Journals(journals, key, { onEnd: (journal) => sealer.hold(journal), onError: fail });
  const first = await work(writing, consent, projectId, 'first');
  const last = t;
  first.end();
  await writing.settled();
  await sealer.recover();
  // One that is withdrawn has ended, and waits for that.
  const second = await work(writing, consent, projectId, 'second', taken === 'task');
  if (taken === 'task') second.end();
  await writing.settled();
  const wanted: Record<string, Wanted> = {
    forget: { kind: 'forget', from: last },
    task: { kind: 'task', taskId: second.taskId },
    project: { kind: 'project', projectId, extent: 'ids' },
  };
  if (taken in wanted) await takeBack(wanted[taken], writing, projectId, second);
  process.exit();
}

async function takeBack(wanted: Wanted, writing: Journals, projectId: string, open: Work): Promise<void> {
  const lettingGo = new LettingGo({
    sealer: {
      want: async (one) => {
        const request = await sealer.want(one);
        writeSync(1, 'wanted\n');
        return request;
      },
      wanted: () => sealer.wanted(),
      takeBack: (request) => sealer.takeBack(request),
    },
    consent: consents,
    review: new ReviewChoice(memory, () => false),
    openProject: () => projectId,
    letGo: async (andThen) => {
      open.end();
      await writing.settled();
      await andThen();
    },
  });
  const { isPending } = await lettingGo.takeBack(wanted);
  if (isPending) fail(new Error('pending'));
}

void run();
