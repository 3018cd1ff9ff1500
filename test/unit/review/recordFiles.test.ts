import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordFiles, textOf, unitsAt } from '../../../src/review/recordFiles.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { anyRecord, anyWork, RecordBuilder, sampleRecord } from '../../support/records.ts';

/** Every text of every file at every step is that of the replay that the seal rests on. */
function assertSame(record: Trajectory): void {
  const files = new RecordFiles(record);
  const states = new FileStates(record.files.map(({ base_text }) => base_text));
  for (const step of record.steps) {
    for (const { file_id } of record.files) {
      assert.equal(files.before(file_id, step.index)?.toString() ?? null, states.text(file_id));
    }
    states.apply(step);
  }
  for (const { file_id, final_text } of record.files) {
    assert.equal(files.after(file_id, record.steps.length - 1)?.toString() ?? null, final_text);
  }
}

describe('RecordFiles', () => {
  it('has each text as replay gives it, whatever characters stand in it', () => {
    fc.assert(fc.property(anyRecord, assertSame), { numRuns: 200 });
  });

  it('follows files that are made, moved, deleted and taken back', () => {
    fc.assert(fc.property(anyWork, assertSame), { numRuns: 200 });
    assertSame(sampleRecord());
  });

  it('gives a step in the middle without those before it having been asked for', () => {
    const record = sampleRecord();
    const { index, file_id } = record.steps[3];
    assert.match(new RecordFiles(record).after(file_id as number, index)?.toString() ?? '', /wave 👋🏽 first/);
  });

  it('calls a file by its name at the step', () => {
    const record = new RecordBuilder('moved', [{ path: 'a.js', base: 'x\n' }])
      .rename(0, 'b.js')
      .type(0, 'x', 'y')
      .build();
    const files = new RecordFiles(record);
    assert.deepEqual([files.path(0, 0), files.path(0, 1)], ['a.js', 'b.js']);
  });
});

describe('unitsAt', () => {
  it('counts what takes two units once', () => {
    const text = 'a👋\r\n😀b';
    for (let points = 0; points <= [...text].length; points++) {
      assert.equal(unitsAt(textOf(text), points), [...text].slice(0, points).join('').length);
    }
  });
});
