import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeText } from '../../../src/trajectory/codeText.ts';
import { runs } from '../../support/runs.ts';

const comments: Record<string, string[]> = {
  typescript: ['// one', '/* one */', '/**\n * One.\n */', '/*\nlet a = 1;\n*/', ''],
  rust: ['/// one', '    // one', '   '],
  python: ['# one', '    # one', ''],
  sql: ['-- one'],
  php: ['# one', '// one', '/* one\n two */'],
};
const code: Record<string, string[]> = {
  typescript: ['let a = 1;', 'f(); /* one', '* two */', '  * 2;', '#private = 1;', 'a /* b */ + c;'],
  rust: ['#[test]', 'let a = 1;'],
  python: ['#!/usr/bin/env python', 'a = 1  # one', '  * 2', '// 2', '"""One."""'],
  sql: ['select 1 - 2'],
  php: ['#[Attribute]', '$a = 1;'],
};

describe('codeText', () => {
  it('is the same whatever comments and empty lines stand between the lines of code', () => {
    for (const language of Object.keys(code)) {
      const between = fc.array(fc.constantFrom(...comments[language]), { maxLength: 3 });
      const all = fc.array(fc.tuple(between, fc.constantFrom(...code[language])), { maxLength: 8 });
      fc.assert(
        fc.property(all, between, (lines, last) => {
          const only = lines.map(([, line]) => line);
          const text = [...lines.flatMap(([others, line]) => [...others, line]), ...last].join('\n');
          assert.equal(codeText(text, language), only.join('\n'));
        }),
        { numRuns: runs },
      );
    }
  });

  it('knows no comments in other languages, and leaves indentation as it is', () => {
    assert.equal(codeText('# one\n\n  a: 1  \n// b', 'yaml'), '# one\n  a: 1\n// b');
    assert.equal(codeText('// one', null), '// one');
  });

  it('takes what follows a comment that does not end for a comment', () => {
    assert.equal(codeText('a\n/* b\nc', 'java'), 'a');
  });
});
