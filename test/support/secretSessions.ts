/** Random sessions in which secrets stand in a recognisable place once, and then anywhere and in any form. */
import fc from 'fast-check';
import { exampleFormats } from '../../src/examples/formats.ts';
import { redactTask } from '../../src/redaction/redactTask.ts';
import type { KnownValue, SessionEvent } from '../../src/session/events.ts';
import { buildHistory } from '../../src/session/history/buildHistory.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { type Action, ordinaryAction } from './histories.ts';
import { meta } from './tasks.ts';

export const base = 'export function total(list) {\n  return list.length;\n}\n';

/** Ways in which a program may print a value. */
const forms = {
  plain: (text: string) => text,
  base64: (text: string) => Buffer.from(text).toString('base64'),
  basic: (text: string) => Buffer.from(`user:${text}`).toString('base64'),
  shifted: (text: string) => Buffer.from(`pw:${text}\n`).toString('base64'),
  hex: (text: string) => Buffer.from(text).toString('hex'),
  url: (text: string) => `https://example.com/?q=${encodeURIComponent(text)}`,
  json: (text: string) => JSON.stringify({ value: text }),
  html: (text: string) => `<b>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</b>`,
  coloured: (text: string) => `\x1b[33m${text.slice(0, 5)}\x1b[1m${text.slice(5)}\x1b[0m`,
  corrected: (text: string) => `${text.slice(0, 4)}?\b${text.slice(4)}`,
  rewritten: (text: string) => `...\r${text}`,
  wrapped: (text: string) => `${'-'.repeat(74)} ${text}`,
  traced: (text: string) =>
    `src/a.js:3:${text.length + 9}\n  f('${text}'); x\n  ${' '.repeat(text.length + 7)}^\nError (${text.length} bytes)\n  at a (src/a.js:3:${text.length + 9})`,
};
export type Form = keyof typeof forms;

/** Where rules recognise a value. */
export const places = {
  token: { prefix: 'ghp_', lengths: [36, 60], line: (s: string, n: number) => `const github${n} = '${s}';` },
  password: { prefix: '', lengths: [12, 40], line: (s: string, n: number) => `const password${n} = "${s}";` },
  key: { prefix: '', lengths: [14, 40], line: (s: string, n: number) => `  api_key_${n}: '${s}',` },
  url: {
    prefix: '',
    lengths: [12, 30],
    line: (s: string, n: number) => `open("postgres://u${n}:${s}@db.example.com/x")`,
  },
} as const;
export type Place = keyof typeof places;

export interface Secret {
  place: Place;
  text: string;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
/** A GitHub token is whole from 36 characters behind its prefix on. */
const tooShort = 36;

// Not `fc.string`, which likes to draw words such as `toString`: they would be no secrets.
const body = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...letters), { minLength: min, maxLength: max })
    .map((drawn) => drawn.join(''))
    .filter((text) => new Set(text).size >= 8 && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text));

export function secretAt(place: Place): fc.Arbitrary<Secret> {
  const { prefix, lengths } = places[place];
  return body(...(lengths as unknown as [number, number])).map((text) => ({ place, text: prefix + text }));
}
export const anyPlace = fc.constantFrom(...(Object.keys(places) as Place[]));
export const anySecret = anyPlace.chain(secretAt);

/** What happens, with secrets named by their number. */
export type Act =
  | { kind: 'ordinary'; action: Action }
  | { kind: 'plant'; secret: number; at: number; typed: boolean; typo: number | null; abandoned: number | null }
  | { kind: 'echo'; secret: number; form: Form; cuts: number[] }
  | {
      kind: 'mention';
      secret: number;
      where:
        | 'command'
        | 'report'
        | 'merge'
        | 'branch'
        | 'diagnose'
        | 'throw'
        | 'rename'
        | 'note'
        | 'copy'
        | 'split'
        | 'cell';
    };

const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

interface ActOptions {
  /** Without these, whole lines stay whole. */
  ordinary?: boolean;
  abandon?: boolean;
}

