import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as z from 'zod';
import { undatedReceipt } from '../../../src/consent/receipt.ts';
import { privacyFaults, privacyText } from '../../../src/dataset/privacyFaults.ts';
import { type FieldKind, kindOf, type Plan, planOf } from '../../../src/dataset/privacyFields.ts';
import { recordSchemas } from '../../../src/dataset/schemas.ts';
import { publicationPrivacy } from '../../../src/dataset/store.ts';
import { exportFormats } from '../../../src/examples/formats.ts';
import { type Trajectory, trajectory } from '../../../src/trajectory/record.ts';
import { fakeIpv6, fakeMac, fakeMail, fakeWord } from '../../support/people.ts';
import { anyWork, publicationOf, RecordBuilder } from '../../support/records.ts';

const schemas: Record<string, z.ZodObject> = {
  ...recordSchemas,
  ...Object.fromEntries(exportFormats.map(({ name, schema }) => [name, schema])),
  receipt: undatedReceipt,
};

/** Every string that is not closed by its schema, with the keys that lead to it, `[]` for the elements of a list. */
function* stringsOf(schema: z.core.$ZodType, path: string[]): Iterable<{ path: string[]; kind: FieldKind | null }> {
  if (z.globalRegistry.get(schema)?.column === 'json') return;
  if (schema instanceof z.ZodNullable) yield* stringsOf(schema.unwrap(), path);
  else if (schema instanceof z.ZodArray) yield* stringsOf(schema.element, [...path, '[]']);
  else if (schema instanceof z.ZodObject) {
    for (const [key, type] of Object.entries(schema.shape)) yield* stringsOf(type, [...path, key]);
  } else if (schema instanceof z.ZodString && !schema._zod.def.checks?.length) {
    yield { path, kind: kindOf(path.filter((key) => key !== '[]')) };
  }
}

/** A row that holds nothing but the value in its place. */
function rowWith(path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const inner = rowWith(path.slice(1), value);
  return path[0] === '[]' ? [inner] : { [path[0]]: inner };
}

