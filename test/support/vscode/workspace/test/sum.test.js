import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sum } from '../src/sum.js';

test('adds the numbers up', () => {
  assert.equal(sum([1, 2, 3]), 6);
});
