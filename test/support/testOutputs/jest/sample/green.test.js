describe('green', () => {
  it('is fine', () => {});
});
