/** A journal folder, a dataset folder and the sealer of a window, without an editor. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grant, newId } from '../../../src/consent/grant.ts';
import { policy } from '../../../src/consent/policy.ts';
import { undatedReceipt } from '../../../src/consent/receipt.ts';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { Log } from '../../../src/editor/log.ts';
import { type DatasetTrouble, Sealer } from '../../../src/editor/tasks/sealer.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import { encodeFrame, encodePreamble } from '../../../src/session/journal/frames.ts';
import { JournalFolder } from '../../../src/session/journal/journalFolder.ts';
import { Lease } from '../../../src/session/journal/lease.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { eventsOf } from '../../support/histories.ts';

export const minute = 60_000;
export const hour = 60 * minute;

const workerFile = join(import.meta.dirname, '../../../src/sealing/worker.ts');
const receipt = undatedReceipt.strip().parse(grant(policy, new Date()));
const narrowed = { signals: receipt.signals, uses: receipt.uses };

export interface JournalOptions {
  /** When the task began, and when each line of it was typed, in milliseconds before now. */
  ago?: number;
  lines?: { ago: number; text: string }[];
  projectId?: string;
  review?: boolean;
  /** How long ago it ended; null for a task that no window holds. */
  endedAgo?: number | null;
}

export class JournalHost {
  readonly folder: string;
  readonly journals: JournalFolder;
  readonly key = randomBytes(32);
  datasetFolder: string;
  grace = 10 * minute;
  readonly logged: string[] = [];
  readonly troubles: (DatasetTrouble | null)[] = [];
  hasKey = true;

  private constructor(folder: string) {
    this.folder = folder;
    this.journals = new JournalFolder(join(folder, 'journal'));
    this.datasetFolder = join(folder, 'dataset');
  }

  static async create(): Promise<JournalHost> {
    const host = new JournalHost(await mkdtemp(join(tmpdir(), 'understudy-host-')));
    await mkdir(host.journals.path);
    return host;
  }

  /** That of a window; there may be several. */
  sealer(worker = workerFile): Sealer {
    const log = new Log({ info: (line: string) => void this.logged.push(line) } as never);
    return new Sealer({
      workerFile: worker,
      journals: this.journals,
      key: {
        read: async () => (this.hasKey ? this.key : null),
        forget: async () => {
          this.hasKey = false;
        },
      },
      datasetFolder: () => this.datasetFolder,
      graceTime: () => this.grace,
      log,
      onChange: () => {},
      onDataset: (trouble) => void this.troubles.push(trouble),
    });
  }

  /** The journal of a task that ended. @returns the task's id. */
  async journal(options: JournalOptions = {}): Promise<string> {
    const { ago = hour, projectId = newId(), review = false, endedAgo = 0 } = options;
    const now = Date.now();
    const taskId = newId();
    const lines = options.lines ?? [{ ago, text: 'const first = 1;' }];
    const header = { task_id: taskId, project_id: projectId, review, receipt, policy, narrowed };
    const preamble = encodePreamble({ taskId, createdAt: now - ago });
    const events = [...typed(lines.map(({ ago, text }) => ({ t: now - ago, text }))), { kind: 'stop', t: now }];
    const texts = [JSON.stringify(header), events.map((event) => `${JSON.stringify(event)}\n`).join('')];
    const frames = texts.map((text, i) => encodeFrame(this.key, preamble, i, text));
    await writeFile(this.journals.journalPath(taskId), Buffer.concat([preamble, ...frames]));
    if (endedAgo !== null) await this.journals.hold({ taskId, projectId, review, endedAt: now - endedAgo });
    return taskId;
  }

  lease(taskId: string): Promise<Lease> {
    return Lease.take(this.journals.path, taskId);
  }

  async records(): Promise<Trajectory[]> {
    const dataset = await readDataset(this.datasetFolder).catch(() => null);
    const records: Trajectory[] = [];
    for await (const id of dataset?.trajectoryIds() ?? []) records.push(await dataset!.readTrajectory(id));
    return records;
  }

  /** Whether a text stands anywhere in what is on the disk. */
  async holds(text: string): Promise<boolean> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const bytes = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
    return bytes.some((one) => one.includes(text));
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Lines typed at the end of a file, each at its time. */
function typed(lines: { t: number; text: string }[]): SessionEvent[] {
  const open = eventsOf('let zero = 0;\n', []).map((event) => ({ ...event, t: lines[0].t - 10 }));
  let offset = 'let zero = 0;\n'.length;
  const edits = lines.map(({ t, text }, i): SessionEvent => {
    const line = `${text}\n`;
    const changes = [{ offset, length: 0, text: line }];
    offset += line.length;
    return { kind: 'edit', t, doc: 0, version: i + 2, reason: null, changes, selections: null, visible: null };
  });
  return [...open, ...edits];
}
