/**
 * Dataset folders as many people would bring them: several projects each, forks of the same repository, the same work
 * twice with small differences, copies of a colleague's records in this or the next revision, imports, withdrawals that
 * reach copies elsewhere, and consent to one use or several.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grant } from '../../src/consent/grant.ts';
import type { Receipt, RecordConsent, Uses } from '../../src/consent/receipt.ts';
import { withdrawalLine } from '../../src/dataset/consentFiles.ts';
import { taskFolder, withdrawalsFile } from '../../src/dataset/layout.ts';
import { type DatasetStore, openDataset, publicationFiles } from '../../src/dataset/store.ts';
import { audit } from '../../src/redaction/audit.ts';
import type { Origin } from '../../src/session/task.ts';
import type { Step, Trajectory } from '../../src/trajectory/record.ts';
import { publicationOf, RecordBuilder, sha256, testPolicy } from '../support/records.ts';
import { type History, unchangedEnds } from './histories.ts';
import { Random } from './random.ts';
import { renamed } from './renaming.ts';

interface Project {
  id: string;
  /** Projects of one number name things alike: forks of one repository. */
  number: number;
  lineage: string | null;
}

/** What was worked on, so that somebody else can do nearly the same. */
interface Work {
  history: History;
  project: number;
}

interface Contributor {
  receipt: Receipt;
  projects: Project[];
  store: DatasetStore;
  /** What colleagues may hold copies of. */
  shared: Trajectory[];
  withdrawn: string[];
}

const grants: Uses[] = [
  { train: true, commercial: false, redistribute: false, publish: false },
  { train: true, commercial: true, redistribute: false, publish: false },
  { train: true, commercial: true, redistribute: true, publish: true },
  { train: false, commercial: false, redistribute: false, publish: true },
];
/** Every so many contributors work on one repository. */
const forksOf = 5;

/** Makes `contributors` folders of about `tasks` records each below `out`, and yields each when it is whole. */
export async function* simulate(
  histories: readonly History[],
  contributors: number,
  tasks: number,
  out: string,
): AsyncGenerator<string> {
  let before: Contributor | null = null;
  let lastWork: Work | null = null;
  for (let number = 0; number < contributors; number++) {
    const random = new Random(`contributor ${number}`);
    const folder = join(out, `contributor-${String(number).padStart(4, '0')}`);
    const one = await begin(random, number, folder);
    for (let task = 0; task < tasks; task++) {
      const copied = before && random.chance(0.04) ? before.shared.pop() : undefined;
      if (before && copied) {
        // Whoever made it may have withdrawn it since, or it was sealed anew here.
        await one.store.addConsent(before.receipt, testPolicy);
        await put(one.store, { ...copied, revision: copied.revision + random.below(2) });
        if (random.chance(0.3)) before.withdrawn.push(copied.trajectory_id);
        continue;
      }
      const isNear = lastWork !== null && random.chance(0.06);
      const project = random.pick(one.projects);
      const work: Work = isNear && lastWork ? lastWork : { history: random.pick(histories), project: project.number };
      const record = recordOf(random, work, project, consentFor(random, one.receipt), isNear);
      // A name may have become what looks like a secret: nothing like that would have been sealed.
      if (audit(record, []).length > 0) continue;
      await put(one.store, record);
      lastWork = work;
      if (random.chance(0.1)) one.shared.push(record);
    }
    // A project is taken back as a whole, where something else of its owner's is held.
    if (before && random.chance(0.03)) before.withdrawn.push(one.projects[0].id);
    if (before) await end(before);
    before = one;
    yield folder;
  }
  if (before) await end(before);
}

async function begin(random: Random, number: number, folder: string): Promise<Contributor> {
  const team = Math.floor(number / forksOf);
  const isOpen = random.chance(0.5);
  const given = grant(testPolicy, new Date(Date.UTC(2026, 3, 1)));
  const receipt: Receipt = {
    ...given,
    receipt_id: random.id(),
    uses: random.pick(grants),
    rights_basis: random.pick(['own', 'employer_authorised', 'open_source', 'unknown']),
    signals: isOpen ? [...given.signals, 'repository'] : given.signals,
  };
  const store = await openDataset(folder);
  await store.addConsent(receipt, testPolicy);
  const shared = { id: random.id(), number: team, lineage: isOpen ? sha256(`root commit of ${team}`) : null };
  const own = { id: random.id(), number: 100_000 + number, lineage: null };
  return { receipt, projects: [shared, own, own], store, shared: [], withdrawn: [] };
}

