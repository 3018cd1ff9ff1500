const test = require(process.env.TAPE);

test('adds', (t) => {
  console.log('a log line of the program');
  t.equal(1 + 1, 2, 'one and one');
  t.equal(2 + 2, 4, 'two and two');
  t.end();
});
test('fails to subtract', (t) => {
  t.equal(3 - 1, 1, 'the difference');
  t.ok(true, 'something else');
  t.end();
});
test('divides later', { skip: true }, (t) => t.end());
test('takes "odd" > names: ✓ 100% [a/b] #1, ünï', (t) => {
  t.pass('# not a test\nok 7 not a test');
  t.comment('a comment');
  t.test('inside', (t) => {
    t.equal(1, 2);
    t.end();
  });
  t.end();
});
test('skips an assertion', (t) => {
  t.skip('not now');
  t.pass('todo later # TODO');
  t.end();
});
