import { describe, expect, it, test } from 'vitest';

describe('sums', () => {
  it('adds', () => {
    console.log('a log line of the program');
  });
  it('fails to subtract', () => {
    expect(3 - 1).toBe(1);
  });
  it.skip('divides later', () => {});
  it.todo('multiplies some day');
  describe('of roots', () => {
    it('takes "odd" > names: ✓ 100% [a/b] #1, ünï', () => {});
    it('fails inside', () => {
      throw new Error('boom\n ✓ not a test\n   × not a test either');
    });
  });
});

test('stands alone', () => {});
test('takes its time', async () => {
  await new Promise((done) => setTimeout(done, 350));
});
