import { describe, it } from 'node:test';

describe('green', () => {
  it('is fine', () => {});
});
