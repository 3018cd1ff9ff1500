import assert from 'node:assert/strict';
import { decodeText, eolOf, languageOf, withEolOf } from '../../../src/session/fileText.ts';

describe('decodeText', () => {
  it('reads what names its encoding, without the mark', () => {
    assert.deepEqual(decodeText(Buffer.from('é\n')), { text: 'é\n', encoding: 'utf8' });
    assert.deepEqual(decodeText(Buffer.from('\ufeffé')), { text: 'é', encoding: 'utf8bom' });
    assert.deepEqual(decodeText(Buffer.from('\ufeffé😀', 'utf16le')), { text: 'é😀', encoding: 'utf16le' });
    const bigEndian = Buffer.from('\ufeffé', 'utf16le').swap16();
    assert.deepEqual(decodeText(bigEndian), { text: 'é', encoding: 'utf16be' });
  });

  it('takes nothing for text that is none', () => {
    assert.equal(decodeText(Buffer.from([0xc3, 0x28])), null);
    assert.equal(decodeText(Buffer.from('a\0b')), null);
  });
});

describe('withEolOf', () => {
  it('gives the text of the repository the line ends that git gives the file', () => {
    assert.equal(withEolOf('a\nb\n', 'a\r\nc\r\n'), 'a\r\nb\r\n');
    assert.equal(withEolOf('a\nb\n', 'a\r\nc\n'), 'a\nb\n');
    assert.equal(withEolOf('a\r\n', 'a\r\n'), 'a\r\n');
    assert.equal(eolOf('a\r\n'), 'crlf');
  });
});

describe('languageOf', () => {
  it('knows languages by the ends of names', () => {
    assert.deepEqual(['src/a.TSX', 'a.py', 'Makefile', 'a.constructor'].map(languageOf), [
      'typescriptreact',
      'python',
      null,
      null,
    ]);
  });
});
