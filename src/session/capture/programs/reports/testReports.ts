import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type TestCommand, testCommand } from '../../../testCommand.ts';
import { Tally, type TestResults, withinBounds } from '../../../testResults.ts';
import { findReports } from './findReports.ts';
import { reportPlaces } from './reportPlaces.ts';
import { ReportReader } from './reportReader.ts';

/** Characters that are read of the reports of one run. */
const mostBytes = 16 * 1024 * 1024;
/** Bytes between which the editor gets its turn. */
const pieceSize = 64 * 1024;
/** The editor hears of a command's beginning late, so a fast one may have written already [measured: 7 to 45 ms]. */
const startLag = 500;

/** A run of a test command, while it lasts. */
export interface TestRun {
  /** What the reports say that were written since it began; null where there are none. Once, when the command has ended. */
  end(): Promise<TestResults | null>;
  /** Its end will not be seen. */
  abandon(): void;
}

/**
 * Reads the report files that test commands write. Only those count whose last change lies within the run; while two runs
 * go on in one workspace folder, it is not known whose they are, and they count for neither.
 */
export class TestReports {
  readonly #clock: () => number;
  readonly #running = new Set<Running>();
  /** When each report that was read had been written, so that none counts twice. */
  readonly #read = new Map<string, number>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /**
   * @param top the workspace folder: nothing outside of it is read
   * @returns null for a command that is not known to run tests
   */
  begin(line: string, directory: string, top: string): TestRun | null {
    const command = testCommand(line, directory);
    if (!command) return null;
    const run: Running = { top, begun: this.#clock(), shared: false };
    for (const other of this.#running) {
      if (other.top !== top) continue;
      other.shared = true;
      run.shared = true;
    }
    this.#running.add(run);
    const end = async () => {
      this.#running.delete(run);
      return run.shared ? null : this.#readAll(command, run, this.#clock());
    };
    return { end, abandon: () => void this.#running.delete(run) };
  }

  async #readAll(command: TestCommand, { top, begun }: Running, ended: number): Promise<TestResults | null> {
    const { paths, complete } = await findReports(command.directory ?? top, top, reportPlaces(command));
    const tally = new Tally();
    const budget = { bytes: mostBytes };
    const all = { found: false, complete };
    for (const [path, changed] of this.#read) if (changed < begun - startLag) this.#read.delete(path);
    for (const path of paths) {
      const report = await openReport(path);
      try {
        if (!report || report.changed < begun - startLag || report.changed > ended) continue;
        if (this.#read.get(path) === report.changed) continue;
        this.#read.set(path, report.changed);
        const results = await readReport(report, budget).catch(() => ({ results: [], complete: false }));
        if (!results) continue;
        all.found = true;
        all.complete &&= results.complete;
        for (const { name, status } of results.results) tally.add(name, status);
      } finally {
        await report?.file.close();
      }
    }
    return all.found ? withinBounds({ results: tally.list(), complete: all.complete && budget.bytes >= 0 }) : null;
  }
}

interface Running {
  top: string;
  begun: number;
  /** Whether another run went on at the same time. */
  shared: boolean;
}

interface Report {
  file: FileHandle;
  /** Milliseconds since the Unix epoch. */
  changed: number;
  size: number;
}

/** Null for what is no file, or cannot be read. */
async function openReport(path: string): Promise<Report | null> {
  // Neither a link that has just taken the file's place nor a pipe, which would never open, is followed.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch(() => null);
  const state = await file?.stat().catch(() => null);
  if (file && state?.isFile()) return { file, changed: Math.floor(state.mtimeMs), size: state.size };
  await file?.close();
  return null;
}

async function readReport({ file, size }: Report, budget: { bytes: number }): Promise<TestResults | null> {
  const reader = new ReportReader();
  if (size === 0) return null;
  const stream = file.createReadStream({ encoding: 'utf8', highWaterMark: pieceSize, end: size - 1, autoClose: false });
  for await (const piece of stream) {
    budget.bytes -= piece.length;
    if (budget.bytes < 0 || !reader.write(piece)) break;
  }
  return reader.end();
}
