import assert from 'node:assert/strict';
import { inOrder } from '../../../src/pack/inOrder.ts';

describe('work in order', () => {
  it('gives the results in the order of the items, however long each takes, and begins few ahead', async () => {
    const gates = Array.from({ length: 100 }, () => {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      return { promise, resolve };
    });
    let begun = 0;
    const results: number[] = [];
    const all = (async () => {
      for await (const result of inOrder(gates.keys(), async (i) => {
        begun++;
        await gates[i].promise;
        return i;
      }))
        results.push(result);
    })();
    for (const gate of gates.slice(1)) gate.resolve();
    await new Promise(setImmediate);
    assert.deepEqual(results, []);
    assert.ok(begun < 30, `${begun}`);
    gates[0].resolve();
    await all;
    assert.deepEqual(results, [...gates.keys()]);
  });

  it('throws when it is the turn of what failed, and not before', async () => {
    const results: number[] = [];
    const work = async (i: number) => {
      if (i === 3) throw new Error('the third');
      return i;
    };
    await assert.rejects(async () => {
      for await (const result of inOrder([0, 1, 2, 3, 4, 5], work)) results.push(result);
    }, /the third/);
    assert.deepEqual(results, [0, 1, 2]);
  });
});
