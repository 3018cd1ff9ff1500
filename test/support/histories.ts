/**
 * Random sessions, with secrets that are typed, pasted, abandoned, corrected, split, moved, renamed, undone, wrapped, echoed
 * and encoded.
 */
import fc from 'fast-check';
import type { Happening } from '../../src/session/capture/taskStream.ts';
import type { SessionEvent, SessionEventOf } from '../../src/session/events.ts';

/** What a person does to a document. Positions are fractions of what is there. */
export type Action =
  | { kind: 'type'; at: number; text: string; typo: number | null }
  | { kind: 'paste'; at: number; text: string }
  | { kind: 'delete'; at: number; length: number }
  | { kind: 'move'; from: number; length: number; to: number }
  | { kind: 'undo' }
  | { kind: 'redo' }
  /** Goes onto a line of its own, so that what stands around it cannot hide what it is. */
  | { kind: 'line'; at: number; text: string; typed: boolean; typo: number | null }
  /** The output comes in pieces, cut at the fractions; a report may name a test. */
  | { kind: 'run'; line: string; output: string; cuts: number[]; reported?: string }
  | { kind: 'merge'; message: string; branch: string }
  | { kind: 'diagnose'; message: string }
  /** An exception in a debugger, at the beginning of the document. */
  | { kind: 'throw'; message: string }
  | { kind: 'rename'; to: string }
  /** Another file, without edits' ways. */
  | { kind: 'note'; text: string }
  | { kind: 'cell'; output: string };

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const typo = fc.option(fraction, { nil: null, freq: 2 });
const ordinaryText = fc
  .array(
    fc.constantFrom(
      'const value = list.map((item) => item.name);\n',
      'return total + 1;',
      'if (index < length) {\n  next();\n}\n',
      ' // a comment',
      '\n',
      '',
      'é😀',
      '\r\n',
      'for (const entry of entries)',
      '"plain text"',
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

export const ordinaryAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), at: fraction, text: ordinaryText, typo }),
  fc.record({ kind: fc.constant('paste' as const), at: fraction, text: ordinaryText }),
  fc.record({ kind: fc.constant('delete' as const), at: fraction, length: fc.nat(12) }),
  fc.record({ kind: fc.constant('move' as const), from: fraction, length: fc.nat(20), to: fraction }),
  fc.constant({ kind: 'undo' as const }),
  fc.constant({ kind: 'redo' as const }),
);

export const ordinaryActions = fc.array(ordinaryAction, { maxLength: 12 });

/** A secret, and a line of code that it stands in. */
export interface Planted {
  secret: string;
  line: string;
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** As keys are: nobody draws one of three letters. */
const random = (minLength: number, maxLength = minLength, letters = alphanumeric) =>
  fc
    .string({ unit: fc.constantFrom(...letters), minLength, maxLength })
    .filter((text) => new Set(text).size >= 8 && /\d/.test(text) && /[A-Za-z]/.test(text));

export const planted: fc.Arbitrary<Planted> = fc.oneof(
  random(36).map((body) => ({ secret: `ghp_${body}`, line: `const github = 'ghp_${body}';` })),
  random(16, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567').map((body) => ({
    secret: `AKIA${body}`,
    line: `client("AKIA${body}")`,
  })),
  random(12, 40, `${alphanumeric}!#%+-_`).map((secret) => ({ secret, line: `const password = "${secret}";` })),
  random(12, 40, `${alphanumeric}-_`).map((secret) => ({ secret, line: `  api_key: '${secret}',` })),
  random(12, 30).map((secret) => ({ secret, line: `open("postgres://app:${secret}@db.example.com/main")` })),
);

/** How a text is brought into the document: whole, or given up half way. */
export const plantedAction = fc
  .record({
    planted,
    at: fraction,
    typed: fc.boolean(),
    typo,
    given: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fraction }),
  })
  .map(({ planted: { secret, line }, at, typed, typo: slip, given }) => {
    const start = line.indexOf(secret);
    // Given up: only when typed, and behind the point where it can be recognised.
    const end = given === 1 || !typed ? line.length : start + 4 + Math.floor(given * (secret.length - 4));
    const action: Action = { kind: 'line', at, text: line.slice(0, end), typed, typo: slip };
    return { action, written: line.slice(start, Math.min(end, start + secret.length)) };
  });

export interface EventOptions {
  path?: string;
  /** Places are beginnings of lines, and an action takes a second however much is typed: nothing depends on a length. */
  byLine?: boolean;
}

/** The session events of a document, and what happens around it, when the actions are carried out. */
export function eventsOf(base: string, actions: readonly Action[], options: EventOptions = {}): SessionEvent[] {
  const author = new Author(base, options);
  for (const action of actions) author.act(action);
  return author.events;
}

interface Replacement {
  offset: number;
  length: number;
  text: string;
}

class Author {
  readonly events: SessionEvent[];
  readonly #byLine: boolean;
  #path: string;
  #text: string;
  #note: string | null = null;
  #commands = 0;
  #t = 1_700_000_000_000;
  #done: Replacement[] = [];
  #undone: Replacement[] = [];

  constructor(base: string, { path = 'src/main.ts', byLine = false }: EventOptions) {
    this.#text = base;
    this.#path = path;
    this.#byLine = byLine;
    this.events = [
      {
        kind: 'open',
        t: this.#t,
        doc: 0,
        path,
        language: 'typescript',
        eol: 'lf',
        encoding: 'utf8',
        text: base,
      },
    ];
  }

