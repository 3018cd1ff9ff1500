import assert from 'node:assert/strict';
import fc from 'fast-check';
import { secretsOfDotenv, secretsOfEnvironment } from '../../../../src/session/capture/knownValues.ts';

const values = (known: { value: string }[]) => known.map(({ value }) => value);

describe('known values', () => {
  it('takes values with secret-like names from the environment, and no others', () => {
    const environment = {
      GITHUB_TOKEN: 'abc',
      DB_PASSWORD: 'def',
      API_KEY: '',
      PATH: '/bin',
      EDITOR: 'vi',
      X: undefined,
    };
    assert.deepEqual(values(secretsOfEnvironment(environment)), ['abc', 'def']);
  });

  it('takes every value from a .env file, without quotes and comments', () => {
    const text = [
      '# comment',
      'A=one',
      'export B="two words" # why',
      "C='it # is'",
      'D = four # why',
      'E=',
      'F: six',
      'no assignment',
      'G=a=b',
    ].join('\r\n');
    assert.deepEqual(values(secretsOfDotenv(text)), ['one', 'two words', 'it # is', 'four', 'six', 'a=b']);
  });

  it('gives back any value that was written quoted', () => {
    const value = fc.string({ minLength: 1 }).filter((value) => !/["\r\n]/.test(value));
    fc.assert(
      fc.property(value, (value) => {
        assert.deepEqual(values(secretsOfDotenv(`NAME="${value}"`)), [value]);
      }),
    );
  });
});
