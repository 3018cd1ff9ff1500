/**
 * Writing a dataset folder. Several processes may do so at once, and each may be killed at any point: a task appears in
 * one rename and disappears in one, and every step that was interrupted can be taken again.
 */
import { chmod, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type * as z from 'zod';
import { type Policy, policySha256 } from '../consent/policy.ts';
import { type UndatedReceipt, undatedReceipt } from '../consent/receipt.ts';
import { exampleFormats } from '../examples/formats.ts';
import { type Verification, verification, verificationFaults } from '../examples/verification.ts';
import type { KnownValue } from '../session/events.ts';
import { type Trajectory, trajectory } from '../trajectory/record.ts';
import { datasetCard } from './card.ts';
import { jsonSchema } from './columns.ts';
import { policyVersionPattern, withdrawalLine } from './consentFiles.ts';
import { Dataset } from './dataset.ts';
import { DatasetError, failedWith } from './errors.ts';
import { featuresOf, featuresRow } from './features.ts';
import {
  appendToFile,
  createFile,
  fixedTime,
  makeAll,
  makeFolders,
  removeFolder,
  replaceFile,
  requireNoLinks,
  settleFolder,
  temporaryPath,
} from './files.ts';
import { requireDataset, requireWritable } from './folder.ts';
import { issueText } from './issueText.ts';
import {
  cardFile,
  dataFolder,
  exampleFile,
  featuresFileName,
  idPattern,
  markerFile,
  markerText,
  policyFile,
  receiptFile,
  schemaFile,
  taskFolder,
  temporaryFolder,
  trajectoryFileName,
  verificationFileName,
  withdrawalsFile,
} from './layout.ts';
import { readIfThere, rowLimit } from './lines.ts';
import { type PrivacyFault, privacyFaults, privacyText } from './privacyFaults.ts';
import { holdsLoneSurrogate, recordFaults } from './recordFaults.ts';
import { type RecordHead, readRecordHead } from './recordHead.ts';
import { recordSchemas } from './schemas.ts';

/** A record and the examples derived from it, by the name of their format. */
export interface Publication {
  trajectory: Trajectory;
  examples: readonly { format: string; rows: readonly object[] }[];
  /** Of this revision. */
  verification?: Verification | null;
}

/** A record's folder while its next revision takes its place. */
const replacedPrefix = 'replaced-';

const hour = 60 * 60 * 1000;

export class DatasetStore extends Dataset {
  #isBulk = false;

  /** Does work on many records, with one look at which formats have rows, at its end. */
  async inBulk<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#isBulk = true;
    try {
      return await work();
    } finally {
      this.#isBulk = false;
      await this.#describe();
    }
  }

  /** Keeps the receipt, undated, and the policy that it was given for. Records under it can be published then. */
  async addConsent(receipt: UndatedReceipt, policy: Policy): Promise<void> {
    if (!policyVersionPattern.test(policy.version) || receipt.policy_sha256 !== policySha256(policy)) {
      throw new DatasetError('broken_consent', `The receipt was not given for policy ${policy.version}.`);
    }
    await this.#put(policyFile(policy.version), policy.text);
    await this.#put(
      receiptFile(receipt.receipt_id),
      `${JSON.stringify(undatedReceipt.strip().parse(receipt), null, 2)}\n`,
    );
  }

  /**
   * Writes a record and its examples. A record that stands already is left as it is, one that was withdrawn stays away.
   * @throws DatasetError when the record has a fault or its receipt is not here; nothing is written then.
   */
  async publish(publication: Publication): Promise<'published' | 'stands' | 'withdrawn'> {
    await requireDataset(this.folder);
    const files = publicationFiles(publication);
    const { trajectory_id: id, revision, consent } = publication.trajectory;
    if (consent.receipt_id !== null && !(await exists(join(this.folder, receiptFile(consent.receipt_id))))) {
      throw new DatasetError('no_receipt', `${this.folder} does not hold the receipt that record ${id} is made under.`);
    }
    if ((await this.withdrawn()).has(id)) return 'withdrawn';
    if (await exists(join(this.folder, taskFolder(id)))) return 'stands';

    const built = await this.#build(files, revision);
    if (!(await this.#moveIn(built, id))) return 'stands';
    // Withdrawn by another process in between, which then found nothing to remove.
    if ((await this.withdrawn()).has(id)) {
      await removeFolder(this.folder, taskFolder(id));
      return 'withdrawn';
    }
    if (files.size > 2) await this.#describe();
    return 'published';
  }

  /**
   * Puts a newer revision of a record in its place. False when the record is gone or stands in this revision already.
   * @throws DatasetError when the record has a fault; nothing is written then.
   */
  async revise(publication: Publication): Promise<boolean> {
    await requireDataset(this.folder);
    const files = publicationFiles(publication);
    const { trajectory_id: id, revision } = publication.trajectory;
    const folder = join(this.folder, taskFolder(id));
    if (!(await exists(folder)) || (await this.readTrajectory(id)).revision >= revision) return false;
    const isDone = await this.#replace(id, files, revision);
    await this.#describe();
    return isDone;
  }

  /**
   * Puts what is derived from a record anew in place of what stands beside it. What verifies it stays.
   * @returns false when nothing differs, or the record is gone or stands in another revision.
   * @throws DatasetError when the record has a fault; nothing is written then.
   */
  async refresh(publication: Publication): Promise<boolean> {
    await requireDataset(this.folder);
    const verification = await this.readVerification(publication.trajectory);
    const files = publicationFiles({ ...publication, verification });
    const { trajectory_id: id, revision } = publication.trajectory;
    const folder = join(this.folder, taskFolder(id));
    if (!(await exists(folder)) || (await this.readTrajectory(id)).revision !== revision) return false;
    const names = await readdir(folder);
    const isSame = async ([name, text]: [string, string]) => (await readIfThere(join(folder, name))) === text;
    const same = await Promise.all([...files].map(isSame));
    if (names.length === files.size && same.every(Boolean)) return false;
    const isDone = await this.#replace(id, files, revision);
    await this.#describe();
    return isDone;
  }

  /**
   * Puts beside a record what running its task again showed, and touches nothing else.
   * @returns false when the record is gone or stands in another revision.
   * @throws DatasetError when the row has a fault; nothing is written then.
   */
  async verify(row: Verification): Promise<boolean> {
    const id = row.trajectory_id;
    const folder = taskFolder(id);
    await requireDataset(this.folder);
    await requireNoLinks(this.folder, folder);
    if ((await this.withdrawn()).has(id) || !(await exists(join(this.folder, folder)))) return false;
    const record = await this.readTrajectory(id);
    if (record.revision !== row.revision) return false;
    const text = verificationText(row, record);
    try {
      await replaceFile(this.folder, join(folder, verificationFileName), text);
    } catch (error) {
      // Withdrawn by another process in between.
      if (failedWith(error, 'ENOENT') && !(await exists(join(this.folder, folder)))) return false;
      throw error;
    }
    return true;
  }

  /** Takes away what verifies a record, which stays. */
  async unverify(id: string): Promise<void> {
    const folder = join(this.folder, taskFolder(id));
    await rm(join(folder, verificationFileName), { force: true });
    if (await exists(folder)) await settleFolder(folder);
  }

  /**
   * Takes records back: the records, what was derived from them, and for good. Ids that are not here are noted too, and
   * keys of repositories.
   */
  async withdraw(ids: readonly string[]): Promise<void> {
    await requireDataset(this.folder);
    const folders = foldersOf(ids);
    const known = await this.withdrawn();
    const added = ids.filter((id) => !known.has(id));
    // First the note, then the deed: who comes in between finds the rest to do.
    if (added.length > 0) await appendToFile(join(this.folder, withdrawalsFile), added.map(withdrawalLine).join(''));
    for (const name of folders) await removeFolder(this.folder, name);
    await this.#describe();
  }

  /** Removes what is being built of some records, or was when a process died. Who is still at it finds it gone. */
  async removeUnfinished(isMeant: (head: RecordHead) => boolean): Promise<void> {
    for (const name of await readdir(join(this.folder, temporaryFolder)).catch((): string[] => [])) {
      const folder = join(temporaryFolder, name);
      if (!name.startsWith('task-')) continue;
      if (isMeant(await readRecordHead(join(this.folder, folder, trajectoryFileName))))
        await removeFolder(this.folder, folder);
    }
  }

  /** False when another process was faster. */
  async #replace(id: string, files: Map<string, string>, revision: number): Promise<boolean> {
    await requireNoLinks(this.folder, dirname(taskFolder(id)));
    const built = await this.#build(files, revision);
    // Between the two renames the record is away; `mend` brings it back should nobody come to the second one.
    const replaced = join(this.folder, temporaryFolder, `${replacedPrefix}${id}`);
    await rm(replaced, { recursive: true, force: true });
    await rename(join(this.folder, taskFolder(id)), replaced);
    const isDone = await this.#moveIn(built, id);
    await rm(replaced, { recursive: true, force: true });
    // Withdrawn by another process in between, which then found nothing to remove.
    if (!(await this.withdrawn()).has(id)) return isDone;
    await removeFolder(this.folder, taskFolder(id));
    return false;
  }

  /** Ends what an interrupted process left, and brings card and schemas up to this version. */
  async mend(now: number): Promise<void> {
    await this.#bringBack();
    await clearTemporary(this.folder, now);
    await makeFolders(this.folder, dirname(withdrawalsFile));
    await makeFolders(this.folder, dataFolder);
    for (const name of foldersOf(await this.withdrawn())) {
      if (await exists(join(this.folder, name))) await removeFolder(this.folder, name);
    }
    await this.#describe();
  }

  /** Records that an interrupted revision took away and put nothing in place of. */
  async #bringBack(): Promise<void> {
    for (const name of await readdir(join(this.folder, temporaryFolder)).catch((): string[] => [])) {
      const id = name.startsWith(replacedPrefix) ? name.slice(replacedPrefix.length) : '';
      if (!idPattern.test(id)) continue;
      const replaced = join(this.folder, temporaryFolder, name);
      if (!(await this.#moveIn(replaced, id))) await rm(replaced, { recursive: true, force: true });
    }
  }

  async #build(files: Map<string, string>, revision: number): Promise<string> {
    const built = await temporaryPath(this.folder, 'task');
    await mkdir(built, { mode: 0o700 });
    for (const [name, text] of files)
      await createFile(join(built, name), text, fixedTime(revision, deriverVersion(text)));
    await settleFolder(built);
    return built;
  }

  /** False when another process was faster. */
  async #moveIn(built: string, id: string): Promise<boolean> {
    const folder = join(this.folder, taskFolder(id));
    await makeFolders(this.folder, dirname(taskFolder(id)));
    try {
      await rename(built, folder);
    } catch (error) {
      // Windows: EPERM.
      if (!failedWith(error, 'EEXIST', 'ENOTEMPTY', 'EPERM') || !(await exists(folder))) throw error;
      await rm(built, { recursive: true, force: true });
      return false;
    }
    await settleFolder(dirname(folder));
    await settleFolder(join(this.folder, temporaryFolder));
    return true;
  }

  /**
   * Writes card and schemas where they differ. The formats are looked up again after writing: whoever writes last has
   * seen what all others published.
   */
  async #describe(): Promise<void> {
    if (this.#isBulk) return;
    for (const [name, schema] of Object.entries(recordSchemas)) {
      await this.#put(schemaFile(name), `${JSON.stringify(jsonSchema(schema), null, 2)}\n`);
    }
    let described: string;
    let found = await this.#formats();
    do {
      described = found.join();
      await this.#put(cardFile, datasetCard(found));
      found = await this.#formats();
    } while (found.join() !== described);
  }

  /** Names of the formats that have rows. */
  async #formats(): Promise<string[]> {
    const missing = new Set<string>(exampleFormats.map(({ name }) => name));
    const found: string[] = [];
    for await (const id of this.trajectoryIds()) {
      const files = await readdir(join(this.folder, taskFolder(id))).catch((): string[] => []);
      for (const name of missing) {
        if (files.includes(exampleFile(name)) && missing.delete(name)) found.push(name);
      }
      if (missing.size === 0) break;
    }
    return found.sort();
  }

  async #put(name: string, text: string): Promise<void> {
    if ((await readIfThere(join(this.folder, name)).catch(() => null)) === text) return;
    await makeFolders(this.folder, dirname(name));
    await replaceFile(this.folder, name, text);
  }
}

