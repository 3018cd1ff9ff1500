import { describe, it } from 'vitest';

describe('green', () => {
  it('is fine', () => {});
});
