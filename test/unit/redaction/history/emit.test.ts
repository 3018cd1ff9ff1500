import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Atoms } from '../../../../src/redaction/history/atoms.ts';
import { EditEmitter, Emitter } from '../../../../src/redaction/history/emit.ts';
import { TextHistory } from '../../../../src/redaction/history/textHistory.ts';
import { Placeholders } from '../../../../src/redaction/placeholders.ts';
import { TextBuffer } from '../../../../src/session/codePoints.ts';
import { GapBuffer } from '../../../../src/session/gapBuffer.ts';
import { runs } from '../../../support/runs.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const edits = fc.array(
  fc.record({ at: fraction, deleted: fc.nat(6), inserted: fc.string({ unit: 'binary', maxLength: 6 }) }),
  {
    maxLength: 20,
  },
);
const taints = fc.array(fc.record({ at: fraction, length: fc.integer({ min: 1, max: 5 }) }), { maxLength: 8 });

/** A history with random edits, of which random stretches of atoms are tainted. */
function tainted(
  base: string,
  changes: { at: number; deleted: number; inserted: string }[],
  stretches: { at: number; length: number }[],
) {
  const atoms = new Atoms();
  const history = new TextHistory(atoms, base, 'source');
  let length = history.base.length;
  let count = length;
  for (const { at, deleted, inserted } of changes) {
    const offset = Math.round(at * length);
    const removed = Math.min(deleted, length - offset);
    const edit = history.edit({ offset, deleted: removed, inserted: inserted.toWellFormed() }, false);
    length += edit.inserted.length - removed;
    count += edit.inserted.length;
  }
  for (const { at, length: size } of stretches) {
    const start = Math.floor(at * count);
    const list = Int32Array.from({ length: Math.min(size, count - start) }, (_, i) => start + i);
    if (list.length > 0) atoms.taint(list, { type: 'secret', texts: new Set(), spreads: false, rule: 'test' });
  }
  return { atoms, history };
}

describe('EditEmitter', () => {
  it('gives edits that lead from each redacted version to the next', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), edits, taints, (base, changes, stretches) => {
        const { atoms, history } = tainted(base, changes, stretches);
        const emitter = new Emitter(atoms, new Placeholders());
        const replayed = new TextBuffer(emitter.text(history.base));
        const version = new GapBuffer(history.base);
        const editor = new EditEmitter(history, emitter);
        for (const edit of history.edits) {
          const change = editor.edit(edit);
          if (change) replayed.apply(change);
          version.replace(edit.offset, edit.deleted, edit.inserted);
          assert.equal(replayed.toString(), emitter.text(version.slice(0, version.length)));
        }
        assert.equal(editor.text(), replayed.toString());
      }),
      { numRuns: runs },
    );
  });

  it('maps an offset to where the text in front of it ends', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), taints, fraction, (base, stretches, at) => {
        const { atoms, history } = tainted(base, [], stretches);
        const emitter = new Emitter(atoms, new Placeholders());
        const offset = Math.round(at * history.base.length);
        const before = offset > 0 ? atoms.owner(history.base[offset - 1]) : -1;
        const behind = offset < history.base.length ? atoms.owner(history.base[offset]) : -1;
        const position = new EditEmitter(history, emitter).position(offset);
        if (before < 0 || before !== behind) {
          assert.equal(position, [...emitter.text(history.base.slice(0, offset))].length);
        } else {
          let start = offset;
          while (start > 0 && atoms.owner(history.base[start - 1]) === before) start--;
          assert.equal(position, [...emitter.text(history.base.slice(0, start))].length);
        }
      }),
      { numRuns: runs },
    );
  });

  it('does not count lines that a placeholder hides', () => {
    const atoms = new Atoms();
    const history = new TextHistory(atoms, 'a\nkey\nkey\nb\n', 'source');
    atoms.taint(history.base.slice(2, 9), { type: 'private_key', texts: new Set(), spreads: false, rule: 'test' });
    const editor = new EditEmitter(history, new Emitter(atoms, new Placeholders()));
    assert.deepEqual(editor.lines({ start: 0, end: 3 }), { start: 0, end: 2 });
  });
});
