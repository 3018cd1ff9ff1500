/**
 * People who work differently, and the tasks that come of it: as redaction would hand them over, so that all that a record
 * tells of them (bursts, bands, survival, outcome, tools) is made by the code that makes records.
 */

import type { RecordConsent, Signal } from '../../src/consent/receipt.ts';
import { mint } from '../../src/redaction/mint.ts';
import type { Redacted } from '../../src/redaction/redacted.ts';
import { TextBuffer } from '../../src/session/codePoints.ts';
import type { Origin, Task, TaskStep } from '../../src/session/task.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import type { Random } from './random.ts';

/** How a person works. */
export interface Habits {
  /** Milliseconds between two keys, and how much they vary. */
  key: number;
  /** How often a pause to think comes behind a line, and how many seconds it takes. */
  pauses: number;
  pause: number;
  /** Shares of lines with a slip of the keyboard, of edits undone, of lines written anew within a minute. */
  slips: number;
  undone: number;
  rewritten: number;
  /** Lines at a time. */
  lines: number;
  /** How often each action follows another, and what puts text in. */
  actions: Record<Action, number>;
  origins: Record<'typed' | 'pasted' | 'completion' | 'agent', number>;
  /** Shares of tests that pass, and of cursors that select something before an edit. */
  passes: number;
  selects: number;
  /** Actions of a task, and its files. */
  length: number;
  files: number;
  languages: Record<string, number>;
}

type Action = 'write' | 'view' | 'test' | 'lint' | 'install' | 'diagnose' | 'format' | 'git' | 'rename';

/** What a person works with: the same in all their projects. */
export interface Machine {
  platform: 'linux' | 'macos' | 'windows';
  vscode: string;
  /** Versions of tools by name, as they tell them. */
  tools: Record<string, string>;
  eol: 'lf' | 'crlf';
}

export type Agreement = Pick<RecordConsent, 'signals' | 'uses' | 'rights_basis'>;

export interface Person {
  habits: Habits;
  machine: Machine;
  agreement: Agreement;
}

/** How some tools call themselves where they tell their version. */
const called: Record<string, string> = { node: 'Node.js', python: 'Python' };

interface Language {
  extension: string;
  test: string;
  lint: string;
  install: string;
  tool: string;
}

const languages: Record<string, Language> = {
  typescript: { extension: 'ts', test: 'npm test', lint: 'npx eslint .', install: 'npm install', tool: 'node' },
  javascript: { extension: 'js', test: 'pnpm test', lint: 'npx biome check', install: 'pnpm install', tool: 'node' },
  python: { extension: 'py', test: 'pytest', lint: 'ruff check', install: 'pip install -e .', tool: 'python' },
  rust: { extension: 'rs', test: 'cargo test', lint: 'cargo clippy', install: 'cargo build', tool: 'cargo' },
  go: { extension: 'go', test: 'go test ./...', lint: 'go vet ./...', install: 'go build ./...', tool: 'go' },
  java: { extension: 'java', test: 'mvn test', lint: 'mvn verify', install: 'mvn package', tool: 'java' },
};

