import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inMinutes, isOver, parsePause, untilResumed, untilTomorrow } from '../../../src/consent/pause.ts';

const hour = 60 * 60 * 1000;
const dates = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('a pause', () => {
  it('ends at its time, and without one never', () => {
    const now = new Date();
    const pause = inMinutes(15, now);
    assert.equal(isOver(pause, now.getTime() + 15 * 60_000 - 1), false);
    assert.equal(isOver(pause, now.getTime() + 15 * 60_000), true);
    assert.equal(isOver(untilResumed, Number.MAX_SAFE_INTEGER), false);
  });

  it('until tomorrow ends at six in the morning, some hours from now and not two days', () => {
    fc.assert(
      fc.property(dates, (now) => {
        const { until } = untilTomorrow(now);
        const end = new Date(until ?? 0);
        assert.equal(end.getHours(), 6);
        assert.ok(end.getTime() - now.getTime() >= 4 * hour && end.getTime() - now.getTime() < 30 * hour);
      }),
    );
    assert.equal(untilTomorrow(new Date(2026, 2, 4, 23, 50)).until, new Date(2026, 2, 5, 6).getTime());
    assert.equal(untilTomorrow(new Date(2026, 2, 5, 0, 30)).until, new Date(2026, 2, 5, 6).getTime());
    assert.equal(untilTomorrow(new Date(2026, 2, 5, 5, 50)).until, new Date(2026, 2, 6, 6).getTime());
  });

  it('is what a file says, and holds where the file is not understood', () => {
    assert.equal(parsePause(null), null);
    assert.deepEqual(parsePause('{"until":5}'), { until: 5 });
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(parsePause(text));
      }),
    );
  });
});
