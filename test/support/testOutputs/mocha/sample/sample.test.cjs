const assert = require('node:assert');

describe('sums', () => {
  it('adds', () => {
    console.log('a log line of the program');
  });
  it('fails to subtract', () => {
    assert.equal(3 - 1, 1);
  });
  it.skip('divides later', () => {});
  it('takes its time', (done) => {
    setTimeout(done, 90);
  });
  describe('of roots', () => {
    it('takes "odd" > names: ✓ 100% [a/b] #1, ünï', () => {});
    it('fails inside', () => {
      throw new Error('boom\n  ✓ not a test\n  1) not a test either');
    });
  });
});

describe('hooks', () => {
  before('sets up', () => {
    throw new Error('an error outside of a test');
  });
  it('never runs', () => {});
});

it('stands alone', () => {});