async function end({ store, withdrawn }: Contributor): Promise<void> {
  if (withdrawn.length > 0)
    await writeFile(join(store.folder, withdrawalsFile), withdrawn.map(withdrawalLine).join(''));
  await store.mend(Date.now());
}

function consentFor(random: Random, receipt: Receipt): RecordConsent {
  const { receipt_id, policy_version, signals, uses, rights_basis } = receipt;
  if (random.chance(0.92)) return { source: 'receipt', receipt_id, policy_version, signals, uses, rights_basis };
  const no = { train: false, commercial: false, redistribute: false, publish: false };
  return { source: 'imported', receipt_id: null, policy_version: null, signals, uses: no, rights_basis: 'unknown' };
}

function recordOf(
  random: Random,
  { history, project: naming }: Work,
  project: Project,
  consent: RecordConsent,
  isNear: boolean,
): Trajectory {
  const versions = history.versions.map((version) => renamed(version, naming));
  if (isNear)
    versions.push(`${versions[versions.length - 1]}\n${random.pick(['# done', '// checked', '// see above'])}\n`);
  const id = random.id();
  const name = renamed('moduleName', naming + random.below(40));
  const path = `src/${name}${history.extension}`;
  const builder = new RecordBuilder(id, [{ path, base: versions[0], language: history.language }]);
  const status = random.pick(['succeeded', 'failed', 'unknown', 'unknown', 'unknown', 'abandoned'] as const);
  const test = (result: 'passed' | 'failed') => [{ name: `${name} works`, status: result }] as unknown as Step['tests'];
  if (status === 'succeeded') builder.run('npm test', 1, `✖ ${name} works\n    at ${path}:3:5\n`, test('failed'));
  for (let i = 1; i < versions.length; i++) change(random, builder, versions[i - 1], versions[i]);
  if (status === 'succeeded') builder.run('npm test', 0, `✔ ${name} works\n`, test('passed'));
  if (status === 'failed') builder.run('npm test', 1, `✖ ${name} works\n    at ${path}:9:1\n`, test('failed'));
  return builder.build({
    trajectory_id: id,
    task_id: random.id(),
    project_id: project.id,
    lineage_key: consent.signals.includes('repository') ? project.lineage : null,
    consent,
    period: random.pick(['2026-Q1', '2026-Q2', '2026-Q3']),
    license: { spdx: random.pick(['MIT', 'Apache-2.0', null]), file: null },
    ...(random.chance(0.4) && { instruction: told(`Make ${name} do what it says`) }),
    outcome: {
      status,
      basis: status === 'succeeded' || status === 'failed' ? 'exit_code' : 'none',
      evidence: [],
      tests: [],
      diagnostics_resolved: 0,
      committed: false,
      reverted: status === 'abandoned',
      observed_until_step: null,
    },
  });
}

/** Said before the work began, without which it is no transcript to be learned whole. */
function told(text: string): Trajectory['instruction'] {
  return { text: text as Trajectory['instruction']['text'], source: 'user', hindsight: false, available_from_step: 0 };
}

/** What leads from one version to the next, typed key by key, or at once where it is long. */
function change(random: Random, builder: RecordBuilder, before: string, after: string): void {
  const { head, tail } = unchangedEnds([before, after]);
  const deleted = before.length - head - tail;
  const inserted = after.slice(head, after.length - tail);
  if (inserted.length > 160) {
    const origins: Origin[] = ['completion', 'agent', 'pasted', 'typed'];
    builder.edit(0, [{ offset: head, deleted, inserted }], random.pick(origins));
    return;
  }
  const keys = Array.from(inserted, (key, i) => ({ offset: head + i, deleted: 0, inserted: key }));
  builder.edit(0, deleted > 0 ? [{ offset: head, deleted, inserted: '' }, ...keys] : keys);
}

/** Without waiting for the disk, as the store would. */
async function put(store: DatasetStore, record: Trajectory): Promise<void> {
  const folder = join(store.folder, taskFolder(record.trajectory_id));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of publicationFiles(publicationOf(record))) await writeFile(join(folder, name), text);
}
