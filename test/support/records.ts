/** Valid records that replay, for tests: built by hand, or drawn by fast-check. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as z from 'zod';
import { grant } from '../../src/consent/grant.ts';
import { policy } from '../../src/consent/policy.ts';
import type { Receipt, RecordConsent } from '../../src/consent/receipt.ts';
import type { Publication } from '../../src/dataset/store.ts';
import { exampleFormats } from '../../src/examples/formats.ts';
import type { Redacted } from '../../src/redaction/redacted.ts';
import { codePointLength, TextBuffer } from '../../src/session/codePoints.ts';
import type { Change, Origin } from '../../src/session/task.ts';
import { locationsOf } from '../../src/trajectory/locations.ts';
import { type Step, step, type Trajectory, trajectory } from '../../src/trajectory/record.ts';
import { changesText } from '../../src/trajectory/replay.ts';

/** A receipt as the editor keeps it, and its policy. */
export const testPolicy = policy;
export const testReceipt: Receipt = {
  ...grant(policy, new Date('2026-05-04T03:02:01Z')),
  receipt_id: idOf('receipt'),
  rights_basis: 'own',
};

/** An id that is always the same for the same name. */
export function idOf(name: string): string {
  return sha256(name).slice(0, 32);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface FileStart {
  path: string;
  /** Null: the file is not there yet. */
  base: string | null;
  language?: string;
}

/**
 * Puts a record together step by step. Each step replays onto the files, so that what comes out is whole: texts, hashes,
 * counts and split follow from what was done.
 */
export class RecordBuilder {
  readonly #name: string;
  readonly #files: (FileStart & { now: string; text: TextBuffer | null; baseStep: number | null; versions: number })[];
  readonly #steps: Step[] = [];

  constructor(name: string, files: FileStart[]) {
    this.#name = name;
    this.#files = files.map((file) => ({
      ...file,
      now: file.path,
      text: file.base === null ? null : new TextBuffer(file.base),
      baseStep: null,
      versions: 0,
    }));
  }

  /** The text of a file as it stands now; empty where it is not there. */
  text(file: number): string {
    return this.#files[file].text?.toString() ?? '';
  }

  edit(file: number, changes: Change<string>[], origin: Origin = 'typed'): this {
    const state = this.#files[file];
    const before = this.text(file);
    if (state.text === null) {
      this.#step({ kind: 'file', action: 'create', file_id: file, path: state.now as Step['path'] });
      state.text = new TextBuffer();
    }
    for (const change of changes) state.text.apply(change);
    const line = before.slice(0, before.indexOf('\n') + 1);
    return this.#step({
      kind: 'edit',
      file_id: file,
      doc_version: state.versions++,
      origin,
      origin_confidence: origin === 'unknown' ? null : 0.9,
      settled: true,
      surviving_10s: true,
      surviving_30s: true,
      surviving_300s: true,
      surviving_end: true,
      selections: [{ anchor: codePointLength(line), active: codePointLength(line) }],
      visible_lines: [{ start: 0, end: 30 }],
      changes,
    });
  }

  /** An edit that swaps the first `from` for `to`. */
  replace(file: number, from: string, to: string, origin: Origin = 'typed'): this {
    const at = this.text(file).indexOf(from);
    if (at < 0) throw new Error(`${from} is not in the text`);
    const offset = codePointLength(this.text(file).slice(0, at));
    return this.edit(file, [{ offset, deleted: codePointLength(from), inserted: to }], origin);
  }

  /** Types a text at the first occurrence of `at`, one character a change. */
  type(file: number, at: string, typed: string): this {
    const start = codePointLength(this.text(file).slice(0, this.text(file).indexOf(at)));
    const changes = Array.from(typed, (inserted, i) => ({ offset: start + i, deleted: 0, inserted }));
    return this.edit(file, changes);
  }

  remove(file: number): this {
    const state = this.#files[file];
    state.text = null;
    return this.step({ kind: 'file', action: 'delete', file_id: file, path: state.now as Step['path'] });
  }

  /** Moves a file. */
  rename(file: number, to: string): this {
    const state = this.#files[file];
    const [path, to_path] = [state.now, to] as Step['path'][];
    state.now = to;
    return this.step({ kind: 'file', action: 'rename', file_id: file, path, to_path });
  }

  /** What the editor reports, as errors at the start of the file. */
  diagnose(file: number, messages: string[]): this {
    const diagnostics = messages.map((message) => {
      return { severity: 'error', source: 'ts', code: '1', message, start: 0, end: 0 };
    }) as unknown as Step['diagnostics'];
    return this.step({ kind: 'diagnostics', file_id: file, doc_version: this.#files[file].versions, diagnostics });
  }

  run(command: string, exitCode: number, output: string, tests: Step['tests'] = []): this {
    return this.#step({
      kind: tests.length > 0 ? 'test' : 'command',
      elapsed: '<1m',
      duration: '<10s',
      cwd: '.' as Step['cwd'],
      command: command as Step['command'],
      runner: tests.length > 0 ? 'node' : null,
      exit_code: exitCode,
      output: output as Step['output'],
      output_status: 'complete',
      output_bytes: Buffer.byteLength(output),
      tests,
    });
  }

  step(fields: Partial<Step> & Pick<Step, 'kind'>): this {
    return this.#step(fields);
  }

  build(fields: Partial<Trajectory> = {}): Trajectory {
    const projectId = fields.project_id ?? idOf('project');
    const lineage = fields.lineage_key ?? null;
    const inserted = this.#steps.flatMap(({ changes }) => changes.map((change) => change.inserted));
    const edits = this.#steps.filter(({ kind }) => kind === 'edit').length;
    const locations = locationsOf(
      this.#steps,
      this.#files.map(({ path }) => path as Redacted),
    );
    const record: unknown = {
      schema_version: 'understudy-trajectory-v1.0',
      revision: 1,
      trajectory_id: idOf(this.#name),
      task_id: idOf(`task of ${this.#name}`),
      part: 0,
      parts: 1,
      project_id: projectId,
      lineage_key: lineage,
      split_bucket: Number.parseInt(sha256(lineage ?? projectId).slice(0, 8), 16) % 1000,
      consent: testConsent,
      producer: { extension: '0.1.0', vscode: '1.100.0', platform: 'linux' },
      period: '2026-Q2',
      instruction: { text: null, source: null, hindsight: false, available_from_step: null },
      environment: {
        tools: [{ name: 'node', version: '24.1.0' }],
        package_manager: 'npm',
        repo: null,
        base_commit: null,
      },
      files: this.#files.map((file, i) => {
        const final = file.text?.toString() ?? null;
        return {
          file_id: i,
          path: file.path,
          role: 'edited',
          language: file.language ?? null,
          license_spdx: null,
          encoding: 'utf8',
          eol: file.base?.includes('\r\n') ? 'crlf' : 'lf',
          base_step: file.baseStep,
          base_text: file.base,
          final_text: final,
          base_sha256: file.base === null ? null : sha256(file.base),
          final_sha256: final === null ? null : sha256(final),
        };
      }),
      steps: this.#steps.map((one, i) => ({ ...one, locations: locations[i] })),
      gaps: [],
      outcome: {
        status: 'unknown',
        basis: 'none',
        evidence: [],
        tests: [],
        diagnostics_resolved: null,
        committed: null,
        reverted: null,
        observed_until_step: this.#steps.length > 0 ? this.#steps.length - 1 : null,
      },
      quality: {
        code_points: inserted.reduce((sum, text) => sum + codePointLength(text), 0),
        bytes: Buffer.byteLength(inserted.join('')),
        replay_verified: true,
        resyncs: 0,
        edits,
        edits_inserting: edits,
        edits_settled: edits,
        edits_surviving_10s: edits,
        edits_surviving_30s: edits,
        edits_surviving_300s: edits,
        edits_surviving_end: edits,
        origin_share: edits > 0 ? [{ origin: 'typed', share: 1 }] : [],
      },
      redaction: { detector_version: '1', audit: 'clean', placeholders: [] },
      license: { spdx: 'MIT', file: 'LICENSE' },
      ...fields,
    };
    return trajectory.parse(record);
  }

  #step(fields: Partial<StepInput> & Pick<Step, 'kind'>): this {
    const index = this.#steps.length;
    const file = fields.file_id === null || fields.file_id === undefined ? null : this.#files[fields.file_id];
    if (file && changesText({ action: null, ...fields })) file.baseStep ??= index;
    this.#steps.push(step.parse({ ...emptyStep, index, elapsed: '<10s', ...fields }));
    return this;
  }
}

