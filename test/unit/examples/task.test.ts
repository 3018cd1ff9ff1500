import assert from 'node:assert/strict';
import fc from 'fast-check';
import { missingImports } from '../../../src/examples/closure.ts';
import { taskFormat } from '../../../src/examples/task.ts';
import { isInside } from '../../../src/examples/taskPlan.ts';
import { gitApply } from '../../support/gitApply.ts';
import { withOtherFuture } from '../../support/otherFuture.ts';
import { runs } from '../../support/runs.ts';
import { solvedTask } from '../../support/solvedTask.ts';

const { schema, derive, lacks } = taskFormat;

describe('task', () => {
  it('has the columns of SWE-bench, all of them strings', () => {
    const [row] = derive(solvedTask());
    assert.deepEqual(schema.parse(row), row);
    assert.equal(row.closure, 'record');
    assert.equal(row.verification, 'observed');
    assert.deepEqual(JSON.parse(row.FAIL_TO_PASS), ['doubles']);
    assert.deepEqual(JSON.parse(row.PASS_TO_PASS), ['once']);
    assert.match(row.patch, /^\+ {2}return x \* 2;$/m);
    assert.doesNotMatch(row.patch, /test\.js/);
    assert.match(row.test_patch, /^\+\/\/ more$/m);
    const names = ['repo', 'instance_id', 'base_commit', 'patch', 'test_patch', 'problem_statement', 'hints_text'];
    const others = ['created_at', 'version', 'FAIL_TO_PASS', 'PASS_TO_PASS', 'environment_setup_commit'] as const;
    for (const name of [...names, ...others] as (keyof typeof row)[]) assert.equal(typeof row[name], 'string', name);
  });

  it('makes patches that git applies to the files of the setup', () => {
    const record = solvedTask();
    const [{ setup_files, patch, test_patch }] = derive(record);
    const before = Object.fromEntries(setup_files.map(({ path, text }) => [path, text]));
    const paths = record.files.map(({ path }) => path as string);
    assert.deepEqual(
      gitApply(before, patch + test_patch, paths),
      Object.fromEntries(record.files.map(({ path, final_text }) => [path, final_text])),
    );
  });

  it('puts nothing into statement and setup that was known only after the first change', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (words) => {
        const record = solvedTask({ answer: `return x * 2; // ${words.replace(/\s/g, '')}` });
        const [row] = derive(record);
        const [again] = derive(withOtherFuture(record, 1));
        const known = ({ problem_statement, setup_files, repo, base_commit, hints_text }: typeof row) => {
          return { problem_statement, setup_files, repo, base_commit, hints_text };
        };
        assert.deepEqual(known(again), known(row));
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
  });

  it('takes the state from a public commit where there is one', () => {
    const environment = { repo: 'https://github.com/someone/some.thing.git', base_commit: 'a'.repeat(40) };
    const [row] = derive(solvedTask({ environment, without: 'package.json' }));
    assert.deepEqual([row.closure, row.repo], ['public_commit', 'someone/some.thing']);
    assert.deepEqual(
      [row.base_commit, row.environment_setup_commit],
      [environment.base_commit, environment.base_commit],
    );
  });

  it('says what a record lacks', () => {
    assert.equal(lacks(solvedTask()), null);
    assert.match(lacks(solvedTask({ without: 'package.json' })) ?? '', /does not hold package\.json/);
    assert.match(lacks(solvedTask({ without: 'twice.test.js' })) ?? '', /does not hold the test doubles/);
    assert.match(
      lacks(solvedTask({ head: "import './gone.js';\n" })) ?? '',
      /does not hold \.\/gone\.js \(twice\.js\)/,
    );
    assert.match(lacks(solvedTask({ record: { parts: 2 } })) ?? '', /part 1 of 2 of a task that was too long/);
    const gaps = [{ after_step: 0, reason: 'paused' as const }];
    assert.match(lacks(solvedTask({ record: { gaps } })) ?? '', /something is missing/);
    assert.match(lacks(solvedTask({ hindsight: true })) ?? '', /nothing was asked/);
    assert.match(lacks(solvedTask({ status: 'unknown' })) ?? '', /no named test was seen/);
    assert.match(lacks(solvedTask({ path: '../twice.js' })) ?? '', /leads out of the workspace/);
    assert.match(lacks(solvedTask({ path: 'a.ipynb#3' })) ?? '', /changes a notebook/);
    assert.deepEqual(derive(solvedTask({ hindsight: true })), []);
  });
});

describe('missingImports', () => {
  const of = (files: Record<string, string>) => missingImports(new Map(Object.entries(files)));
  const manifest = JSON.stringify({ dependencies: { '@a/b': '1' }, devDependencies: { c: '1' } });

  it('finds relative files by the rules of Node and TypeScript', () => {
    const code =
      "import x from './x.js';\nexport * from '../lib';\nconst y = require(\"./y\");\nawait import('./z.json');";
    const files = { 'src/a.ts': code, 'src/x.ts': '', 'lib/index.ts': '', 'src/y.js': '', 'src/z.json': '' };
    assert.deepEqual(of(files), []);
    assert.deepEqual(of({ ...files, 'src/b.mjs': "import './nothing.js'" }), ['./nothing.js (src/b.mjs)']);
  });

  it('knows the modules of Node and the packages of manifests', () => {
    const code = "import 'node:fs'; import 'fs/promises'; import '@a/b/deep'; import 'c'; import 'd';";
    assert.deepEqual(of({ 'a.js': code, 'package.json': manifest }), ['d (a.js)']);
    assert.deepEqual(of({ 'a.js': "import 'c'", 'package.json': '{broken' }), ['c (a.js)']);
  });
});

describe('isInside', () => {
  it('refuses whatever could be written elsewhere', () => {
    for (const path of ['a.js', 'src/a b.js', '..a/b', '.env']) assert.ok(isInside(path), path);
    for (const path of ['', '/a', '../a', 'a/../../b', 'c:/a', 'a\\b', 'a\nb', 'a/..'])
      assert.ok(!isInside(path), path);
  });
});
