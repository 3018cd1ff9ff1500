/** Random tasks of several files, with everything that happens in one: for laws of what is made of whole records. */
import fc from 'fast-check';
import type { Redacted } from '../../src/redaction/redacted.ts';
import { codePointLength } from '../../src/session/codePoints.ts';
import type { Origin, Task } from '../../src/session/task.ts';
import { TaskBuilder } from './tasks.ts';

const files = {
  'src/a.ts': 'export const a = 1;\nexport const b = 2;\n',
  'src/b.ts': "import { a } from './a';\n\nuse(a);\n// 👋\n",
  'src/a.test.ts': "test('works', () => a());\n",
  'package.json': '{ "scripts": { "test": "node --test" } }\n',
};
const paths = Object.keys(files);

const place = fc.double({ min: 0, max: 1, noNaN: true });
const file = fc.nat(paths.length - 1);
const text = fc.constantFrom('', 'x', 'value();\n', '\n', 'const c = 3;\nconst d = 4;\n', '😀', 'use(b);\r\n');
const origin = fc.constantFrom<Origin>('typed', 'typed', 'pasted', 'agent', 'formatter', 'undo');

export type Deed =
  | { kind: 'edit'; file: number; at: number; deleted: number; inserted: string; origin: Origin }
  | { kind: 'back'; file: number }
  /** Takes a text out wherever it stands whole. */
  | { kind: 'erase'; file: number; text: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'test'; isRed: boolean; named: boolean; command: 'npm test' | 'npm run test:one'; seconds: number }
  | { kind: 'run'; command: string; output: string }
  | { kind: 'cell'; file: number }
  | { kind: 'diagnose'; messages: string[] }
  | { kind: 'look'; file: number; start: number }
  | { kind: 'rename'; file: number; to: number }
  | { kind: 'renameFolder' }
  | { kind: 'removeOrCreate'; file: number }
  | { kind: 'commit'; message: string }
  | { kind: 'branch'; name: string }
  | { kind: 'gap' };

const edit = fc.record({
  kind: fc.constant('edit' as const),
  file,
  at: place,
  deleted: fc.nat(8),
  inserted: text,
  origin,
});
const test = fc.record({
  kind: fc.constant('test' as const),
  isRed: fc.boolean(),
  named: fc.boolean(),
  command: fc.constantFrom('npm test' as const, 'npm test' as const, 'npm run test:one' as const),
  seconds: fc.constantFrom(0.5, 3, 20),
});
export const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: edit },
  { weight: 5, arbitrary: test },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('back' as const), file }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(2, 15, 400) }) },
  fc.record({
    kind: fc.constant('run' as const),
    command: fc.constantFrom('npx tsc', 'node --version', 'git status'),
    output: fc.constantFrom('', 'v24.1.0\n', 'src/a.ts:1:2 - error\nb.ts:3:1\n', 'src/b.ts(2,1): error TS1\n'),
  }),
  fc.record({ kind: fc.constant('cell' as const), file }),
  fc.record({
    kind: fc.constant('diagnose' as const),
    messages: fc.subarray(['no name', 'no type', 'unused']),
  }),
  fc.record({ kind: fc.constant('look' as const), file, start: fc.nat(2) }),
  fc.record({ kind: fc.constant('rename' as const), file, to: fc.nat(3) }),
  fc.constant({ kind: 'renameFolder' as const }),
  fc.record({ kind: fc.constant('removeOrCreate' as const), file }),
  fc.record({ kind: fc.constant('commit' as const), message: fc.constantFrom('Mend it', 'Try\n\nFixes #12') }),
  fc.record({ kind: fc.constant('branch' as const), name: fc.constantFrom('main', '12-mend-it') }),
  fc.constant({ kind: 'gap' as const }),
);
export const deeds = fc.array(deed, { minLength: 1, maxLength: 24, size: 'max' });

/** @param told what the person says that it is about. */
export function taskOf(done: readonly Deed[], told: string | null = null): Task<Redacted> {
  const builder = new TaskBuilder(files);
  const names = [...paths];
  if (told !== null) builder.instruct(told);
  const write = (target: number, offset: number, deleted: number, inserted: string, by: Origin) => {
    if (deleted > 0 || inserted !== '') builder.edit(offset, deleted, inserted, target, by);
  };
  for (const one of done) {
    const now = 'file' in one ? builder.textOf(one.file) : null;
    switch (one.kind) {
      case 'edit': {
        if (now === null) break;
        const length = codePointLength(now);
        const offset = Math.floor(one.at * length);
        write(one.file, offset, Math.min(one.deleted, length - offset), one.inserted, one.origin);
        break;
      }
      case 'back':
        if (now !== null) write(one.file, 0, codePointLength(now), Object.values(files)[one.file], 'undo');
        break;
      case 'erase': {
        const at = now?.indexOf(one.text) ?? -1;
        if (now === null || at < 0) break;
        write(one.file, codePointLength(now.slice(0, at)), codePointLength(one.text), '', 'typed');
        break;
      }
      case 'wait':
        builder.wait(one.seconds);
        break;
      case 'test': {
        const { command, isRed, named, seconds } = one;
        const results = named
          ? { results: [{ name: 'works', status: isRed ? ('failed' as const) : ('passed' as const) }], complete: true }
          : null;
        builder.run(command, isRed ? 1 : 0, seconds, isRed ? 'src/a.ts:2:1 not ok' : 'ok', '.', results);
        break;
      }
      case 'run':
        builder.run(one.command, 0, 1, one.output);
        break;
      case 'cell':
        if (now !== null) builder.runCell(true, one.file);
        break;
      case 'diagnose':
        if (builder.textOf(0) !== null) builder.diagnose(...one.messages);
        break;
      case 'look':
        if (now !== null) builder.look(one.start, one.start + 1, one.file);
        break;
      case 'rename': {
        const to = `src/moved${one.to}.${one.file}.ts`;
        builder.rename(names[one.file], to, one.file);
        names[one.file] = to;
        break;
      }
      case 'renameFolder': {
        const [from, to] = names.some((name) => name.startsWith('src/')) ? ['src', 'lib'] : ['lib', 'src'];
        builder.rename(from, to);
        for (const [i, name] of names.entries()) names[i] = name.replace(new RegExp(`^${from}/`), `${to}/`);
        break;
      }
      case 'removeOrCreate':
        if (now === null) builder.create(one.file);
        else builder.remove(one.file);
        break;
      case 'commit':
        builder.commit(one.message);
        break;
      case 'branch':
        builder.git('checkout', one.name);
        break;
      case 'gap':
        builder.gap('paused');
        break;
    }
  }
  const task = builder.task();
  // Of what nothing changes no text goes on, as at sealing.
  const held = new Set(
    task.steps.flatMap((step) => {
      const isHeld = step.kind === 'edit' || step.kind === 'cell_run' || (step.kind === 'file' && step.to === null);
      return isHeld ? [step.file] : [];
    }),
  );
  for (const [i, one] of task.files.entries()) {
    if (!held.has(i) && one.path !== 'package.json') Object.assign(one, { base: null, final: null });
  }
  return task;
}
