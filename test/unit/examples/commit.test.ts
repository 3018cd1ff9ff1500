import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commitFormat } from '../../../src/examples/commit.ts';
import type { Step, Trajectory } from '../../../src/trajectory/record.ts';
import { gitApply } from '../../support/gitApply.ts';
import { withOtherFuture } from '../../support/otherFuture.ts';
import { anyWork, RecordBuilder, sampleRecord } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';

const { schema, derive } = commitFormat;

function commit(...paths: string[]): Partial<Step> & Pick<Step, 'kind'> {
  return { kind: 'git', action: 'commit', message: 'Do it\n\nWell' as Step['message'], paths: paths as Step['paths'] };
}

/** The work, committed with all that it touched. */
const committed = anyWork.map((record): Trajectory => {
  const paths = record.steps.flatMap(({ to_path }) => to_path ?? []);
  const last = { ...sampleRecord().steps[0], ...commit(...record.files.map(({ path }) => path), ...paths) };
  return { ...record, steps: [...record.steps, { ...last, index: record.steps.length, locations: [], tests: [] }] };
});

describe('commit', () => {
  it('gives rows that fit the schema, and knows the old contents before the first change', () => {
    let compared = 0;
    fc.assert(
      fc.property(committed, (record) => {
        const found = derive(record);
        for (const row of found) assert.deepEqual(schema.parse(row), row);
        const known = ({ old_file, old_contents, repos }: (typeof found)[number]) => [old_file, old_contents, repos];
        const again = derive(withOtherFuture(record, 0)).map(known).map(String);
        // A change that puts in what stood there is none in the other future, or the other way round.
        if (again.length !== found.length) return;
        for (const row of found) assert.ok(again.includes(String(known(row))));
        compared += found.length;
      }),
      { numRuns: runs },
    );
    assert.ok(compared > 0);
  });

  it('makes patches that git applies to the old contents', () => {
    fc.assert(
      fc.property(committed, (record) => {
        for (const { old_file, new_file, old_contents, new_contents, patch } of derive(record)) {
          const before = old_file === '' ? {} : { [old_file]: old_contents };
          const path = new_file || old_file;
          assert.deepEqual(gitApply(before, patch, [path]), { [path]: new_file === '' ? null : new_contents });
        }
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  });

  it('has the columns of CommitPackFT', () => {
    const rows = derive(sampleRecord());
    assert.deepEqual(
      rows.map(({ old_file, new_file, subject, lang, license }) => [old_file, new_file, subject, lang, license]),
      [
        ['src/greet.js', 'src/greet.js', 'Greet by the right name', 'javascript', 'MIT'],
        ['', 'test/greet.test.js', 'Greet by the right name', 'javascript', 'MIT'],
      ],
    );
    assert.deepEqual(rows[0].contributors, [{ contributor: 'human', share: 1 }]);
    assert.deepEqual(rows[1].contributors, [{ contributor: 'ai', share: 1 }]);
  });

  it('tells who contributed what stands, and counts anew after each commit', () => {
    const record = new RecordBuilder('a', [{ path: 'a.js', base: 'base\n' }])
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'abc' }])
      .edit(0, [{ offset: 3, deleted: 0, inserted: 'XYZ' }], 'agent')
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'p' }], 'pasted')
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'f' }], 'formatter')
      .step(commit('a.js'))
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'more' }], 'completion')
      .step(commit('a.js'))
      .build();
    const [first, second] = derive(record);
    assert.deepEqual(first.contributors, [
      { contributor: 'human', share: 3 / 8 },
      { contributor: 'ai', share: 3 / 8 },
      { contributor: 'mixed', share: 1 / 8 },
      { contributor: 'unknown', share: 1 / 8 },
    ]);
    assert.deepEqual(second.contributors, [{ contributor: 'ai', share: 1 }]);
    assert.deepEqual([first.old_contents_from, second.old_contents_from], ['task_start', 'last_commit']);
    assert.equal(second.old_contents, first.new_contents);
  });

  it('leaves out what was not committed, and what is not known any more', () => {
    const builder = () => new RecordBuilder('a', [{ path: 'a.js', base: 'x\n' }]).replace(0, 'x', 'y');
    assert.equal(derive(builder().step(commit('a.js')).build()).length, 1);
    assert.deepEqual(derive(builder().step(commit('b.js')).build()), []);
    const checkout = { kind: 'git' as const, action: 'checkout' as const };
    assert.deepEqual(derive(builder().step(checkout).step(commit('a.js')).build()), []);
    assert.deepEqual(derive(builder().step(commit('a.js')).build({ part: 1, parts: 2 })), []);
    const stash = { kind: 'git' as const, action: 'stash' as const };
    assert.equal(derive(builder().step(stash).step(commit('a.js')).build()).length, 1);
  });
});