  act(action: Action): void {
    if (this.#byLine) this.#t += 1000;
    switch (action.kind) {
      case 'type':
        this.#type(this.#place(action.at), action.text, action.typo);
        break;
      case 'paste':
        this.#write({ offset: this.#place(action.at), length: 0, text: action.text });
        break;
      case 'delete': {
        const offset = this.#place(action.at);
        const line = this.#text.indexOf('\n', offset) + 1 || this.#text.length;
        const length = this.#byLine ? line - offset : Math.min(action.length, this.#text.length - offset);
        this.#write({ offset, length, text: '' });
        break;
      }
      case 'move': {
        const offset = this.#place(action.from);
        const moved = this.#text.slice(offset, offset + action.length);
        this.#write({ offset, length: moved.length, text: '' });
        this.#write({ offset: this.#place(action.to), length: 0, text: moved });
        break;
      }
      case 'undo':
        this.#revert(this.#done, this.#undone, 'undo');
        break;
      case 'redo':
        this.#revert(this.#undone, this.#done, 'redo');
        break;
      case 'line': {
        const offset = this.#text.lastIndexOf('\n', this.#place(action.at)) + 1;
        this.#write({ offset, length: 0, text: '\n' });
        if (action.typed) this.#type(offset, action.text, action.typo);
        else this.#write({ offset, length: 0, text: action.text });
        break;
      }
      case 'run':
        this.#run(action);
        break;
      case 'merge':
        this.#push({
          kind: 'git',
          action: 'merge',
          message: action.message,
          branch: action.branch,
          paths: [this.#path],
        });
        break;
      case 'diagnose': {
        const item = { severity: 'error' as const, source: 'checker', code: null, start: 0, end: 1 };
        this.#push({ kind: 'diagnostics', doc: 0, version: 0, items: [{ ...item, message: action.message }] });
        break;
      }
      case 'throw': {
        const { message } = action;
        const place = { path: this.#path, line: 0, exit_code: null };
        this.#push({ kind: 'debug', session: 0, action: 'exception', message, ...place });
        break;
      }
      case 'cell': {
        const run = { success: true, duration: 100, output_status: 'complete' as const };
        const { output } = action;
        this.#push({ kind: 'cell_run', doc: 0, ...run, output, output_bytes: Buffer.byteLength(output) });
        break;
      }
      case 'rename':
        this.#push({ kind: 'file', action: 'rename', path: this.#path, to: action.to });
        this.#path = action.to;
        break;
      case 'note': {
        const doc = 1;
        const facts = { language: 'markdown', eol: 'lf' as const, encoding: 'utf8' };
        if (this.#note === null) this.#push({ kind: 'open', doc, path: 'notes.md', ...facts, text: '# Notes\n' });
        this.#note ??= '# Notes\n';
        const changes = [{ offset: this.#note.length, length: 0, text: `${action.text}\n` }];
        this.#push({ kind: 'edit', doc, version: 0, reason: null, changes, selections: null, visible: null });
        this.#note += `${action.text}\n`;
        break;
      }
    }
  }

  #run({ line, output, cuts, reported }: Extract<Action, { kind: 'run' }>): void {
    const command = this.#commands++;
    this.#push({ kind: 'command_start', command, line, cwd: '.', columns: 80, observed: true });
    const places = [...cuts.map((cut) => Math.round(cut * output.length)), output.length].sort((a, b) => a - b);
    let from = 0;
    for (const to of places) {
      if (to > from) this.#push({ kind: 'command_output', command, data: output.slice(from, to) });
      from = to;
    }
    const results = reported ? [{ name: reported, status: 'passed' as const }] : [];
    if (reported) this.#push({ kind: 'test_report', command, results, complete: true });
    const output_bytes = Buffer.byteLength(output);
    this.#push({ kind: 'command_end', command, exit_code: 0, output_status: 'complete', output_bytes });
  }

  #push(event: Happening): void {
    this.events.push({ ...event, t: this.#t } as SessionEvent);
  }

  #place(fraction: number): number {
    if (!this.#byLine) return Math.round(fraction * this.#text.length);
    const starts = [0, ...Array.from(this.#text.matchAll(/\n/g), ({ index }) => index + 1)];
    return starts[Math.min(starts.length - 1, Math.floor(fraction * starts.length))];
  }

  #type(offset: number, text: string, typo: number | null): void {
    const slip = typo === null ? -1 : Math.floor(typo * text.length);
    let at = offset;
    for (const [index, character] of [...text].entries()) {
      if (index === slip) {
        this.#write({ offset: at, length: 0, text: 'q' });
        this.#write({ offset: at, length: 1, text: '' });
      }
      this.#write({ offset: at, length: 0, text: character });
      at += character.length;
    }
  }

  #write(replacement: Replacement): void {
    this.#undone = [];
    this.#done.push(this.#emit(replacement, null));
  }

  #revert(from: Replacement[], to: Replacement[], reason: 'undo' | 'redo'): void {
    const replacement = from.pop();
    if (replacement) to.push(this.#emit(replacement, reason));
  }

  /** Carries out a replacement and gives the one that takes it back. */
  #emit({ offset, length, text }: Replacement, reason: SessionEventOf<'edit'>['reason']): Replacement {
    const removed = this.#text.slice(offset, offset + length);
    this.#text = this.#text.slice(0, offset) + text + this.#text.slice(offset + length);
    if (!this.#byLine) this.#t += 150;
    this.events.push({
      kind: 'edit',
      t: this.#t,
      doc: 0,
      version: this.events.length,
      reason,
      changes: [{ offset, length, text }],
      selections: [{ anchor: offset, active: offset + length }],
      visible: null,
    });
    return { offset, length: text.length, text: removed };
  }
}
