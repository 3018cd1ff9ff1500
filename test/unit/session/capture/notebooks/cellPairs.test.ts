import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pairCells } from '../../../../../src/session/capture/notebooks/cellPairs.ts';

describe('pairCells', () => {
  const examples: [string, string[], string[], [number, number][]][] = [
    [
      'a notebook that stayed as it was',
      ['a', 'b'],
      ['a', 'b'],
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      'a cell that changed',
      ['a', 'b', 'c'],
      ['a', 'B', 'c'],
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'a cell that came',
      ['a', 'c'],
      ['a', 'b', 'c'],
      [
        [0, 0],
        [1, 2],
      ],
    ],
    [
      'a cell that went',
      ['a', 'b', 'c'],
      ['a', 'c'],
      [
        [0, 0],
        [2, 1],
      ],
    ],
    ['a cell that was split', ['ab'], ['a', 'b'], [[0, 0]]],
    ['nothing', [], ['a'], []],
  ];
  for (const [what, before, after, pairs] of examples) {
    it(`knows the cells again: ${what}`, () => assert.deepEqual(pairCells(before, after), pairs));
  }

  it('pairs each cell at most once, in order', () => {
    const cells = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        const pairs = pairCells(before, after);
        for (const [i, [from, to]] of pairs.entries()) {
          assert.ok(from < before.length && to < after.length);
          if (i > 0) assert.ok(from > pairs[i - 1][0] && to > pairs[i - 1][1]);
        }
      }),
    );
  });
});
