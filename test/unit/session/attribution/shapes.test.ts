import assert from 'node:assert/strict';
import type { ChangeSeen, EditSeen } from '../../../../src/session/attribution/seen.ts';
import { isAbbreviation, isKeystroke, partOf, replacedWord } from '../../../../src/session/attribution/shapes.ts';

const change = (lineBefore: string, deleted: string, inserted: string, lineAfter = '', offset = 0): ChangeSeen => ({
  offset: offset + lineBefore.length,
  deleted,
  inserted,
  lineBefore,
  lineAfter,
});

describe('isKeystroke', () => {
  it('knows what an editor adds to a key', () => {
    for (const text of ['a', '👩', '', '()', '/** */', '\n  \n', '\r\n\t// ', '\n * ', '\n   - ', '\n \n */'])
      assert.ok(isKeystroke(change('', '', text)), JSON.stringify(text));
    for (const text of ['ab', '(x)', '\nreturn', '</b>', ', ']) assert.ok(!isKeystroke(change('', '', text)), text);
  });
});

describe('isAbbreviation', () => {
  it('finds the letters in their order', () => {
    for (const letters of ['gsf', 'getSou', 'GETSOURCEFILE', '']) assert.ok(isAbbreviation(letters, 'getSourceFile'));
    for (const letters of ['gfs', 'getSourceFiles']) assert.ok(!isAbbreviation(letters, 'getSourceFile'));
  });
});

describe('partOf', () => {
  it('tells words from what stands between them', () => {
    const part = (inserted: string, caret = 0, deleted = '') =>
      partOf({
        changes: [change('', deleted, inserted)],
        cursors: [{ start: caret, end: caret }],
      } as unknown as EditSeen);
    for (const text of ['word', '$word_1', 'é']) assert.equal(part(text), 'word', text);
    for (const text of [', ', '.', '(\n\t', "', '", '-']) assert.equal(part(text), 'between', text);
    for (const text of ['b) {\n', '  c();\n']) assert.equal(part(text), 'line', text);
    for (const text of ['two words', 'a.b', 'word ', 'a\nb\n', '']) assert.equal(part(text), null, text);
    assert.equal(part('word', 1), null, 'elsewhere');
    assert.equal(part('word', 0, 'w'), null, 'in place of something');
  });
});

describe('replacedWord', () => {
  it('puts words together from pieces that differ', () => {
    // alpha -> gamma is told as 'g' in front of 'a' and 'mm' for 'lph'.
    const pieces = [change('x = ', '', 'g', 'alpha;'), change('x = a', 'lph', 'mm', 'a;')];
    assert.deepEqual(replacedWord(pieces), { from: 'alpha', to: 'gamma', places: 1 });
    const twice = [...pieces, change('use(', 'alpha', 'gamma', ')', 100)];
    assert.deepEqual(replacedWord(twice), { from: 'alpha', to: 'gamma', places: 2 });
  });

  it('is null where words differ, or more than words', () => {
    assert.equal(replacedWord([change('', 'a', 'b'), change('', 'c', 'b', '', 10)]), null);
    assert.equal(replacedWord([change('', 'a', 'b + c')]), null);
    assert.equal(replacedWord([change('', 'a', '')]), null);
    assert.equal(replacedWord([]), null);
  });
});
