import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import type { Step } from '../../../src/trajectory/record.ts';
import { applyAsPatch } from '../../../src/trajectory/stepPatch.ts';
import { gitApply } from '../../support/gitApply.ts';
import { text } from '../../support/tasks.ts';

const path = text('a.txt');

/** @returns the patch, and the text that the change leads to. */
function patched(base: string, offset: number, deleted: number, inserted: string) {
  const states = new FileStates([text(base)]);
  const change = { offset, deleted, inserted: text(inserted) };
  const step = { kind: 'edit', action: null, file_id: 0, changes: [change] } as unknown as Step;
  return { patch: applyAsPatch(states, step, path), after: states.text(0) };
}

describe('the patch of a step', () => {
  it('is one that git applies, also where lines are like one another', () => {
    const line = fc.constantFrom('a', 'b', '', 'a\r');
    const lines = (most: number) => fc.array(line, { maxLength: most }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(lines(14), lines(14), fc.nat(), fc.nat(), (base, inserted, at, length) => {
        const offset = at % (base.length + 1);
        const { patch, after } = patched(base, offset, length % (base.length - offset + 1), inserted);
        if (patch === null) assert.equal(after, base);
        else assert.deepEqual(gitApply({ 'a.txt': base }, patch, ['a.txt']), { 'a.txt': after });
      }),
      { numRuns: 100 },
    );
  });

  it('shows the lines behind a change, where one of them is like what was put in', () => {
    const base = 'x\n'.repeat(6);
    const { patch, after } = patched(base, 0, 0, 'x\nx\nx\nx\nx\ny');
    assert.deepEqual(gitApply({ 'a.txt': base }, patch ?? '', ['a.txt']), { 'a.txt': after });
  });

  it('has three lines around it, and hunks of its own for places far apart', () => {
    const base = Array.from({ length: 20 }, (_, i) => `${i}\n`).join('');
    const { patch } = patched(base, base.indexOf('9'), 1, 'nine');
    assert.equal(patch, '--- a/a.txt\n+++ b/a.txt\n@@ -7,7 +7,7 @@\n 6\n 7\n 8\n-9\n+nine\n 10\n 11\n 12\n');
    const all = base.replace('2', 'two').replace('17', 'seventeen');
    assert.equal(patched(base, 0, base.length, all).patch?.match(/^@@/gm)?.length, 2);
  });

  it('says that a file is new', () => {
    const states = new FileStates([null]);
    const changes = [{ offset: 0, deleted: 0, inserted: text('x\n') }];
    const step = { kind: 'file', action: 'create', file_id: 0, changes } as unknown as Step;
    assert.equal(applyAsPatch(states, step, path), '--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+x\n');
  });
});