const day = () => new Date(Date.UTC(2026, 4, 4, 3, 2, 1) + Math.floor(Math.random() * 1e10));
/** What a field of each kind must not hold, whatever else it is. */
const tellTales: Record<string, { values: () => string[]; kinds: FieldKind[] }> = {
  'a clock time': {
    values: () => [day().toISOString(), day().toISOString().slice(11, 19), day().toISOString().slice(11, 16)],
    kinds: ['word', 'version', 'policy', 'spdx', 'remote', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'a time since the epoch': {
    values: () => [String(day().getTime()), String(Math.floor(day().getTime() / 1000))],
    kinds: ['word', 'spdx', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'a time zone': {
    values: () => ['Europe/Berlin', 'America/Argentina/Ushuaia', 'UTC', '+02:00'],
    kinds: ['word', 'version', 'policy', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'a fine duration': { values: () => ['1.234 s', '250ms', '12 min'], kinds: ['word', 'spdx', 'hash', 'id', 'quarter'] },
  'an absolute path': {
    values: () => [
      `/home/${fakeWord()}/x`,
      `C:\\Users\\${fakeWord()}`,
      `~/${fakeWord()}`,
      `/srv/${fakeWord()}`,
      'file:///x',
    ],
    kinds: ['path', 'word', 'version', 'policy', 'spdx', 'remote', 'image', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'an e-mail address': {
    values: () => [fakeMail()],
    kinds: ['path', 'word', 'version', 'policy', 'spdx', 'remote', 'image', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'a host': {
    values: () => [`${fakeWord()}.build.${fakeWord()}.com`, `${fakeWord()}.corp`, `${fakeWord()}.local`],
    kinds: ['word', 'version', 'policy', 'spdx', 'image', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'a network address': {
    values: () => [fakeIpv6(), fakeMac()],
    kinds: ['word', 'version', 'policy', 'hash', 'id', 'quarter', 'placeholder'],
  },
  'an identifier': {
    values: () => [randomUUID()],
    kinds: ['word', 'version', 'policy', 'spdx', 'remote', 'image', 'hash', 'id', 'quarter', 'placeholder'],
  },
};

describe('privacy of fields', () => {
  for (const [name, schema] of Object.entries(schemas)) {
    const strings = [...stringsOf(schema, [name])];

    it(`${name}: every string that may be anything is declared`, () => {
      for (const { path, kind } of strings) assert.ok(kind, `say in privacyFields.ts what ${path.join('.')} may hold`);
    });

    it(`${name}: no number tells a time`, () => {
      const names = JSON.stringify(z.toJSONSchema(schema)).matchAll(/"(\w+)":\{[^{}]*"type":"(?:number|integer)"/g);
      // A limit is set, not measured.
      for (const [, field] of [...names].filter(([, field]) => field !== 'time_limit_seconds'))
        assert.doesNotMatch(field, /time|date|(?:^|_)(?:at|ms)$|second|duration|elapsed|clock/);
    });

    it(`${name}: what tells of somebody is found in each structured field, and its value is not repeated`, () => {
      for (const [what, { values, kinds }] of Object.entries(tellTales)) {
        for (const { path, kind } of strings) {
          if (!kind || !kinds.includes(kind)) continue;
          for (const value of values()) {
            const row = rowWith(path.slice(1), value);
            const faults = privacyFaults({ name, type: schema }, row);
            assert.equal(faults.length, 1, `${what} in ${path.join('.')}: ${value}`);
            assert.ok(!privacyText(faults).includes(value));
            assert.equal(faults[0].field.replace(/\[0\]/g, '.[]'), path.slice(1).join('.'));
          }
        }
      }
    });
  }

  it('are found in numbers that are instants', () => {
    const type = z.strictObject({ deep: z.array(z.strictObject({ n: z.int().nullable() })), share: z.number() });
    const now = day().getTime();
    const faults = privacyFaults({ name: 'novel', type }, { deep: [{ n: now }, { n: null }], share: now / 1000 });
    assert.deepEqual(faults, [
      { field: 'deep[0].n', fault: 'a clock time' },
      { field: 'share', fault: 'a clock time' },
    ]);
    assert.deepEqual(privacyFaults({ name: 'novel', type }, { deep: [{ n: 4_194_304 }], share: 0.5 }), []);
  });

  it('are of the strictest kind where nobody said what they are', () => {
    const plan: Plan = planOf(z.strictObject({ novel: z.string() }), ['trajectory']);
    assert.deepEqual(plan, { fields: [['novel', { string: null }]] });
    const row = { a: [{ b: '/srv/x' }], id: '0'.repeat(32), free: 'words and words'.repeat(9) };
    assert.deepEqual(privacyFaults(null, row), [
      { field: 'a[0].b', fault: 'an absolute path' },
      { field: 'free', fault: 'not in the form of its field' },
    ]);
  });

  it('are clean in every record that the pipeline may write', () => {
    fc.assert(
      fc.property(anyWork, (record) => {
        assert.deepEqual(publicationPrivacy(publicationOf(record)), []);
      }),
    );
  });

  it('may hold versions, words and names as tools and people write them', () => {
    const values: [string, string[]][] = [
      [
        'environment.tools.[].version',
        ['24.1.0', '1.22.1', '17.0.9+9-Ubuntu-122.04.1', '3.13.0rc2', '1.84.0-nightly', '10.0.100-preview.1.25120.13'],
      ],
      ['environment.tools.[].name', ['golangci-lint', 'c++', 'rust-analyzer']],
      ['files.[].language', ['jinja-html', 'c++', 'vue-postcss', 'objective-c', 'plaintext', 'ssh_config']],
      ['files.[].encoding', ['utf8', 'utf8bom', 'windows1252', 'iso88591', 'shiftjis', 'utf16le']],
      ['files.[].license_spdx', ['MIT', '(MIT OR Apache-2.0)', 'GPL-2.0-only WITH Classpath-exception-2.0']],
      [
        'files.[].path',
        [
          'img/logo@2x.png',
          'app/[id]/home/page.tsx',
          'db/20261126020321_add.rb',
          'analysis.ipynb#3',
          '~backup',
          'a b/ü.ts',
        ],
      ],
      ['steps.[].cwd', ['.', 'packages/core', '/workspace0001', '..']],
      ['steps.[].runner', ['npm', 'node --test', 'cargo-nextest']],
      [
        'redaction.placeholders.[].placeholder',
        [
          'REDACTED_SECRET_0001',
          '/home/user0001',
          '/workspace0001',
          '192.0.2.1',
          'user0001@example.com',
          '2001:db8::1',
          '00:00:5E:00:53:01',
          '+1-555-0100',
          '9000000001',
        ],
      ],
      ['consent.policy_version', ['2', '2026-04-01']],
      ['environment.repo', ['https://github.com/owner/name', 'owner/name', 'git@github.com:owner/name.git']],
    ];
    for (const [path, texts] of values) {
      for (const text of texts) {
        const row = rowWith(path.split('.'), text);
        assert.deepEqual(privacyFaults({ name: 'trajectory', type: trajectory }, row), [], text);
      }
    }
  });

  it('hold no account, host or folder that is known, in any case', () => {
    const [account, machine] = [fakeWord(), fakeWord()];
    const known = [
      { type: 'user' as const, value: account },
      { type: 'host' as const, value: `${machine}.example` },
      { type: 'user' as const, value: 'ruby' },
      { type: 'user' as const, value: 'root' },
    ];
    const faultsOf = (language: string) =>
      privacyFaults({ name: 'trajectory', type: trajectory }, { files: [{ language }] } as unknown as Trajectory, known)
        .length;
    assert.deepEqual(
      [account, machine.toUpperCase(), `x.${account}`, 'ruby', 'root', 'typescript'].map(faultsOf),
      [1, 1, 1, 0, 0, 0],
    );
  });

  it('are looked at in what examples hold as JSON, too', () => {
    const record = new RecordBuilder('json', [{ path: 'a.ts', base: 'x' }]).replace(0, 'x', 'y').build();
    const { examples } = publicationOf(record);
    const [{ rows, format }] = examples.filter(({ rows, format }) => rows.length > 0 && format.startsWith('agent'));
    const text = JSON.stringify(rows[0]).replaceAll('"a.ts"', '"/srv/a.ts"');
    assert.notEqual(text, JSON.stringify(rows[0]));
    const faults = privacyFaults({ name: format, type: recordSchemas[format] }, JSON.parse(text));
    assert.ok(faults.length > 0 && faults.every(({ fault }) => fault === 'an absolute path'));
  });

  it('takes how much a program printed for no clock time', () => {
    const row = rowWith(['steps', '[]', 'output_bytes'], 1_700_000_000);
    assert.deepEqual(privacyFaults({ name: 'trajectory', type: trajectory }, row), []);
    const version = rowWith(['steps', '[]', 'doc_version'], 1_700_000_000);
    assert.equal(privacyFaults({ name: 'trajectory', type: trajectory }, version).length, 1);
  });
});
