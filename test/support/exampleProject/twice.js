export function twice(x) {
  return x * 3;
}
