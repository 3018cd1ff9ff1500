import assert from 'node:assert/strict';
import type { Memory } from '../../../src/consent/memory.ts';
import { firstTasks, ReviewChoice } from '../../../src/consent/reviewChoice.ts';

function memory(): Memory {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), update: async (key, value) => void values.set(key, value) };
}

describe('ReviewChoice', () => {
  it('lets the first three tasks wait, whatever is chosen', async () => {
    const review = new ReviewChoice(memory(), () => false);
    await review.choose('grace');
    for (let decided = 0; decided < firstTasks; decided++) {
      assert.equal(review.waits, true);
      await review.countDecision();
    }
    assert.equal(review.waits, false);
  });

  it('says once that it is time to ask, and lets tasks wait until there is an answer', async () => {
    const review = new ReviewChoice(memory(), () => false);
    const asked: boolean[] = [];
    for (let decided = 0; decided < 5; decided++) asked.push(await review.countDecision());
    assert.deepEqual(asked, [false, false, true, false, false]);
    assert.equal(review.waits, true);
    await review.choose('grace');
    assert.equal(review.waits, false);
    await review.choose('review');
    assert.equal(review.waits, true);
  });

  it('does not ask who has chosen before, nor where an organisation leaves no choice', async () => {
    const chosen = new ReviewChoice(memory(), () => false);
    await chosen.choose('review');
    const required = new ReviewChoice(memory(), () => true);
    for (let decided = 0; decided < 4; decided++) {
      assert.deepEqual([await chosen.countDecision(), await required.countDecision()], [false, false]);
    }
    await required.choose('grace');
    assert.equal(required.waits, true);
  });

  it('begins anew after a reset, and takes what is not as it was written for nothing', async () => {
    const stored = memory();
    const review = new ReviewChoice(stored, () => false);
    for (let decided = 0; decided < 3; decided++) await review.countDecision();
    await review.choose('grace');
    await review.reset();
    assert.deepEqual([review.waits, review.chosen], [true, null]);
    await stored.update('understudy.tasksDecided', 'many');
    await stored.update('understudy.reviewChoice', 'never');
    assert.deepEqual([review.waits, review.chosen], [true, null]);
  });
});
