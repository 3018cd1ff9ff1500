import assert from 'node:assert/strict';
import { patternFault, tooSlow } from '../../../../src/redaction/detectors/patternFault.ts';
import { runWorker, WorkerEnd } from '../../../../src/sealing/runWorker.ts';

const worker = new URL('../../../../src/sealing/worker.ts', import.meta.url);
const limits = { time: 1500, memory: 256 };

const sound = [
  'TICKET-\\d{2,8}',
  '(?<value>[A-Z]{2}\\d+)-x',
  '^KEY (?<value>.+)$',
  '\\w+@\\w+\\.corp',
  '(?<=id: )\\w{8}',
  '\\p{Script=Greek}+',
  '(?:ab|cd){2,}e',
];

/** [what, pattern] */
const runaway: [string, string][] = [
  ['nests a repetition', '(a+)+$'],
  ['repeats alternatives that overlap in one character', '([a-f]+|[f-z]+)+!'],
  ['nests a repetition behind a beginning', 'token=(\\w+)+;'],
  ['nests a repetition of tabs', '(\\t+)+$'],
  ['nests a repetition of signs', '(\\$+)+x'],
  ['nests a repetition of characters beyond ASCII', '([\\u4e00-\\u9fff]+)+$'],
  ['repeats one class many times', '[a-z]+[a-z]+[a-z]+[0-9]'],
];

describe('patternFault', () => {
  for (const pattern of sound) {
    it(`has nothing to say against ${pattern}`, () => assert.equal(patternFault(pattern), null));
  }

  it('says what is wrong with a broken pattern', () => {
    assert.match(patternFault('(') ?? '', /Unterminated group/);
    assert.match(patternFault('[z-a]') ?? '', /out of order/);
  });

  for (const pattern of ['x*', '$', '\\d{3}|', '\\b', '(?=x)']) {
    it(`refuses ${pattern}, which can match without a character`, () => {
      assert.match(patternFault(pattern) ?? '', /without a single character/);
    });
  }

  it('refuses a pattern that is slow but ends', () => assert.equal(patternFault('(0|[1-9]\\d*)+x'), tooSlow));
});

describe('a pattern that runs away', () => {
  it('is told from a sound one in the worker', async () => {
    assert.equal(await runWorker(worker, 'pattern', 'PRJ-\\d+', { ...limits, time: 30_000 }), null);
  });

  for (const [what, pattern] of runaway) {
    it(`is refused or killed when it ${what}`, async () => {
      const answer = await runWorker(worker, 'pattern', pattern, limits).catch((error: unknown) => error);
      assert.ok(answer === tooSlow || (answer instanceof WorkerEnd && answer.reason === 'too_slow'), String(answer));
    });
  }
});
