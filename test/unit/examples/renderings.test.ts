import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { agentTrajectoryFormat } from '../../../src/examples/agentTrajectory.ts';
import { harborRendering } from '../../../src/examples/renderings/harbor.ts';
import { renderings } from '../../../src/examples/renderings/renderings.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { gitApply } from '../../support/gitApply.ts';
import { anyWork } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { solvedTask } from '../../support/solvedTask.ts';

// biome-ignore lint/suspicious/noExplicitAny: what is read here is what a trainer would read.
type Json = any;

function valuesOf(name: string, record: Trajectory): Json[] {
  const rendering = renderings.find((one) => one.name === name);
  const rendered = rendering?.render(record) ?? [];
  return typeof rendered === 'string' ? [] : rendered.map(({ value }) => value);
}

const told = solvedTask();

describe('renderings', () => {
  it('are pure: the same record gives the same values, or the same reason', () => {
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const { render } of renderings) {
          const rendered = render(record);
          assert.deepEqual(render(structuredClone(record)), rendered);
          assert.ok(rendered.length > 0);
        }
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  });

  it('trl: keys of TRL alone, arguments as objects', () => {
    const [row] = valuesOf('trl', told);
    assert.deepEqual(Object.keys(row), ['messages', 'tools']);
    for (const message of row.messages) {
      for (const call of message.tool_calls ?? []) assert.equal(typeof call.function.arguments, 'object');
      const allowed = ['role', 'content', 'name', 'tool_calls'];
      assert.deepEqual(
        Object.keys(message).filter((key) => !allowed.includes(key)),
        [],
      );
    }
    assert.equal(row.messages[0].content, 'Twice is two times');
  });

  it('openai: arguments as strings, and each answer names its call', () => {
    const [row] = valuesOf('openai', told);
    let called = '';
    for (const message of row.messages) {
      if (message.role === 'tool') assert.equal(message.tool_call_id, called);
      const [call] = message.tool_calls ?? [];
      if (!call) continue;
      called = call.id;
      assert.equal(typeof JSON.parse(call.function.arguments), 'object');
    }
    const trl = valuesOf('trl', told)[0];
    assert.deepEqual(
      row.messages.map(({ role }: Json) => role),
      trl.messages.map(({ role }: Json) => role),
    );
  });

  it('atif: steps without gaps, results of their calls, exit codes of what ran', () => {
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const document of valuesOf('atif', record)) {
          assert.deepEqual(
            document.steps.map(({ step_id }: Json) => step_id),
            document.steps.map((_: Json, i: number) => i + 1),
          );
          for (const { tool_calls, observation, extra } of document.steps.slice(1)) {
            for (const { source_call_id } of observation?.results ?? []) {
              assert.equal(source_call_id, tool_calls[0].tool_call_id);
            }
            assert.ok(extra.step_end >= extra.step_start);
          }
        }
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
    const [document] = valuesOf('atif', told);
    const codes = document.steps.flatMap(({ observation }: Json) => {
      return (observation?.results ?? []).flatMap(({ extra }: Json) => ('exit_code' in extra ? [extra.exit_code] : []));
    });
    assert.deepEqual(codes, [1, 0]);
    assert.equal(agentTrajectoryFormat.derive(told).length, 1);
  });

  it('zed: a cursor in its excerpt, in bytes of the file, and patches that lead there', () => {
    let specs = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        const bases = Object.fromEntries(record.files.map(({ path, base_text }) => [path, base_text]));
        for (const spec of valuesOf('zed', record)) {
          const { cursor_file_content, cursor_offset, cursor_row, cursor_column } = spec.captured_prompt_input;
          const before = Buffer.from(cursor_file_content).subarray(0, cursor_offset).toString();
          assert.equal(before.split('\n').length - 1, cursor_row);
          assert.equal(Buffer.byteLength(before.split('\n').at(-1) as string), cursor_column);
          assert.ok(spec.cursor_position.includes('<|user_cursor|>'));
          assert.ok(cursor_file_content.includes(spec.cursor_position.replace('<|user_cursor|>', '')));
          if (specs++ > 40) continue;
          const patches = [spec.uncommitted_diff, ...historyOf(spec)].filter((patch) => patch !== '');
          const state = patches.reduce((files, patch) => gitApply(files, patch, pathsOf(files, spec)), bases);
          assert.equal(state[spec.cursor_path] ?? '', cursor_file_content);
        }
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
    assert.ok(specs > 0);
  });

  it('zeta: what was written is in the output alone, and the marks are there once', () => {
    const [row] = valuesOf('zeta', { ...told, steps: told.steps });
    assert.match(row.input, /^```twice\.js\n<\|start_of_file\|>\n<\|editable_region_start\|>\n/);
    assert.match(row.input, /<\|user_cursor_is_here\|>/);
    assert.doesNotMatch(row.input, /x \* 2/);
    assert.match(row.output, /return x \* 2;/);
    assert.doesNotMatch(row.output, /user_cursor_is_here/);
  });

  it('swe-bench: its columns, the files of the state and the test command, where there is a public commit', () => {
    assert.match(String(renderings.find(({ name }) => name === 'swe-bench')?.render(told)), /no public commit/);
    const environment = { repo: 'https://github.com/a/b', base_commit: 'a'.repeat(40) };
    const [row] = valuesOf('swe-bench', solvedTask({ environment }));
    const names = 'repo instance_id base_commit patch test_patch problem_statement hints_text created_at version';
    const others = 'FAIL_TO_PASS PASS_TO_PASS environment_setup_commit setup_files test_command test_directory';
    assert.deepEqual(Object.keys(row), `${names} ${others}`.split(' '));
  });

  describe('harbor', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'understudy-harbor-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('makes a folder whose tests fail on the state and pass on the solution, in a plain shell', function () {
      if (process.platform === 'win32') this.skip();
      const [task] = valuesOf('harbor', told);
      const [files] = Object.values(task) as Record<string, string>[];
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const app = join(folder, 'app');
      execFileSync('cp', ['-R', join(folder, 'environment/files'), app]);
      const env = { ...process.env, APP_DIR: app, LOGS_DIR: join(folder, 'logs') };
      const run = (script: string) => execFileSync('bash', [join(folder, script)], { env, stdio: 'pipe' });
      const reward = () => readFileSync(join(folder, 'logs/reward.txt'), 'utf8');
      run('tests/test.sh');
      assert.equal(reward(), '0\n');
      run('solution/solve.sh');
      run('tests/test.sh');
      assert.equal(reward(), '1\n');
      assert.match(readFileSync(join(app, 'twice.test.js'), 'utf8'), /^\/\/ more/);
      assert.match(files['task.toml'], /^schema_version = "1\.4"$/m);
      assert.match(files['environment/Dockerfile'], /^FROM node:24$/m);
      assert.equal(files['instruction.md'], 'Twice is two times\n');
    });

    it('quotes what a record holds for shell and TOML', () => {
      const record = solvedTask({ path: "it's $(x)/twice.js", without: 'twice.test.js' });
      assert.match(String(harborRendering.render(record)), /does not hold the test/);
      const words = 'say "hi"\n\\';
      const instruction = { ...told.instruction, text: words as Trajectory['instruction']['text'] };
      const rendered = harborRendering.render({ ...told, instruction, license: { spdx: 'A"B', file: null } });
      assert.ok(typeof rendered !== 'string');
      const [files] = Object.values(rendered[0].value as Record<string, Record<string, string>>);
      assert.match(files['task.toml'], /^license = "A\\"B"$/m);
    });
  });
});

/** The patches of an edit history, one by one. */
function historyOf({ edit_history }: Json): string[] {
  return edit_history.split(/^(?=--- )/m).filter((patch: string) => patch !== '');
}

function pathsOf(files: Record<string, string | null>, spec: Json): string[] {
  const named = [...`${spec.uncommitted_diff}\n${spec.edit_history}`.matchAll(/^(?:\+\+\+ b\/|rename to )(.*)$/gm)];
  return [...new Set([...Object.keys(files), ...named.map(([, path]) => path.replace(/\t$/, '')), spec.cursor_path])];
}
