import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommandLine } from '../../../src/session/commandLine.ts';

describe('parseCommandLine', () => {
  it('tells commands, what joins them, and what depends on more than the line', () => {
    const told = (line: string) =>
      parseCommandLine(line)?.map(({ words, joint, dynamic }) => [words.join('|'), joint, dynamic]) ?? null;
    assert.deepEqual(told(`A=1 npm "t est" 'x'y >out 2>&1 && echo "\\"$HOME" # done`), [
      ['A=1|npm|t est|xy', '&&', false],
      ['echo|"$HOME', null, true],
    ]);
    assert.deepEqual(told('a | b |& c & d; e\nf <in'), [
      ['a', '|', false],
      ['b', '|&', false],
      ['c', '&', false],
      ['d', ';', false],
      ['e', ';', false],
      ['f', null, true],
    ]);
    assert.deepEqual(told('go test $(go list ./... | grep -v x)'), [
      ['go|test|$(go list ./... | grep -v x)', null, true],
    ]);
    assert.deepEqual(told('a\\\n b\\ c'), [['a|b c', null, false]]);
    assert.deepEqual(told('bin\\tsc.cmd &>log'), [['bin\\tsc.cmd', null, false]]);
  });

  it('understands no groups, here-documents and halves', () => {
    for (const line of [
      '(a; b)',
      'if a; then b; fi',
      'a <<E',
      'a <(b)',
      "a 'b",
      'a $(b',
      '&& a',
      'a >',
      'a > > b',
      'a "b',
    ]) {
      assert.equal(parseCommandLine(line), null, line);
    }
  });

  it('ends on every text', () => {
    const pieces = fc.constantFrom(
      '"',
      "'",
      '`',
      '$(',
      ')',
      '(',
      '\\',
      ' ',
      '|',
      '&',
      ';',
      '>',
      '<',
      '2>&1',
      '#',
      'a',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces), (line) => void parseCommandLine(line.join(''))),
      { numRuns: 2000 },
    );
  });

  it('gives back words that were quoted', () => {
    const quoted = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '|', '&', ';', '>', '$', '"', '#', '\\') }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(quoted, (words) => {
        const line = ['npm', ...words.map((word) => `'${word}'`)].join(' ');
        assert.deepEqual(parseCommandLine(line), [{ words: ['npm', ...words], joint: null, dynamic: false }]);
      }),
    );
  });
});
