/** Tasks made step by step, as redaction would hand them over. */
import { excerptsOf } from '../../src/redaction/excerpts.ts';
import { mint } from '../../src/redaction/mint.ts';
import type { Redacted } from '../../src/redaction/redacted.ts';
import { TextBuffer } from '../../src/session/codePoints.ts';
import type { GitStep, Origin, Task, TaskGap, TaskStep } from '../../src/session/task.ts';
import type { TestResults } from '../../src/session/testResults.ts';
import type { TrajectoryMeta } from '../../src/trajectory/buildTrajectories.ts';

export const text = (value: string): Redacted => mint(value);

const second = 1000;

/** Builds a task over files that exist; each step takes a second unless `wait` says more. */
export class TaskBuilder {
  readonly #task: Task<Redacted>;
  readonly #buffers: TextBuffer[];
  readonly #looked = new Set<number>();
  readonly #gone = new Set<number>();
  #now = 1_700_000_000_000;

  constructor(files: Record<string, string>) {
    const paths = Object.keys(files);
    this.#buffers = paths.map((path) => new TextBuffer(files[path]));
    this.#task = {
      end: 'stop',
      instruction: null,
      files: paths.map((path) => ({
        path: text(path),
        language: 'typescript',
        encoding: 'utf8',
        eol: 'lf',
        base: text(files[path]),
        final: text(files[path]),
      })),
      steps: [],
      gaps: [],
      platform: 'linux',
      vscodeVersion: '1.100.0',
      license: null,
      repository: null,
      startedAt: this.#now,
    };
  }

  wait(seconds: number): this {
    this.#now += seconds * second;
    return this;
  }

  instruct(words: string): this {
    this.#task.instruction = { text: text(words), source: 'user' };
    return this;
  }

  edit(offset: number, deleted: number, inserted: string, file = 0, origin: Origin = 'typed'): this {
    this.#buffers[file].apply({ offset, deleted, inserted });
    return this.#push({
      kind: 'edit',
      t: this.#now,
      file,
      origin,
      originConfidence: 1,
      selections: [{ anchor: offset, active: offset }],
      visible: null,
      changes: [{ offset, deleted, inserted: text(inserted) }],
    });
  }

  /** Key by key, at the end of what was typed before. */
  type(offset: number, words: string, file = 0): this {
    let at = offset;
    for (const key of words) {
      this.edit(at++, 0, key, file);
      this.#now -= second * 0.8;
    }
    return this;
  }

  /**
   * @param output what the command prints
   * @param cwd where it begins
   * @param reported what it writes into report files
   */
  run(
    line: string,
    exitCode: number | null,
    seconds = 1,
    output = exitCode === 0 ? 'ok' : 'not ok',
    cwd: string | null = '.',
    reported: TestResults | null = null,
  ): this {
    const start = this.#now;
    this.#now += seconds * second;
    return this.#push({
      kind: 'command',
      t: this.#now,
      start,
      line: text(line),
      cwd: cwd === null ? null : text(cwd),
      exitCode,
      output: text(output),
      columns: 80,
      outputStatus: 'complete',
      outputBytes: Buffer.byteLength(output),
      reported: reported && {
        ...reported,
        results: reported.results.map(({ name, status }) => ({ name: text(name), status })),
      },
    });
  }

  /** A cell of a notebook runs. */
  runCell(success: boolean | null, file = 0, seconds = 1, output = 'printed'): this {
    const start = this.#now;
    this.#now += seconds * second;
    return this.#push({
      kind: 'cell_run',
      t: this.#now,
      start,
      file,
      exitCode: success === null ? null : success ? 0 : 1,
      output: text(output),
      columns: null,
      outputStatus: 'complete',
      outputBytes: Buffer.byteLength(output),
    });
  }

  commit(message: string): this {
    this.#task.end = 'commit';
    return this.git('commit', null, message);
  }

  git(action: GitStep<Redacted>['action'], branch: string | null, message: string | null = null): this {
    return this.#push({
      kind: 'git',
      t: this.#now,
      action,
      message: message === null ? null : text(message),
      branch: branch === null ? null : text(branch),
      paths: [],
    });
  }

  /** @param file null for a folder */
  rename(path: string, to: string, file: number | null = null): this {
    return this.#push({ kind: 'file', t: this.#now, action: 'rename', file, path: text(path), to: text(to) });
  }

  remove(file: number): this {
    this.#gone.add(file);
    return this.#file('delete', file);
  }

  /** A file that was removed comes back, empty. */
  create(file: number): this {
    this.#gone.delete(file);
    this.#buffers[file] = new TextBuffer();
    return this.#file('create', file);
  }

  #file(action: 'create' | 'delete', file: number): this {
    return this.#push({ kind: 'file', t: this.#now, action, file, path: this.#task.files[file].path, to: null });
  }

  gap(reason: TaskGap['reason']): this {
    this.#task.gaps.push({ afterStep: this.#task.steps.length - 1, reason });
    return this;
  }

  /** The text of a file as it stands; null where it is gone. */
  textOf(file: number): string | null {
    return this.#gone.has(file) ? null : this.#buffers[file].toString();
  }

  diagnose(...messages: string[]): this {
    return this.#push({
      kind: 'diagnostics',
      t: this.#now,
      file: 0,
      items: messages.map((message) => ({
        severity: 'error',
        source: text('tsc'),
        code: null,
        message: text(message),
        start: 0,
        end: 1,
      })),
    });
  }

  /** A look at lines [start, end] of a file as it stands. */
  look(start: number, end: number, file = 0, reason: 'dwell' | 'jump' = 'dwell'): this {
    const visible = [{ start, end }];
    const excerpts = excerptsOf(text(this.#buffers[file].toString()), visible);
    return this.#push({ kind: 'view', t: this.#now, file, reason, selections: [], visible, excerpts });
  }

  /** Of a file that is only looked at, no text goes on. */
  onlyLooked(file: number): this {
    this.#looked.add(file);
    return this;
  }

  task(): Task<Redacted> {
    for (const [i, buffer] of this.#buffers.entries()) this.#task.files[i].final = text(buffer.toString());
    for (const i of this.#gone) this.#task.files[i].final = null;
    for (const i of this.#looked) Object.assign(this.#task.files[i], { base: null, final: null });
    return this.#task;
  }

  #push(step: TaskStep<Redacted>): this {
    this.#task.steps.push(step);
    this.#now += second;
    return this;
  }
}

const id = (digit: string) => digit.repeat(32);

export const meta: TrajectoryMeta = {
  taskId: id('a'),
  trajectoryId: (part) => String(part).padStart(32, '0'),
  projectId: id('b'),
  consent: {
    source: 'imported',
    receipt_id: null,
    policy_version: null,
    signals: ['edits', 'terminal', 'tests', 'errors', 'git'],
    uses: { train: true, commercial: false, redistribute: false, publish: false },
    rights_basis: 'own',
  },
  extensionVersion: '0.0.0',
  redaction: { detector_version: '1', audit: 'clean', placeholders: [] },
};
