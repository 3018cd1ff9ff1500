import test from 'ava';

test('adds', (t) => {
  t.log('a log line of the test');
  t.pass();
});
test('fails to subtract', (t) => {
  t.is(3 - 1, 1);
});
test.skip('divides later', (t) => t.pass());
test.todo('multiplies some day');
test('sums › takes "odd" > names: ✔ 100% [a/b] #1, ünï', (t) => t.pass());
test('throws', () => {
  throw new Error('boom\n  ✔ not a test\n  ✖ not a test either');
});
test.failing('is known to fail', (t) => t.fail());
