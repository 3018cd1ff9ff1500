import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { OutputBuffer } from '../../../../../src/session/capture/programs/outputBuffer.ts';

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

  it('keeps nothing of a program that takes the whole screen, wherever its sequence was cut', () => {
    for (const sequence of ['\x1b[?1049h', '\x1b[?47h', '\x1b[?1047h', '\x1b[?1;1049h']) {
      const data = `shown\n${sequence}\x1b[2Jsecond page`;
      for (let cut = 0; cut <= data.length; cut++) {
        const buffer = new OutputBuffer(1000);
        buffer.push(data.slice(0, cut));
        buffer.push(data.slice(cut));
        assert.equal(buffer.isFullScreen, true, `${JSON.stringify(sequence)} cut at ${cut}`);
        assert.deepEqual(buffer.end(), { pieces: [], truncated: false, bytes: 0 });
      }
    }
    const buffer = new OutputBuffer(1000);
    buffer.push('\x1b[?25h\x1b[?2004h 1049h');
    assert.equal(buffer.isFullScreen, false);
  });

  it('stays small in a flood of 1 GB', async function () {
    this.timeout(120_000);
    const flood = async (module: string) => {
      const { OutputBuffer } = await import(module);
      const buffer = new OutputBuffer();
      const chunk = 'a line of a flood that never ends\r\n'.repeat(1000);
      const count = Math.ceil(2 ** 30 / chunk.length);
      for (let i = 0; i < count; i++) buffer.push(chunk);
      const { pieces, truncated, bytes } = buffer.end();
      const { parentPort } = await import('node:worker_threads');
      parentPort?.postMessage([truncated, bytes === count * chunk.length, pieces.join('').length <= 256 * 1024]);
    };
    const module = import.meta.resolve('../../../../../src/session/capture/programs/outputBuffer.ts');
    // A worker that needs more memory is ended.
    const worker = new Worker(`(${flood})(${JSON.stringify(module)})`, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 16 },
    });
    const [told] = await once(worker, 'message');
    assert.deepEqual(told, [true, true, true]);
  });
});
