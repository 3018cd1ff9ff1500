import assert from 'node:assert/strict';
import { headAndTail, outputLimit, renderTerminal } from '../../../src/redaction/terminalText.ts';

describe('renderTerminal', () => {
  it('gives plain output as it is', async () => {
    assert.equal(await renderTerminal('one\r\ntwo  \r\n\r\nthree\r\n', 80), 'one\ntwo\n\nthree');
  });

  it('drops colours and the marks of shell integration', async () => {
    assert.equal(await renderTerminal('\x1b]633;C\x07\x1b[32mok\x1b[0m 1\r\n', 80), 'ok 1');
  });

  it('shows of a progress bar what was left of it', async () => {
    assert.equal(await renderTerminal('10%\r 50%\r100%\r\ndone\r\n', 80), '100%\ndone');
    assert.equal(await renderTerminal('abc\b\bX\r\n', 80), 'aXc');
  });

  it('joins lines that the terminal wrapped', async () => {
    const long = 'x'.repeat(100);
    assert.equal(await renderTerminal(`\x1b[1m${long}\x1b[0m\r\nend`, 40), `${long}\nend`);
  });

  it('renders the same however the stream is long, and bounds it', async () => {
    const line = `${'0123456789'.repeat(7)}\r\n`;
    const text = await renderTerminal(line.repeat(40_000), 80);
    assert.ok(text.length <= 1 << 20);
    assert.match(text, /\n\[\.\.\.\]\n/);
  });
});

describe('headAndTail', () => {
  it('keeps the limit in bytes, and whole lines', () => {
    const text = Array.from({ length: 5000 }, (_, i) => `Zeile ${i} é😀`).join('\n');
    const cut = headAndTail(text, outputLimit, Buffer.byteLength);
    assert.ok(Buffer.byteLength(cut) <= outputLimit);
    const [head, tail] = cut.split('\n[...]\n');
    assert.ok(text.startsWith(`${head}\n`));
    assert.ok(text.endsWith(`\n${tail}`));
  });

  it('cuts a line without end too, but no character', () => {
    const cut = headAndTail('😀'.repeat(50_000), outputLimit, Buffer.byteLength);
    assert.ok(Buffer.byteLength(cut) <= outputLimit);
    assert.ok(cut.isWellFormed() && !cut.includes('\ufffd'));
  });
});