/**
 * Opens the dataset in a folder, or begins one in an empty or new folder.
 * @throws DatasetError when the folder is not one to write a dataset to.
 */
export async function openDataset(path: string): Promise<DatasetStore> {
  const folder = resolve(path);
  if (!(await requireWritable(folder))) {
    await makeAll(folder);
    await replaceFile(folder, markerFile, markerText);
  }
  // Ours, but perhaps copied here with the modes of another place.
  await chmod(folder, 0o700);
  const store = new DatasetStore(folder);
  await store.mend(Date.now());
  return store;
}

/** The files of a task by name, checked. @throws DatasetError when the record has a fault */
export function publicationFiles(publication: Publication): Map<string, string> {
  const { trajectory: record, examples } = publication;
  const id = record.trajectory_id;
  const broken = (fault: string) => new DatasetError('broken_record', `Record ${id} is broken: ${fault}`);
  const rowsText = (schema: z.ZodObject, rows: readonly object[]) => {
    return rows.map((row) => `${rowText(schema, row, broken)}\n`).join('');
  };
  const files = new Map([[trajectoryFileName, rowsText(trajectory, [record])]]);
  const marks = publicationPrivacy(publication);
  if (marks.length > 0) throw broken(privacyText(marks));
  const faults = recordFaults(record);
  if (faults.length > 0) throw broken(faults.join('; '));
  files.set(featuresFileName, rowsText(featuresRow, [featuresOf(record)]));
  for (const { format, rows } of examples) {
    const schema = exampleFormats.find(({ name }) => name === format)?.schema;
    if (!schema) throw broken(`unknown example format ${format}`);
    if (rows.length > 0) files.set(exampleFile(format), rowsText(schema, rows));
  }
  if (publication.verification) files.set(verificationFileName, verificationText(publication.verification, record));
  return files;
}

