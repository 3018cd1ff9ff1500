import assert from 'node:assert/strict';
import { findText } from '../../../src/review/findText.ts';
import { scrubMarks } from '../../../src/review/scrubMarks.ts';
import { clamped, moved, moveOf, rangeOf } from '../../../src/review/span.ts';
import { detailOf, labelOf, titleOf, toneOf } from '../../../src/review/stepText.ts';
import type { Step } from '../../../src/trajectory/record.ts';
import { RecordBuilder, sampleRecord } from '../../support/records.ts';

const t = (message: string, ...args: string[]) => message.replace(/\{(\d)\}/g, (_, i) => args[Number(i)]);

describe('a step in few words', () => {
  const { steps } = sampleRecord();
  const told = (index: number, path: string | null) => {
    return [titleOf(steps[index], path, t), detailOf(steps[index], t), toneOf(steps[index])];
  };

  it('names the file or the command, and what became of it', () => {
    assert.deepEqual(told(0, null), ['npm test', '1 failed', 'bad']);
    assert.deepEqual(told(1, 'src/greet.js'), ['greet.js', '1 error', 'bad']);
    assert.deepEqual(told(2, 'src/greet.js'), ['greet.js', 'typed', 'edit']);
    assert.deepEqual(told(7, 'src/greet.js'), ['greet.js', '1 resolved', 'good']);
    assert.deepEqual(told(8, null), ['npm test', '1 passed', 'good']);
    assert.deepEqual(told(9, null), ['Greet by the right name', 'Commit', 'plain']);
  });

  it('says it all to those who do not see it', () => {
    assert.equal(labelOf(steps[0], null, t), 'Test run, npm test, 1 failed, within a minute');
    assert.equal(labelOf(steps[6], 'old.js', t), 'Deleted, old.js, within 10 seconds');
  });

  it('is red where named tests failed although the command ended well', () => {
    const tests = [{ name: 'a', status: 'failed' }] as unknown as Step['tests'];
    const [step] = new RecordBuilder('red', []).run('npm test; true', 0, '', tests).build().steps;
    assert.equal(toneOf(step), 'bad');
  });
});

describe('the strip', () => {
  it('shows of steps that share a place the one that matters most', () => {
    const record = new RecordBuilder('many', [{ path: 'a.js', base: 'x\n' }]);
    for (let i = 0; i < 999; i++) record.type(0, 'x', 'y');
    const { steps } = record.run('npm test', 1, '').build();
    const marks = scrubMarks(steps, 10);
    assert.equal(marks.length, 10);
    assert.deepEqual(marks.map(({ tone }) => tone).slice(8), ['edit', 'bad']);
    assert.equal(scrubMarks(steps.slice(0, 3), 10).length, 3);
  });
});

describe('the choice of steps', () => {
  it('moves, and grows with the shift key in both directions', () => {
    const one = moved({ anchor: 5, active: 5 }, 6, 10, false);
    assert.deepEqual(one, { anchor: 6, active: 6 });
    const up = moved(one, 4, 10, true);
    assert.deepEqual(rangeOf(up), { from: 4, to: 6 });
    assert.deepEqual(moved(up, Number.POSITIVE_INFINITY, 10, true), { anchor: 6, active: 9 });
    assert.deepEqual(moved(up, Number.NEGATIVE_INFINITY, 10, false), { anchor: 0, active: 0 });
  });

  it('knows the keys of a list, and leaves others alone', () => {
    assert.deepEqual(
      ['ArrowUp', 'PageDown', 'a'].map((key) => moveOf(key, 20)),
      [-1, 20, null],
    );
  });

  it('stays inside of a record that has become shorter', () => {
    assert.deepEqual(clamped({ anchor: 7, active: 9 }, 5), { anchor: 4, active: 4 });
    assert.deepEqual(clamped({ anchor: 2, active: 9 }, 5), { anchor: 2, active: 2 });
  });
});

describe('findText', () => {
  it('finds the first step that shows or changes it, or is about the file that has it', () => {
    const record = sampleRecord();
    assert.equal(findText(record, 'ReferenceError'), 0);
    assert.equal(findText(record, 'wave'), 3);
    assert.equal(findText(record, "'Hi '"), 1);
    assert.equal(findText(record, 'nowhere'), null);
  });
});