type StepInput = Omit<Step, 'changes'> & { changes: Change<string>[] };

/** Null or none for each key. */
const emptyStep = Object.fromEntries(
  Object.entries(step.shape).map(([key, type]) => [key, type instanceof z.ZodArray ? [] : null]),
);

const testConsent: RecordConsent = {
  source: 'receipt',
  receipt_id: testReceipt.receipt_id,
  policy_version: testReceipt.policy_version,
  signals: testReceipt.signals,
  uses: testReceipt.uses,
  rights_basis: testReceipt.rights_basis,
};

/** A small task with a bit of everything: a failing test, emoji, CRLF, a new and a deleted file, a commit. */
export function sampleRecord(name = 'sample', fields: Partial<Trajectory> = {}): Trajectory {
  const broken = [{ name: 'adds a greeting', status: 'failed' }] as unknown as Step['tests'];
  const mended = [{ name: 'adds a greeting', status: 'passed' }] as unknown as Step['tests'];
  return new RecordBuilder(name, [
    { path: 'src/greet.js', base: "export function greet(name) {\n  return 'Hi ' + nam;\n}\n", language: 'javascript' },
    { path: 'notes.txt', base: '# notes\r\nsay 👋 first\r\n', language: 'plaintext' },
    { path: 'test/greet.test.js', base: null, language: 'javascript' },
    { path: 'old.js', base: 'var gone = 1;\n', language: 'javascript' },
  ])
    .run('npm test', 1, 'ReferenceError: nam is not defined\n    at greet (src/greet.js:2:18)\n', broken)
    .step({
      kind: 'diagnostics',
      file_id: 0,
      doc_version: 0,
      diagnostics: [
        {
          severity: 'error',
          source: 'ts',
          code: '2552',
          message: "Cannot find name 'nam'. Did you mean 'name'?",
          start: 48,
          end: 51,
        },
      ] as unknown as Step['diagnostics'],
    })
    .type(0, ';\n}', 'e')
    .edit(1, [
      { offset: 13, deleted: 1, inserted: '👋🏽' },
      { offset: 9, deleted: 3, inserted: 'wave' },
    ])
    .edit(2, [{ offset: 0, deleted: 0, inserted: "import { greet } from '../src/greet.js';\n" }], 'completion')
    .remove(3)
    .step({
      kind: 'diagnostics',
      file_id: 0,
      doc_version: 1,
      resolved: [
        { severity: 'error', source: 'ts', code: '2552', message: "Cannot find name 'nam'. Did you mean 'name'?" },
      ] as unknown as Step['resolved'],
      resolved_by_step: 2,
    })
    .run('npm test', 0, '✔ adds a greeting\n', mended)
    .step({
      kind: 'git',
      action: 'commit',
      message: 'Greet by the right name' as Step['message'],
      branch: 'main' as Step['branch'],
      paths: ['src/greet.js', 'test/greet.test.js'] as Step['paths'],
    })
    .build({
      instruction: {
        text: 'Greet by the right name' as Step['message'],
        source: 'commit',
        hindsight: true,
        available_from_step: 9,
      },
      outcome: {
        status: 'succeeded',
        basis: 'test_names',
        evidence: [0, 2, 8],
        tests: [
          {
            name: 'adds a greeting' as Trajectory['outcome']['tests'][0]['name'],
            before: 'failed',
            after: 'passed',
            flaky: false,
            present_at_base: true,
          },
        ],
        diagnostics_resolved: 1,
        committed: true,
        reverted: false,
        observed_until_step: 9,
      },
      ...fields,
    });
}