function verificationText(row: Verification, record: Trajectory): string {
  const broken = (fault: string) =>
    new DatasetError('broken_record', `What verifies record ${record.trajectory_id} is broken: ${fault}`);
  const faults = verificationFaults(row, record);
  if (faults.length > 0) throw broken(faults.join('; '));
  const marks = privacyFaults({ name: 'verification', type: verification }, row);
  if (marks.length > 0) throw broken(privacyText(marks));
  return `${rowText(verification, row, broken)}\n`;
}

/** What the rows tell that they must not, in all files of a record. @param known as for `privacyFaults` */
export function publicationPrivacy(
  { trajectory: record, examples }: Publication,
  known: readonly KnownValue[] = [],
): PrivacyFault[] {
  const rowsOf = (name: string, rows: readonly object[]) => {
    const type = Object.hasOwn(recordSchemas, name) ? recordSchemas[name] : null;
    return rows.flatMap((row) => privacyFaults(type && { name, type }, row, known));
  };
  return [...rowsOf('trajectory', [record]), ...examples.flatMap(({ format, rows }) => rowsOf(format, rows))];
}

/** Folders of the records among what is withdrawn. @throws RangeError when something is neither id nor key. */
function foldersOf(keys: Iterable<string>): string[] {
  return [...keys].filter((key) => !/^[0-9a-f]{64}$/.test(key)).map(taskFolder);
}

