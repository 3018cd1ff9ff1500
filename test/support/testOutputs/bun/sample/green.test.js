import { describe, it } from 'bun:test';

describe('green', () => {
  it('is fine', () => {});
});
