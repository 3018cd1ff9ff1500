const tap = require('tap');

tap.test('adds', (t) => {
  t.equal(1 + 1, 2, 'one and one');
  t.test('inside', (t) => {
    t.equal(1, 2, 'one is two');
    t.end();
  });
  t.end();
});
tap.test('divides later', { skip: 'later' }, (t) => t.end());