/** Of the rows in a file; 1 where they have none. */
function deriverVersion(text: string): number {
  return Number(/^\{"deriver_version":"(\d+)"/.exec(text)?.[1] ?? 1);
}

/** The row as it stands on disk: keys in the order of the schema. */
function rowText(schema: z.ZodObject, row: object, broken: (fault: string) => Error): string {
  const parsed = schema.safeParse(row);
  if (!parsed.success) throw broken(issueText(parsed.error));
  if (holdsLoneSurrogate(parsed.data)) throw broken('a text holds a lone surrogate');
  const text = JSON.stringify(parsed.data);
  if (Buffer.byteLength(text) > rowLimit) throw broken(`a row of over ${rowLimit} bytes`);
  return text;
}

/** Ends deletions, and deletes what has been under construction for so long that nobody can be at it. */
async function clearTemporary(dataset: string, now: number): Promise<void> {
  const names = await readdir(join(dataset, temporaryFolder)).catch((): string[] => []);
  for (const name of names) {
    const path = join(dataset, temporaryFolder, name);
    if (name.startsWith('withdrawn-')) await rm(path, { recursive: true, force: true });
    else if (await isOlderThan(path, now - hour)) await removeFolder(dataset, join(temporaryFolder, name));
  }
}

/** By the time of the last change to the entry itself, since its other times are made up. */
async function isOlderThan(path: string, time: number): Promise<boolean> {
  return lstat(path).then(
    ({ ctimeMs }) => ctimeMs < time,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
