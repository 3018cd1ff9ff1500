import assert from 'node:assert/strict';
import fc from 'fast-check';
import { executionFormat } from '../../../src/examples/execution.ts';
import type { Step } from '../../../src/trajectory/record.ts';
import { withOtherFuture } from '../../support/otherFuture.ts';
import { anyWork, RecordBuilder, sampleRecord } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';

const { schema, derive } = executionFormat;

describe('execution', () => {
  it('gives rows that fit the schema, and puts nothing into the input that was known only after the command', () => {
    let rows = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const row of derive(record)) {
          rows++;
          assert.deepEqual(schema.parse(row), row);
          const again = derive(withOtherFuture(record, row.step_start)).find(
            ({ step_start }) => step_start === row.step_start,
          );
          assert.deepEqual([again?.input, again?.prompt], [row.input, row.prompt]);
        }
      }),
      { numRuns: runs },
    );
    assert.ok(rows > 0);
  });

  it('tells the files as they stood when the command ran', () => {
    const [red, green] = derive(sampleRecord());
    const text = (row: typeof red, path: string) => row.input.files.find((file) => file.path === path)?.text;
    assert.match(text(red, 'src/greet.js') ?? '', /nam;/);
    assert.match(text(green, 'src/greet.js') ?? '', /name;/);
    assert.equal(text(red, 'test/greet.test.js'), undefined);
    assert.equal(text(green, 'old.js'), undefined);
    assert.deepEqual([red.target.exit_code, green.target.exit_code], [1, 0]);
    assert.deepEqual(green.target.tests, [{ name: 'adds a greeting', status: 'passed' }]);
    // Nothing had to do with the files before the first run.
    assert.deepEqual(
      red.input.files.map(({ seen }) => seen),
      [false, false, false],
    );
    assert.ok(green.input.files.every(({ seen }) => seen));
  });

  it('asks with the files of which something had told, and answers with output and exit code', () => {
    const [red, green] = derive(sampleRecord());
    assert.match(red.prompt, /\$ [^\n]*\n$/);
    for (const row of [red, green]) {
      for (const { text, seen } of row.input.files) assert.equal(row.prompt.includes(text), seen);
      assert.equal(row.completion.startsWith(row.target.output), true);
      assert.match(row.completion, new RegExp(`\\n\\[exit code ${row.target.exit_code}\\]$`));
    }
  });

  it('marks what is not whole, and leaves out what was not observed', () => {
    const run = (output_status: Step['output_status'], output: string | null) => ({
      kind: 'command' as const,
      command: 'make' as Step['command'],
      exit_code: 0,
      output: output as Step['output'],
      output_status,
    });
    const record = new RecordBuilder('a', [{ path: 'a.c', base: 'x' }])
      .step(run('complete', 'all'))
      .step(run('truncated', 'the end'))
      .step(run('incomplete', 'some'))
      .step(run('unobserved', null))
      .build();
    assert.deepEqual(
      derive(record).map(({ target }) => target.output_status),
      ['complete', 'truncated', 'incomplete'],
    );
  });

  it('says where the state may be another', () => {
    const soon = { elapsed: '<1s' as const };
    const later = { elapsed: '<10s' as const };
    const command = { kind: 'command' as const, command: 'make' as Step['command'], output: '' as Step['output'] };
    const run = { ...command, output_status: 'complete' as const };
    const builder = () => new RecordBuilder('a', [{ path: 'a.c', base: 'x' }]).replace(0, 'x', 'y');
    const exact = (record: Parameters<typeof derive>[0]) => derive(record)[0].input.state_exact;
    assert.equal(
      exact(
        builder()
          .step({ ...run, ...later })
          .build(),
      ),
      true,
    );
    assert.equal(
      exact(
        builder()
          .step({ ...run, ...soon })
          .build(),
      ),
      false,
    );
    const gap = { after_step: 0, reason: 'paused' as const };
    assert.equal(
      exact(
        builder()
          .step({ ...run, ...later })
          .build({ gaps: [gap] }),
      ),
      false,
    );
    const other = { kind: 'file' as const, action: 'change' as const, path: 'b.c' as Step['path'] };
    assert.equal(
      exact(
        builder()
          .step(other)
          .step({ ...run, ...later })
          .build(),
      ),
      false,
    );
  });
});