export function acts(secrets: number, { ordinary = true, abandon = true }: ActOptions = {}): fc.Arbitrary<Act[]> {
  const secret = fc.nat(secrets - 1);
  const plant = (which: fc.Arbitrary<number>, whole: boolean) =>
    fc.record({
      kind: fc.constant('plant' as const),
      secret: which,
      at: fraction,
      typed: fc.boolean(),
      typo: fc.option(fraction, { nil: null, freq: 2 }),
      abandoned: whole ? fc.constant(null) : fc.option(fraction, { nil: null, freq: 3 }),
    });
  const other: fc.Arbitrary<Act>[] = [
    plant(secret, !abandon),
    fc.record({
      kind: fc.constant('echo' as const),
      secret,
      form: fc.constantFrom(...(Object.keys(forms) as Form[])),
      cuts: fc.array(fraction, { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('mention' as const),
      secret,
      where: fc.constantFrom(
        'command' as const,
        'report',
        'merge',
        'branch',
        'diagnose',
        'throw',
        'rename',
        'note',
        'copy',
        'split',
        'cell',
      ),
    }),
    ...(ordinary
      ? [ordinaryAction.map((action) => ({ kind: 'ordinary' as const, action }))]
      : [fc.constantFrom('undo' as const, 'redo').map((kind) => ({ kind: 'ordinary' as const, action: { kind } }))]),
  ];
  // Each secret stands whole in its place at least once: what no rule ever sees is not promised.
  const first = fc.tuple(...Array.from({ length: secrets }, (_, number) => plant(fc.constant(number), true)));
  return fc
    .tuple(
      first,
      fc.array(fc.oneof(...other), { maxLength: 10 }),
      fc.array(fraction, { minLength: secrets, maxLength: secrets }),
    )
    .map(([plants, rest, positions]) => {
      const all = [...rest];
      for (const [i, one] of plants.entries()) all.splice(Math.floor(positions[i] * (all.length + 1)), 0, one);
      return all;
    });
}

/** The acts as actions, for these secrets. */
export function actionsOf(acted: readonly Act[], secrets: readonly Secret[]): Action[] {
  return acted.map((act) => (act.kind === 'ordinary' ? act.action : actionOf(act, secrets[act.secret])));
}

function actionOf(act: Exclude<Act, { kind: 'ordinary' }>, { place, text }: Secret): Action {
  switch (act.kind) {
    case 'plant': {
      const line = places[place].line(text, act.secret);
      const start = line.indexOf(text);
      // Within the secret, and behind the point where a rule knows it.
      const within = (part: number, from: number, to = text.length) => start + from + Math.floor(part * (to - from));
      const isAbandoned = act.abandoned !== null && act.typed;
      const end = isAbandoned
        ? within(act.abandoned as number, places[place].prefix.length + 6, Math.min(text.length, tooShort))
        : line.length;
      const slip = act.typo === null ? null : (within(act.typo, 1) + 0.5) / line.length;
      return {
        kind: 'line',
        at: act.at,
        text: line.slice(0, end),
        typed: act.typed,
        typo: isAbandoned ? null : slip,
      };
    }
    case 'echo':
      return {
        kind: 'run',
        line: 'npm run show',
        output: `value ${forms[act.form](text)}\r\nend\r\n`,
        cuts: act.cuts,
      };
    case 'mention':
      return mention(act.where, text);
  }
}

function mention(where: Extract<Act, { kind: 'mention' }>['where'], text: string): Action {
  switch (where) {
    case 'command':
      return { kind: 'run', line: `npm run check ${text}`, output: 'ok\r\n', cuts: [] };
    case 'report':
      return { kind: 'run', line: 'npm test', output: 'ok\r\n', cuts: [], reported: `signs > takes ${text}` };
    case 'merge':
      return { kind: 'merge', message: `Use ${text} for now`, branch: 'main' };
    case 'branch':
      return { kind: 'merge', message: 'Merge', branch: `try/${text}` };
    case 'diagnose':
      return { kind: 'diagnose', message: `Cannot find name '${text}'` };
    case 'throw':
      return { kind: 'throw', message: `Error: ${text} is wrong\n    at use` };
    case 'rename':
      return { kind: 'rename', to: `src/${text}.ts` };
    case 'note':
      return { kind: 'note', text: `see ${text}` };
    case 'cell':
      return { kind: 'cell', output: `\x1b[32m${text}\x1b[0m\nNone` };
    case 'split': {
      const half = text.length >> 1;
      const joined = `join('${text.slice(0, half)}' + '${text.slice(half)}')`;
      return { kind: 'line', at: 0.3, text: joined, typed: false, typo: null };
    }
    case 'copy':
      return { kind: 'line', at: 0.5, text: `run(x, ${text})`, typed: false, typo: null };
  }
}

export interface Sealed {
  trajectories: Trajectory[];
  /** Everything that would be written. */
  rows: object[];
}

/** What becomes of the events, from history to rows. */
export async function sealed(events: SessionEvent[], known: readonly KnownValue[] = []): Promise<Sealed> {
  const { tasks, faults } = buildHistory(events);
  if (faults.length > 0) throw new Error(faults.join('; '));
  const trajectories: Trajectory[] = [];
  for (const task of tasks) {
    const { task: redacted, placeholders } = await redactTask(task, known);
    trajectories.push(...buildTrajectories(redacted, { ...meta, redaction: { ...meta.redaction, placeholders } }));
  }
  const examples = trajectories.flatMap((trajectory) => exampleFormats.flatMap(({ derive }) => derive(trajectory)));
  return { trajectories, rows: [...trajectories, ...examples] };
}

/** All texts in a value, but for ids and hashes, which are drawn or of redacted text. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return /^[0-9a-f]{32}(?:[0-9a-f]{32})?$/.test(value) ? [] : [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}
