import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerPlace, findEngine, getImage } from '../../../src/cli/verification/places.ts';
import { rebuildOf } from '../../../src/cli/verification/rebuild.ts';
import { runCommand } from '../../../src/cli/verification/runCommand.ts';
import { defaultImage } from '../../../src/cli/verification/runners.ts';
import { summary } from '../../../src/cli/verification/summary.ts';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import type { Verification } from '../../../src/examples/verification.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import type { Step, Trajectory } from '../../../src/trajectory/record.ts';
import { commandFile, understudy } from '../../support/command.ts';
import { GitRepository } from '../../support/gitRepository.ts';
import { publicationOf, RecordBuilder, testPolicy, testReceipt } from '../../support/records.ts';
import { solvedTask } from '../../support/solvedTask.ts';
import { verificationOf } from '../../support/verifications.ts';

const withRepository = [...testReceipt.signals, 'repository' as const];
const unsafely = ['--yes', '--unsafe-host'];
const imports =
  "import { equal } from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { twice } from './twice.js';\n";

/** The tests of `solvedTask`, run by Node itself, which is faster than by npm. */
const command = 'node --test';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // An ended process that nobody waits for is none.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('understudy verify-task', function () {
  // Programs are run by a POSIX shell here.
  if (process.platform === 'win32') return;
  this.timeout(300_000);
  let parent: string;
  let folder: string;
  const { TMPDIR } = process.env;
  beforeEach(async () => {
    parent = await realpath(await mkdtemp(join(tmpdir(), 'understudy-verify-test-')));
    folder = join(parent, 'dataset');
    // To see what is left there, and nothing of others.
    process.env.TMPDIR = parent;
  });
  afterEach(async () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(parent, { recursive: true });
  });

  async function datasetOf(record: Trajectory): Promise<string> {
    const store = await openDataset(folder);
    await store.addConsent({ ...testReceipt, signals: withRepository }, testPolicy);
    await store.publish(publicationOf(record));
    return record.trajectory_id;
  }

  /** Runs it, and checks what holds whatever comes of it. */
  async function verify(record: Trajectory, ...more: string[]) {
    const id = await datasetOf(record);
    const inTask = (name: string) => join(folder, taskFolder(id), name);
    const state = async () => {
      const { ino, mtimeMs } = await stat(inTask('trajectory.jsonl'));
      return { ino, mtimeMs, bytes: await readFile(inTask('trajectory.jsonl'), 'utf8') };
    };
    const before = await state();
    const { out, err, code } = await understudy(['verify-task', folder, id, ...unsafely, '--json', ...more]);
    assert.deepEqual(await state(), before);
    assert.notEqual(out, '', err);
    const written = await readFile(inTask('verification.jsonl'), 'utf8');
    assert.deepEqual(JSON.parse(written), JSON.parse(out));
    assert.deepEqual((await validateDataset(folder)).faults, []);
    for (const telling of [hostname(), homedir(), tmpdir(), parent]) assert.ok(!written.includes(telling), telling);
    return { row: JSON.parse(out) as Verification, err, code, id };
  }

  const rowsOf = async (format: string, ...more: string[]) => {
    const out = join(parent, `out-${format}-${more.length}`);
    await understudy(['export', folder, '--to', format, '--out', out, ...more]);
    const file = join(out, `${format}.jsonl`);
    return existsSync(file)
      ? (await readFile(file, 'utf8'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  };

  it('confirms a task, and exports, card and lists say so', async () => {
    const record = solvedTask({ command });
    await datasetOf(record);
    assert.deepEqual(await rowsOf('task', '--verified'), []);
    const { row, err, code } = await verify(record);
    assert.equal(code, 0);
    assert.match(err, /6 times: {2}node --test$/m);
    assert.match(err, /ON THIS MACHINE, without protection/);
    assert.deepEqual([row.place, row.image, row.closure, row.confirmed], ['host', null, 'record', true]);
    assert.deepEqual([row.fail_to_pass, row.pass_to_pass, row.flaky], [['doubles'], ['once'], []]);
    assert.deepEqual(row.tools, [{ name: 'node', version: process.versions.node }]);
    const [task] = await rowsOf('task', '--verified', '--json');
    assert.deepEqual([task.verification, task.FAIL_TO_PASS], ['verified', '["doubles"]']);
    await understudy(['export', folder, '--to', 'harbor', '--out', join(parent, 'harbor')]);
    const toml = await readFile(join(parent, 'harbor', task.instance_id, 'task.toml'), 'utf8');
    assert.match(toml, /^verification = "verified"\nbuilt = false\nrun = true$/m);
    assert.match(
      (await understudy(['show', folder, record.trajectory_id])).out,
      /^run again {4}verified in no container, on this machine, node .*; 1 test confirmed, 0 flaky$/m,
    );
    assert.match((await understudy(['stats', folder])).out, /^verifications confirmed 1$/m);
    assert.deepEqual(
      (await readdir(tmpdir())).filter((name) => name.startsWith('understudy-verify-')),
      [],
    );
  });

  it('tells flaky tests, whose state outlives a run', async () => {
    const count = join(parent, 'count');
    const flaky = `import { appendFileSync, readFileSync } from 'node:fs';\n${imports}test('once', () => equal(1, 1));
test('doubles', () => equal(twice(4), 8));
test('sometimes', () => {
  appendFileSync(${JSON.stringify(count)}, 'x');
  equal(readFileSync(${JSON.stringify(count)}).length % 2, 1);
});\n`;
    const { row, code } = await verify(solvedTask({ command, texts: { 'twice.test.js': flaky } }));
    assert.equal(code, 1);
    assert.deepEqual([row.fail_to_pass, row.flaky, row.confirmed], [['doubles'], ['sometimes'], false]);
    assert.deepEqual(row.tests.at(-1), {
      name: 'sometimes',
      before: ['passed', 'failed', 'passed'],
      after: ['failed', 'passed', 'failed'],
    });
    assert.equal((await rowsOf('task'))[0].verification, 'observed');
  });

  it('does not confirm what was never red', async () => {
    const texts = {
      'twice.test.js': `${imports}test('once', () => equal(1, 1));\ntest('doubles', () => equal(twice(0), 0));\n`,
    };
    const { row, code } = await verify(solvedTask({ command, texts }));
    assert.equal(code, 1);
    assert.deepEqual([row.fail_to_pass, row.pass_to_pass], [[], ['doubles', 'once']]);
  });

  it('ends a command that hangs, with all that it started', async () => {
    const pids = join(parent, 'pids');
    const hanging = `import { spawn } from 'node:child_process';\nimport { appendFileSync } from 'node:fs';\n${imports}
test('doubles', async () => {
  const { pid } = spawn('sleep', ['1000'], { stdio: 'inherit' });
  appendFileSync(${JSON.stringify(pids)}, pid + '\\n' + process.pid + '\\n');
  await new Promise(() => setInterval(() => {}, 1000));
});\n`;
    const texts = { 'twice.test.js': hanging };
    const { row, code } = await verify(solvedTask({ command, texts }), '--time-limit', '0.05');
    assert.equal(code, 1);
    assert.equal(row.time_limit_seconds, 3);
    assert.ok(row.runs.every(({ timed_out, exit_code }) => timed_out && exit_code === null));
    assert.deepEqual(row.tests, []);
    const started = existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [];
    assert.deepEqual(started.filter(isAlive), []);
  });

  it('runs --setup once, and begins each run with what it made', async () => {
    const head = "import { readFileSync } from 'node:fs';\nreadFileSync('node_modules/made');\n";
    const setups = join(parent, 'setups');
    const setup = `mkdir node_modules && echo > node_modules/made && echo >> ${setups}`;
    const { row, err } = await verify(solvedTask({ command, head }), '--setup', setup);
    assert.deepEqual([row.setup, row.confirmed], [true, true]);
    assert.equal(readFileSync(setups, 'utf8'), '\n');
    assert.match(err, /once, with network: {2}mkdir node_modules/);
    const id = (await readdir(join(folder, 'data')))[0];
    const failed = await understudy(['verify-task', folder, id, ...unsafely, '--setup', 'echo no such thing; exit 3']);
    assert.equal(failed.code, 2);
    assert.match(failed.err, /--setup exited with 3:\\nno such thing/);
  });

  it('takes the files around those of the record from the commit, out of a clone', async () => {
    const repository = new GitRepository(join(parent, 'clone'));
    repository.write('twice.js', 'export const twice = null;\n');
    const hash = repository.commit('package.json', 'Begin', '{"type":"module"}\n');
    const environment = { repo: 'https://github.com/someone/something', base_commit: hash };
    const consent = { ...solvedTask().consent, signals: withRepository };
    const record = solvedTask({ command, environment, without: 'package.json', record: { consent } });
    const id = await datasetOf(record);
    const without = await understudy(['verify-task', folder, id, ...unsafely]);
    assert.equal(without.code, 2);
    assert.match(without.err, new RegExp(`clone it, and name the clone by --repository \\(${hash}\\)`));
    const { row, code } = await verify(record, '--repository', repository.folder);
    assert.deepEqual([code, row.closure, row.fail_to_pass], [0, 'public_commit', ['doubles']]);
    assert.equal(repository.git('status', '--porcelain'), '');
    const [swe] = await rowsOf('swe-bench', '--verified');
    assert.deepEqual([swe.base_commit, swe.FAIL_TO_PASS, swe.PASS_TO_PASS], [hash, '["doubles"]', '["once"]']);
  });

  it('runs pytest too, whose record alone did not look like enough', async function () {
    if (spawnSync('python3', ['-c', 'import pytest']).status !== 0) {
      console.log('        skipped: there is no python3 with pytest');
      this.skip();
    }
    const tests = (status: string) => [{ name: 'test_calc.py::test_twice', status }] as unknown as Step['tests'];
    const builder = new RecordBuilder('python', [
      { path: 'calc.py', base: 'def twice(x):\n    return x * 3\n', language: 'python' },
      {
        path: 'test_calc.py',
        base: 'from calc import twice\n\n\ndef test_twice():\n    assert twice(4) == 8\n',
        language: 'python',
      },
    ]);
    const python = 'python3 -m pytest -v';
    builder.run(python, 1, 'x\n', tests('failed')).replace(0, 'x * 3', 'x * 2').run(python, 0, 'ok\n', tests('passed'));
    const told = solvedTask();
    const name = 'test_calc.py::test_twice' as Trajectory['outcome']['tests'][number]['name'];
    const record = builder.build({
      instruction: told.instruction,
      outcome: {
        ...told.outcome,
        evidence: [0, 1, 2],
        tests: [{ name, before: 'failed', after: 'passed', flaky: false, present_at_base: true }],
      },
    });
    const { row, err, code } = await verify(record);
    assert.match(err, /Perhaps something is missing: .*judged for JavaScript/);
    assert.deepEqual([code, row.fail_to_pass, row.tools[0].name], [0, [name], 'python']);
    assert.deepEqual((await rowsOf('task'))[0].FAIL_TO_PASS, JSON.stringify([name]));
  });

  it('confirms what a session recorded, sealed by the very same code', async () => {
    const files = {
      'package.json': '{"type":"module"}\n',
      'twice.js': 'export function twice(x) {\n  return x * 3;\n}\n',
      'twice.test.js': `${imports}test('twice four is eight', () => equal(twice(4), 8));\n`,
    };
    const wrong = files['twice.js'].indexOf('3');
    const place = join(parent, 'workspace');
    const outputOf = (text: string) => {
      execFileSync('mkdir', ['-p', place]);
      for (const [name, content] of Object.entries({ ...files, 'twice.js': text })) {
        execFileSync('sh', ['-c', 'cat > "$0"', join(place, name)], { input: content });
      }
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { stdout, status } = spawnSync(process.execPath, ['--test'], { cwd: place, encoding: 'utf8', env });
      return { output: stdout.replaceAll('\n', '\r\n'), exitCode: status as number };
    };
    const [red, green] = [files['twice.js'], files['twice.js'].replace('3', '2')].map(outputOf);
    const t = 1_700_000_000_000;
    const run = (at: number, id: number, { output, exitCode }: typeof red): SessionEvent[] => [
      { kind: 'command_start', t: at, command: id, line: command, cwd: '.', columns: 200, observed: true },
      { kind: 'command_output', t: at + 1, command: id, data: output },
      {
        kind: 'command_end',
        t: at + 500,
        command: id,
        exit_code: exitCode,
        output_status: 'complete',
        output_bytes: 1,
      },
    ];
    const facts = { language: 'javascript', eol: 'lf', encoding: 'utf8' } as const;
    const events: SessionEvent[] = [
      { kind: 'task', t, action: 'start', instruction: 'Twice is two times' },
      { kind: 'manifest', t, path: 'package.json', text: files['package.json'] },
      { kind: 'open', t: t + 1, doc: 0, path: 'twice.js', ...facts, text: files['twice.js'] },
      { kind: 'open', t: t + 2, doc: 1, path: 'twice.test.js', ...facts, text: files['twice.test.js'] },
      ...run(t + 1000, 1, red),
      {
        kind: 'edit',
        t: t + 4000,
        doc: 1,
        version: 2,
        reason: null,
        changes: [{ offset: 0, length: 0, text: '// checked\n' }],
        selections: null,
        visible: null,
      },
      {
        kind: 'edit',
        t: t + 5000,
        doc: 0,
        version: 2,
        reason: null,
        changes: [{ offset: wrong, length: 1, text: '2' }],
        selections: null,
        visible: null,
      },
      ...run(t + 8000, 2, green),
    ];
    const history = join(parent, 'events.jsonl');
    await writeFile(history, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const sealed = await understudy(['import', history, '--format', 'session-events', '--out', folder, '--json']);
    assert.equal(sealed.code, 0, sealed.err + sealed.out);
    const [id] = JSON.parse(sealed.out).sealed;
    const { out, err, code } = await understudy(['verify-task', folder, id, ...unsafely]);
    assert.equal(code, 0, out + err);
    assert.match(out, /failed, then passed: 1\n {2}twice four is eight$/m);
    const dataset = await readDataset(folder);
    assert.equal((await dataset.readVerification(await dataset.readTrajectory(id)))?.confirmed, true);
  });

  describe('asks first', () => {
    it('and runs nothing where there is no terminal to ask on', async () => {
      const ran = join(parent, 'ran');
      const text = `import { writeFileSync } from 'node:fs';\n${imports}writeFileSync('${ran}', '');\ntest('doubles', () => {});\n`;
      const id = await datasetOf(solvedTask({ command, texts: { 'twice.test.js': text } }));
      const { out, err, code } = await understudy(['verify-task', folder, id, '--unsafe-host'], 'yes\n');
      assert.deepEqual([out, code], ['', 2]);
      assert.match(err, /no terminal to ask on/);
      assert.ok(!existsSync(ran));
      assert.ok(!(await readdir(join(folder, taskFolder(id)))).includes('verification.jsonl'));
    });

    it('on a terminal, also with --yes, and takes nothing but yes for an answer', async function () {
      if (spawnSync('script', ['-qec', 'true', '/dev/null']).status !== 0) this.skip();
      const id = await datasetOf(solvedTask({ command }));
      const call = [process.execPath, commandFile, 'verify-task', folder, id, ...unsafely].map((word) => `'${word}'`);
      const answered = async (answer: string) => {
        const child = spawn('script', ['-qec', call.join(' '), '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
        let [out, isAnswered] = ['', false];
        child.stdout.setEncoding('utf8').on('data', (piece: string) => {
          out += piece;
          if (isAnswered || !out.includes('Type yes: ')) return;
          isAnswered = true;
          child.stdin.write(`${answer}\n`);
        });
        await once(child, 'exit');
        child.stdin.destroy();
        return out;
      };
      assert.match(await answered('y'), /6 times: {2}node --test\r\n.*Type yes: .*nothing was run/s);
      assert.match(await answered('yes'), /failed, then passed/);
    });

    it('where neither docker nor podman answers, for --unsafe-host', async function () {
      const id = await datasetOf(solvedTask());
      if (await findEngine()) this.skip();
      const { err, code } = await understudy(['verify-task', folder, id, '--yes']);
      assert.equal(code, 2);
      assert.match(err, /neither docker nor podman answers here.*add --unsafe-host/);
    });
  });

  describe('says why a record cannot be rebuilt', () => {
    const placeholder = (text: string, type: string) =>
      ({
        redaction: { ...solvedTask().redaction, placeholders: [{ placeholder: text, type, count: 1 }] },
      }) as Partial<Trajectory>;
    const cases: [string, Trajectory, RegExp][] = [
      [
        'a placeholder in the command',
        solvedTask({
          command: 'npm test -- REDACTED_SECRET_0001',
          record: placeholder('REDACTED_SECRET_0001', 'secret'),
        }),
        /^the placeholder REDACTED_SECRET_0001 stands in the command that ran the tests/,
      ],
      [
        'a placeholder in a script',
        solvedTask({
          texts: { 'package.json': '{"scripts":{"test":"node --test --host host0001.example.com"}}\n' },
          record: placeholder('host0001.example.com', 'host'),
        }),
        /^the placeholder host0001\.example\.com stands in the script test of package\.json/,
      ],
      [
        'a placeholder in a path of a commit',
        solvedTask({
          path: 'user0001/twice.js',
          environment: { repo: 'https://github.com/someone/something', base_commit: 'a'.repeat(40) },
          record: placeholder('user0001', 'user'),
        }),
        /^the path user0001\/twice\.js holds a placeholder/,
      ],
      [
        'a file that it does not hold',
        solvedTask({ head: "import './gone.js';\n" }),
        /^the record does not hold \.\/gone\.js \(twice\.js\), or not its text/,
      ],
      [
        'a gap',
        solvedTask({ record: { gaps: [{ after_step: 0, reason: 'withheld' }] } }),
        /^something is missing in it/,
      ],
      [
        'tests elsewhere',
        solvedTask({ command: 'cd ../other && npm test' }),
        /^its tests ran outside of the workspace/,
      ],
      [
        'an encoding',
        solvedTask({
          head: '// é\n',
          record: { files: solvedTask({ head: '// é\n' }).files.map((file) => ({ ...file, encoding: 'windows1252' })) },
        }),
        /^twice\.js stands in the encoding windows1252/,
      ],
    ];
    for (const [what, record, why] of cases) {
      it(what, () => {
        const rebuild = rebuildOf(record);
        assert.match(typeof rebuild === 'string' ? rebuild : 'rebuilt', why);
      });
    }

    it('on the command line, and runs nothing', async () => {
      const id = await datasetOf(cases[0][1]);
      const { err, code } = await understudy(['verify-task', folder, id, ...unsafely]);
      assert.equal(code, 2);
      assert.match(err, /cannot be run again: the placeholder/);
    });
  });

  it('rebuilds both states: the tests as they became, and then everything', () => {
    const rebuild = rebuildOf(solvedTask());
    assert.ok(typeof rebuild !== 'string');
    const textOf = (state: 'before' | 'after', name: string) =>
      String(rebuild.states[state].find(({ path }) => path === name)?.bytes);
    assert.match(textOf('before', 'twice.js'), /x \* 3/);
    assert.match(textOf('after', 'twice.js'), /x \* 2/);
    for (const state of ['before', 'after'] as const) assert.match(textOf(state, 'twice.test.js'), /^\/\/ more/);
  });

  it('names an image by the test runner and the version that the record tells', () => {
    assert.equal(defaultImage('npm', solvedTask()), 'node:24');
    assert.equal(defaultImage('pytest', solvedTask()), 'python:3.13');
    const tools = [{ name: 'python', version: 'Python 3.11.4' }] as Trajectory['environment']['tools'];
    assert.equal(
      defaultImage('pytest', solvedTask({ record: { environment: { ...solvedTask().environment, tools } } })),
      'python:3.11',
    );
    const { image } = containerPlace({ name: 'docker', rootless: false }, 'registry.example.com:5000/a/b').facts;
    assert.equal(image, null);
  });

  it('tells what was seen in a few lines', () => {
    const lines = [...summary(verificationOf(solvedTask()))].map((line) =>
      line.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join(''),
    );
    assert.deepEqual(lines, [
      'verified in no container, on this machine, node 24.1.0',
      'without the patch: exit 1, exit 1, exit 1',
      'with the patch: exit 0, exit 0, exit 0',
      'failed, then passed: 2',
      '  doubles',
      '  halves',
      'passed in all runs: 1',
      '  once',
    ]);
  });

  describe('in a container', () => {
    it('sees nothing but the task, has no network, and ends with the time limit', async function () {
      const engine = await findEngine();
      if (!engine) {
        console.log('        skipped: neither docker nor podman answers here');
        this.skip();
      }
      const record = solvedTask({ command });
      const id = await datasetOf(record);
      const { out, err, code } = await understudy(['verify-task', folder, id, '--yes', '--json']);
      assert.equal(code, 0, err);
      const row = JSON.parse(out) as Verification;
      assert.deepEqual([row.place, row.engine, row.image], ['container', engine.name, 'node:24']);
      assert.match(row.image_id ?? '', /^[0-9a-f]{64}$/);
      assert.match(row.tools[0].version ?? '', /^24\./);

      await getImage(engine, 'node:24');
      execFileSync('mkdir', ['-p', join(parent, 'run', 'task'), join(parent, 'run', 'home')]);
      const place = containerPlace(engine, 'node:24');
      const { signal } = new AbortController();
      const launch = (line: string) => place.launch(join(parent, 'run'), line, '.', { network: false });
      const look = `touch here; cat '${commandFile}' || echo unseen; touch /outside || echo unwritten; cat /proc/net/dev`;
      const { output } = await runCommand(launch(look), 120_000, signal);
      assert.match(output, /unseen/);
      assert.match(output, /unwritten/);
      assert.doesNotMatch(output, /eth\d|ens\d|tap\d/);
      assert.ok(existsSync(join(parent, 'run', 'task', 'here')));
      const hanging = launch('sleep 1000');
      assert.equal((await runCommand(hanging, 8000, signal)).exitCode, null);
      const name = hanging.args[hanging.args.indexOf('--name') + 1];
      const running = execFileSync(engine.name, ['ps', '--format', '{{.Names}}'], { encoding: 'utf8' });
      assert.ok(!running.includes(name));
    });
  });
});

describe('runCommand', () => {
  if (process.platform === 'win32') return;
  const launch = (line: string) => ({ file: 'sh', args: ['-c', line], env: { PATH: process.env.PATH }, cwd: tmpdir() });
  const { signal } = new AbortController();

  it('gives both streams and the exit code, and an environment of its own', async () => {
    const { output, exitCode, isWhole } = await runCommand(
      launch('echo out; echo err >&2; env | grep -c HOME; exit 3'),
      60_000,
      signal,
    );
    assert.deepEqual([output.split('\n').sort().join(' ').trim(), exitCode, isWhole], ['0 err out', 3, true]);
  });

  it('ends what a program left running in its group', async () => {
    const { output, exitCode } = await runCommand(launch('sleep 1000 & echo $!'), 60_000, signal);
    assert.equal(exitCode, 0);
    assert.equal(isAlive(Number(output)), false);
  });

  it('ends when it is interrupted', async () => {
    const interruption = new AbortController();
    const running = runCommand(launch('sleep 1000'), 60_000, interruption.signal);
    interruption.abort(new Error('interrupted'));
    await assert.rejects(running, /interrupted/);
  });
});
