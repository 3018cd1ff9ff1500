function inner() {
  throw new TypeError('out of order');
}
[1].map(function outer() {
  inner();
});
