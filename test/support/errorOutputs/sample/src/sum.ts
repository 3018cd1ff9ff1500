export function sum(a: number, b: number): number {
  const total: string = a + b;
  return totl;
}