/** Texts that trouble: characters beyond the BMP, line endings of both kinds, controls, what JSON escapes. */
const troublesomeText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '👩‍💻', 'é', '\u2028', '"', '\\', '\u0000', '\u001b[31m', '# ', 'return x;', ' '),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Records with random files and edits. All replay. */
export const anyRecord: fc.Arbitrary<Trajectory> = fc
  .record({
    name: fc.uuid(),
    files: fc.array(fc.option(troublesomeText), { minLength: 1, maxLength: 3 }),
    edits: fc.array(
      fc.record({
        file: fc.nat(),
        changes: fc.array(fc.record({ at: fc.nat(), length: fc.nat(6), inserted: troublesomeText }), { maxLength: 4 }),
      }),
      { maxLength: 6 },
    ),
    output: troublesomeText,
  })
  .map(({ name, files, edits, output }) => {
    const builder = new RecordBuilder(
      name,
      files.map((base, i) => ({ path: `src/file${i}.txt`, base })),
    );
    for (const { file, changes } of edits) {
      const target = file % files.length;
      const text = new TextBuffer(builder.text(target));
      const placed = changes.map(({ at, length, inserted }) => {
        const offset = at % (text.length + 1);
        const change = { offset, deleted: Math.min(length, text.length - offset), inserted };
        text.apply(change);
        return change;
      });
      builder.edit(target, placed);
    }
    return builder.run('npm run build', 0, output).build();
  });

