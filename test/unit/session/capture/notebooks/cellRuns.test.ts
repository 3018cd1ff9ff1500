import assert from 'node:assert/strict';
import { CellRuns, type RunSummary } from '../../../../../src/session/capture/notebooks/cellRuns.ts';

const ended = (executionOrder: number, success?: boolean): RunSummary => ({
  executionOrder,
  success,
  timing: { startTime: 1000 * executionOrder, endTime: 1000 * executionOrder + 50 },
});

describe('CellRuns', () => {
  it('tells the end of each run once, out of what VS Code was measured to say of two', () => {
    const runs = new CellRuns();
    const told = [{}, { executionOrder: 1 }, { executionOrder: 1 }, ended(1, true), ended(1, true)];
    const again = [{}, { executionOrder: 2 }, { executionOrder: 2 }, ended(2, false), ended(2, false)];
    assert.deepEqual(
      [...told, ...again].map((summary) => runs.hasEnded('cell', summary)),
      [false, false, false, true, false, false, false, false, true, false],
    );
  });

  it('tells nothing of a run that was over before, nor of one whose outputs were cleared or that never ended', () => {
    const runs = new CellRuns();
    runs.skip('cell', ended(7, true));
    assert.equal(runs.hasEnded('cell', ended(7, true)), false);
    for (const summary of [{}, { executionOrder: 8 }, undefined]) assert.equal(runs.hasEnded('cell', summary), false);
  });

  it('hears the end also of a run that does not say how it went, or when', () => {
    const runs = new CellRuns();
    assert.equal(runs.hasEnded('cell', ended(1)), true);
    for (const _ of [1, 2]) {
      assert.equal(runs.hasEnded('cell', {}), false);
      assert.equal(runs.hasEnded('cell', { success: true }), true);
    }
  });

  it('keeps cells apart', () => {
    const runs = new CellRuns();
    assert.equal(runs.hasEnded('one', ended(1, true)), true);
    assert.equal(runs.hasEnded('two', ended(1, true)), true);
  });
});
