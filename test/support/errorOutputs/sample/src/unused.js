export function keep() {
  const unused = 1;
  undefinedCall();
}
