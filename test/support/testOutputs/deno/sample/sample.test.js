Deno.test('adds', () => {
  console.log('a log line of the program');
});
Deno.test('fails to subtract', () => {
  if (3 - 1 !== 1) throw new Error('2 is not 1');
});
Deno.test({ name: 'divides later', ignore: true, fn() {} });
Deno.test('takes "odd" > names: ✓ 100% [a/b] #1, ünï (5ms) ... ok', () => {});
Deno.test('has steps', async (t) => {
  await t.step('first step', () => {});
  await t.step('second step', async (t) => {
    console.log('inside');
    await t.step('inner', () => {
      throw new Error('boom\nnot a test ... ok (1ms)');
    });
  });
});