/** A draw around a value, by a factor. */
function around(random: Random, value: number, spread: number): number {
  return value * Math.exp(spread * normal(random));
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Shares that sum up to one; the more spread, the more they differ. */
function shares<Name extends string>(
  random: Random,
  usual: Record<Name, number>,
  spread: number,
): Record<Name, number> {
  const drawn = Object.entries<number>(usual).map(([name, share]) => [name, around(random, share, spread)] as const);
  const sum = drawn.reduce((total, [, share]) => total + share, 0);
  return Object.fromEntries(drawn.map(([name, share]) => [name, share / sum])) as Record<Name, number>;
}

const share = (random: Random, usual: number, spread: number) => Math.min(0.9, around(random, usual, spread));

/** @param spread how much people differ: 0 makes them all alike, 1 lets most habits differ by a factor of e. */
export function habitsOf(random: Random, spread: number): Habits {
  return {
    key: around(random, 160, 0.5 * spread),
    pauses: share(random, 0.15, spread),
    pause: around(random, 12, spread),
    slips: share(random, 0.1, spread),
    undone: share(random, 0.06, spread),
    rewritten: share(random, 0.12, spread),
    lines: around(random, 2, 0.6 * spread),
    actions: shares(
      random,
      { write: 10, view: 4, test: 2, lint: 0.5, install: 0.2, diagnose: 2, format: 0.5, git: 0.4, rename: 0.1 },
      0.8 * spread,
    ),
    origins: shares(random, { typed: 6, pasted: 1, completion: 2, agent: 1 }, spread),
    passes: share(random, 0.5, 0.3 * spread),
    selects: share(random, 0.2, spread),
    length: around(random, 25, 0.5 * spread),
    files: around(random, 1.5, 0.5 * spread),
    languages: shares(random, { typescript: 1, javascript: 1, python: 1, rust: 1, go: 1, java: 1 }, 2 * spread),
  };
}

const patches = (random: Random, base: string, count: number) => `${base}.${random.below(count)}`;

export function machineOf(random: Random): Machine {
  const platform = random.pick(['linux', 'linux', 'macos', 'macos', 'windows', 'windows'] as const);
  return {
    platform,
    vscode: `1.${130 + random.below(10)}.${random.below(3)}`,
    tools: {
      node: patches(random, random.pick(['20.19', '22.14', '24.4']), 6),
      python: patches(random, random.pick(['3.11', '3.12', '3.13']), 9),
      cargo: patches(random, `1.${84 + random.below(8)}`, 2),
      go: patches(random, `1.${22 + random.below(4)}`, 8),
      java: patches(random, random.pick(['17.0', '21.0', '24.0']), 12),
    },
    eol: platform === 'windows' && random.chance(0.5) ? 'crlf' : 'lf',
  };
}

export function agreementOf(random: Random): Agreement {
  const optional = (['terminal', 'tests', 'errors', 'git', 'views'] as const).filter(() => random.chance(0.85));
  return {
    signals: ['edits', ...optional],
    uses: {
      train: true,
      commercial: random.chance(0.4),
      redistribute: random.chance(0.3),
      publish: random.chance(0.2),
    },
    rights_basis: random.pick(['own', 'employer_authorised', 'open_source', 'unknown']),
  };
}

function drawn<Name extends string>(random: Random, of: Record<Name, number>): Name {
  let left = random.next();
  for (const [name, each] of Object.entries<number>(of)) {
    left -= each;
    if (left <= 0) return name as Name;
  }
  return Object.keys(of)[0] as Name;
}

/** One task of a person's, in one of their projects. @param lines of code, to be written again. */
export function taskRecord(random: Random, person: Person, projectId: string, lines: readonly string[]): Trajectory {
  const session = new Session(random, person, lines);
  const [record] = buildTrajectories(session.work(), {
    taskId: random.id(),
    trajectoryId: () => random.id(),
    projectId,
    consent: { ...person.agreement, source: 'receipt', receipt_id: random.id(), policy_version: '2' },
    extensionVersion: '0.1.0',
    redaction: { detector_version: '2', audit: 'clean', placeholders: [] },
  });
  return record;
}

class Session {
  readonly #random: Random;
  readonly #habits: Habits;
  readonly #machine: Machine;
  readonly #signals: ReadonlySet<Signal>;
  readonly #lines: readonly string[];
  readonly #language: string;
  readonly #buffers: TextBuffer[];
  readonly #steps: TaskStep<Redacted>[] = [];
  #now = Date.UTC(2026, 4, 4);

  constructor(random: Random, { habits, machine, agreement }: Person, lines: readonly string[]) {
    this.#random = random;
    this.#habits = habits;
    this.#machine = machine;
    this.#signals = new Set(agreement.signals);
    this.#lines = lines;
    this.#language = drawn(random, habits.languages);
    const count = Math.max(1, Math.round(around(random, habits.files, 0.4)));
    this.#buffers = Array.from({ length: count }, () => new TextBuffer(this.#some(10 + random.below(30))));
  }

  work(): Task<Redacted> {
    const { platform, vscode, eol } = this.#machine;
    const { extension } = languages[this.#language];
    const startedAt = this.#now;
    const bases = this.#buffers.map((buffer) => buffer.toString());
    const length = Math.max(4, Math.round(around(this.#random, this.#habits.length, 0.5)));
    this.#write(0);
    for (let i = 1; i < length; i++) this.#act(drawn(this.#random, this.#habits.actions));
    const committed = this.#steps.at(-1)?.kind === 'git';
    return {
      end: committed ? 'commit' : 'idle',
      instruction: null,
      files: bases.map((base, i) => ({
        path: mint(`src/module${i}.${extension}`),
        language: this.#language,
        encoding: 'utf8',
        eol,
        base: mint(base),
        final: mint(this.#buffers[i].toString()),
      })),
      steps: this.#steps,
      gaps: [],
      platform,
      vscodeVersion: vscode,
      repository: null,
      license: null,
      startedAt,
    };
  }

  #act(action: Action): void {
    const { chance, below } = bound(this.#random);
    const file = below(this.#buffers.length);
    const { test, lint, install, tool } = languages[this.#language];
    this.#wait(around(this.#random, this.#habits.pause, 0.8) * 300);
    switch (action) {
      case 'write':
        this.#write(file);
        break;
      case 'view': {
        const start = below(40);
        const visible = [{ start, end: start + 30 + below(20) }];
        const reason = chance(0.3) ? 'jump' : 'dwell';
        this.#push('views', { kind: 'view', t: this.#now, file, reason, selections: [], visible, excerpts: [] });
        break;
      }
      case 'test':
        this.#run(test, chance(this.#habits.passes) ? 0 : 1, '3 tests\n');
        break;
      case 'lint':
        this.#run(lint, chance(0.6) ? 0 : 1, 'checked\n');
        break;
      case 'install':
        this.#run(`${tool} --version`, 0, `${called[tool] ?? tool} ${this.#machine.tools[tool]}`);
        this.#run(install, 0, 'done\n');
        break;
      case 'diagnose': {
        const items = Array.from({ length: below(4) }, (_, i) => ({
          severity: 'error' as const,
          source: mint(this.#language),
          code: mint(String(1000 + below(9))),
          message: mint(`problem ${i}`),
          start: 0,
          end: 1,
        }));
        this.#push('errors', { kind: 'diagnostics', t: this.#now, file, items });
        break;
      }
      case 'format':
        this.#edit(file, this.#lineStart(file), 0, '  ', 'formatter');
        break;
      case 'git': {
        const [message, branch] = [mint('change'), mint('main')];
        this.#push('git', { kind: 'git', t: this.#now, action: 'commit', message, branch, paths: [] });
        break;
      }
      case 'rename':
        this.#edit(file, this.#lineStart(file), 0, 'renamed', 'refactoring');
        break;
    }
  }

  #push(signal: Signal, step: TaskStep<Redacted>): void {
    if (this.#signals.has(signal)) this.#steps.push(step);
  }

  #write(file: number): void {
    const { chance } = bound(this.#random);
    const origin = drawn(this.#random, this.#habits.origins);
    const count = Math.max(1, Math.round(around(this.#random, this.#habits.lines, 0.6)));
    const at = this.#lineStart(file);
    const selected = chance(this.#habits.selects) ? 5 : 0;
    let length = 0;
    for (let i = 0; i < count; i++) {
      const line = this.#some(1);
      if (origin === 'typed') length += this.#type(file, at + length, line, selected);
      else {
        this.#edit(file, at + length, 0, line, origin, selected);
        length += Array.from(line).length;
        if (origin === 'agent') this.#wait(200);
      }
    }
    if (chance(this.#habits.undone)) {
      this.#wait(around(this.#random, 3000, 0.7));
      this.#edit(file, at, length, '', 'undo');
    } else if (chance(this.#habits.rewritten)) {
      this.#wait(around(this.#random, 15_000, 0.8));
      this.#edit(file, at, length, '', 'typed');
      this.#type(file, at, this.#some(1), 0);
    }
  }

  /** @returns how much longer the text is. */
  #type(file: number, at: number, line: string, selected: number): number {
    const { chance, below } = bound(this.#random);
    const keys = Array.from(line);
    const slip = chance(this.#habits.slips) ? below(keys.length) : -1;
    for (const [i, key] of keys.entries()) {
      if (i === slip) {
        this.#edit(file, at + i, 0, 'q', 'typed', selected);
        this.#edit(file, at + i, 1, '', 'typed');
      }
      this.#edit(file, at + i, 0, key, 'typed', i === 0 ? selected : 0);
      this.#wait(around(this.#random, this.#habits.key, 0.4));
    }
    if (chance(this.#habits.pauses)) this.#wait(around(this.#random, this.#habits.pause, 0.8) * 1000);
    return keys.length;
  }

  #edit(file: number, offset: number, deleted: number, inserted: string, origin: Origin, selected = 0): void {
    this.#buffers[file].apply({ offset, deleted, inserted });
    this.#steps.push({
      kind: 'edit',
      t: this.#now,
      file,
      origin,
      originConfidence: origin === 'typed' ? 0.98 : 0.9,
      selections: [{ anchor: offset + selected, active: offset }],
      visible: [{ start: 0, end: 40 }],
      changes: [{ offset, deleted, inserted: mint(inserted) }],
    });
  }

  #run(line: string, exitCode: number, output: string): void {
    const start = this.#now;
    this.#wait(around(this.#random, 4000, 1));
    this.#push('terminal', {
      kind: 'command',
      t: this.#now,
      start,
      line: mint(line),
      cwd: mint('.'),
      exitCode,
      output: mint(output),
      columns: 80,
      outputStatus: 'complete',
      outputBytes: Buffer.byteLength(output),
      reported: null,
    });
  }

  #lineStart(file: number): number {
    const lines = this.#buffers[file].toString().split('\n');
    const before = lines.slice(0, this.#random.below(lines.length));
    return before.reduce((sum, line) => sum + Array.from(line).length + 1, 0);
  }

  #some(count: number): string {
    return Array.from({ length: count }, () => `${this.#random.pick(this.#lines)}\n`).join('');
  }

  #wait(milliseconds: number): void {
    this.#now += Math.round(milliseconds);
  }
}

function bound(random: Random) {
  return { chance: (share: number) => random.chance(share), below: (count: number) => random.below(count) };
}
