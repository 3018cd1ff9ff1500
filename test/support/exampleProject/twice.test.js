import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { twice } from './twice.js';

test('twice', () => equal(twice(4), 8));
