import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OutputBuffer } from '../../../../src/session/capture/outputBuffer.ts';

const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀'), maxLength: 12 }), { maxLength: 20 });

function capture(limit: number, data: string[]) {
  const buffer = new OutputBuffer(limit);
  for (const chunk of data) buffer.push(chunk);
  return buffer.end();
}

describe('OutputBuffer', () => {
  it('keeps all of what fits, and tells its bytes in any case', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 50 }), (data, limit) => {
        const all = data.join('');
        const { pieces, truncated, bytes } = capture(limit, data);
        assert.equal(bytes, Buffer.byteLength(all));
        assert.equal(truncated, all.length > 2 * limit);
        if (!truncated) assert.equal(pieces.join(''), all);
      }),
    );
  });

  it('keeps whole lines of the beginning and the end of what does not', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 50 }), (data, limit) => {
        const { pieces, truncated } = capture(limit, data);
        if (!truncated) return;
        const lines = data.join('').split('\n');
        assert.ok(pieces.join('').length <= 2 * limit);
        for (const line of pieces.join('').split('\n')) assert.ok(line === '' || lines.includes(line), line);
      }),
    );
  });

  it('is blind to how the stream was cut', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 50 }), (data, limit) => {
        assert.deepEqual(capture(limit, data), capture(limit, [data.join('')]));
      }),
    );
  });

  it('keeps the summary at the end of a long test run', () => {
    const { pieces } = capture(1000, [...Array.from({ length: 1000 }, (_, i) => `test ${i} ok\n`), '1000 passing\n']);
    assert.match(pieces[0], /^test 0 ok\n/);
    assert.match(pieces[1], /test 999 ok\n1000 passing\n$/);
  });
});
