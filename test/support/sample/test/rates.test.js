import assert from 'node:assert/strict';
import { test } from 'node:test';
import { price, shipping } from '../src/rates.js';

test('price goes by weight', () => {
  assert.equal(price(250), 399);
  assert.equal(price(1500), 549);
});

test('shipping adds up all parcels', () => {
  assert.equal(shipping({ value: 2000, parcels: [{ grams: 100 }, { grams: 900 }] }), 948);
});

test('shipping is free from 50 euros on', () => {
  assert.equal(shipping({ value: 5000, parcels: [{ grams: 100 }] }), 0);
});
