Deno.test('quiet steps', async (t) => {
  await t.step('one', () => {});
  await t.step({ name: 'two', ignore: true, fn() {} });
});
