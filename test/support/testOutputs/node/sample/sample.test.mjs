import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';

describe('sums', () => {
  it('adds', () => {
    console.log('a log line of the program');
  });
  it('fails to subtract', () => {
    assert.equal(3 - 1, 1);
  });
  it('divides later', { skip: true }, () => {});
  it('multiplies some day', { todo: 'not yet' }, () => {
    assert.equal(1, 2);
  });
  describe('of roots', () => {
    it('takes "odd" > names: ✓ 100% [a/b] #1, ünï', () => {});
    it('fails inside', () => {
      throw new Error('boom\nnot ok 1 - not a test\n✔ not a test either');
    });
  });
});

test('stands alone', () => {});
test('has steps', async (t) => {
  await t.test('first step', () => {});
  await t.test('second step', { skip: 'with a reason' }, () => {});
});