const origins = fc.constantFrom<Origin>(
  'typed',
  'typed',
  'typed',
  'refactoring',
  'undo',
  'formatter',
  'agent',
  'pasted',
);
const codeLines = fc.array(fc.constantFrom('a();\n', 'b();\n', '\n', 'let x = 1;\r\n', '// 👋\n', 'end'), {
  maxLength: 12,
});
const doing = fc.record({
  file: fc.nat(2),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  taken: fc.nat(12),
  put: codeLines,
  isRed: fc.boolean(),
});

/** What a person may do next. */
const anyDeed = fc.oneof(
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('edit' as const), origin: origins, doing }) },
  fc.record({
    deed: fc.constantFrom(
      ...([
        'back',
        'test',
        'test',
        'test',
        'build',
        'build',
        'errors',
        'errors',
        'view',
        'remove',
        'rename',
        'note',
      ] as const),
    ),
    origin: origins,
    doing,
  }),
);

/**
 * Records of work: edits of few different lines, ways back, runs of the same commands, errors, looks, files that are made,
 * moved and deleted. All replay.
 */
export const anyWork: fc.Arbitrary<Trajectory> = fc
  .record({
    name: fc.uuid(),
    files: fc.tuple(codeLines, codeLines),
    deeds: fc.array(anyDeed, { minLength: 1, maxLength: 14, size: 'max' }),
    isPlain: fc.boolean(),
    isTold: fc.boolean(),
  })
  .map(({ name, files, deeds, isPlain, isTold }) => {
    const bases = [...files.map((lines) => lines.join('')), null];
    const builder = new RecordBuilder(
      name,
      bases.map((base, i) => ({ path: `src/my file${i}.js`, base, language: 'javascript' })),
    );
    const known = bases.map((base) => [base ?? '']);
    for (const { deed, origin, doing } of deeds) {
      const { file, isRed } = doing;
      const length = codePointLength(builder.text(file));
      const offset = Math.floor(doing.at * length);
      const by = isPlain ? 'typed' : origin;
      const edit = (inserted: string, start: number, deleted: number) => {
        builder.edit(file, [{ offset: start, deleted, inserted }], by);
        known[file].push(builder.text(file));
      };
      if (deed === 'edit') edit(doing.put.join(''), offset, Math.min(doing.taken, length - offset));
      else if (deed === 'back') edit(known[file][Math.floor(doing.at * (known[file].length - 1))], 0, length);
      else if (deed === 'test') {
        const tests = [{ name: 'works', status: isRed ? 'failed' : 'passed' }] as unknown as Step['tests'];
        builder.run('npm test', isRed ? 1 : 0, isRed ? 'src/my file0.js:1:1\nnot ok' : 'ok', tests);
      } else if (deed === 'build') builder.run('npx tsc', isRed ? 2 : 0, isRed ? 'src/my file1.js(1,1): error' : '');
      else if (deed === 'errors') builder.diagnose(file, isRed ? doing.put.map((line) => `near ${line.trim()}`) : []);
      else if (deed === 'view') builder.step({ kind: 'view', file_id: file, visible_lines: [{ start: 0, end: 3 }] });
      else if (deed === 'remove') builder.remove(file);
      else if (deed === 'rename') builder.rename(file, `src/${doing.put.length} moved${file}.js`);
      else builder.step({ kind: 'note', message: 'hm' as Step['message'] });
    }
    const told = { text: 'Make it work' as Step['message'], hindsight: false, available_from_step: 0 };
    return builder.build(isTold ? { instruction: { ...told, source: 'user' } } : {});
  });

/** A record with all examples that follow from it. */
export function publicationOf(record: Trajectory): Publication {
  return {
    trajectory: record,
    examples: exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(record) })),
  };
}
