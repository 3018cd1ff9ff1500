import type { Step, Trajectory } from '../../src/trajectory/record.ts';
import { RecordBuilder } from './records.ts';

const files = {
  'package.json': '{"type":"module","scripts":{"test":"node --test"}}\n',
  'twice.js': 'export function twice(x) {\n  return x * 3;\n}\n',
  'twice.test.js':
    "import { equal } from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { twice } from './twice.js';\ntest('once', () => equal(1, 1));\ntest('doubles', () => equal(twice(4), 8));\n",
};

interface Variation {
  /** What takes the place of the wrong line. */
  answer?: string;
  /** In front of twice.js. */
  head?: string;
  /** Other texts of the files at the beginning. */
  texts?: Partial<typeof files>;
  command?: string;
  /** A file that the record does not hold. */
  without?: keyof typeof files;
  /** Where twice.js lies. */
  path?: string;
  status?: Trajectory['outcome']['status'];
  hindsight?: boolean;
  environment?: Partial<Record<'repo' | 'base_commit', string>>;
  record?: Partial<Trajectory>;
}

/** A record of the smallest task there is, which runs on Node alone: a test fails, a line is corrected, it passes. */
export function solvedTask(variation: Variation = {}): Trajectory {
  const { answer = 'return x * 2;', head = '', without, path = 'twice.js', status = 'succeeded' } = variation;
  const { command = 'npm test', texts = {} } = variation;
  const held = (Object.keys(files) as (keyof typeof files)[]).filter((name) => name !== without);
  const starts = held.map((name) => {
    const text = texts[name] ?? files[name];
    const base = name === 'twice.js' ? head + text : text;
    return { path: name === 'twice.js' ? path : name, base, language: 'javascript' };
  });
  const tests = (twice: 'failed' | 'passed') =>
    [
      { name: 'once', status: 'passed' },
      { name: 'doubles', status: twice },
    ] as unknown as Step['tests'];
  const builder = new RecordBuilder('solved', starts)
    .run(command, 1, 'x doubles\n', tests('failed'))
    .replace(held.indexOf('twice.js'), 'return x * 3;', answer);
  const testFile = held.indexOf('twice.test.js');
  if (testFile >= 0) builder.edit(testFile, [{ offset: 0, deleted: 0, inserted: '// more\n' }]);
  builder.run(command, 0, 'ok\n', tests('passed'));
  const test = { flaky: false, present_at_base: true };
  const { environment } = builder.build();
  return builder.build({
    instruction: {
      text: 'Twice is two times' as Step['message'],
      source: variation.hindsight ? 'commit' : 'user',
      hindsight: variation.hindsight ?? false,
      available_from_step: 0,
    },
    environment: { ...environment, ...(variation.environment as Partial<Trajectory['environment']>) },
    outcome: {
      status,
      basis: 'test_names',
      evidence: [0, 1, testFile >= 0 ? 3 : 2],
      tests: [
        { ...test, name: 'once', before: 'passed', after: 'passed' },
        { ...test, name: 'doubles', before: 'failed', after: 'passed' },
      ] as unknown as Trajectory['outcome']['tests'],
      diagnostics_resolved: null,
      committed: null,
      reverted: false,
      observed_until_step: 2,
    },
    ...variation.record,
  });
}
