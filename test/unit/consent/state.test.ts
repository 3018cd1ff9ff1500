import assert from 'node:assert/strict';
import fc from 'fast-check';
import { untilResumed } from '../../../src/consent/pause.ts';
import { clickAction, type Hold, type Situation, stateOf, type Trouble } from '../../../src/consent/state.ts';
import { holdText, statusText, troubleText, untilText } from '../../../src/consent/statusText.ts';

const holds: readonly Hold[] = ['untrusted', 'no_folder', 'virtual', 'excluded', 'organisation', 'live_share'];
const troubles: readonly Trouble[] = ['journal', 'key', 'dataset', 'patterns', 'denylist', 'organisation'];

const situations: fc.Arbitrary<Situation> = fc.record({
  consented: fc.boolean(),
  pause: fc.constantFrom(null, { until: null }, { until: 1 }),
  hold: fc.constantFrom(null, ...holds),
  trouble: fc.constantFrom(null, ...troubles),
});

/** The situation after a click, where the person answers a question with `agrees`. */
function click(situation: Situation, agrees: boolean): Situation {
  switch (clickAction(situation)) {
    case 'explain':
      return situation;
    case 'ask':
      return agrees ? { ...situation, consented: true } : situation;
    case 'retry':
      return { ...situation, trouble: null };
    case 'resume':
      return { ...situation, pause: null };
    case 'pause':
      return { ...situation, pause: untilResumed };
  }
}

describe('stateOf', () => {
  it('records only with consent, nothing in the way and no pause', () => {
    fc.assert(
      fc.property(situations, (s) => {
        const recording = s.consented && !s.pause && s.hold === null && s.trouble === null;
        assert.equal(stateOf(s).kind === 'recording', recording);
      }),
    );
  });

  it('is off without consent, whatever else is the case', () => {
    fc.assert(fc.property(situations, (s) => stateOf({ ...s, consented: false }).kind === 'off'));
  });
});

describe('a click', () => {
  it('never leads from off to recording but through the question', () => {
    fc.assert(
      fc.property(situations, fc.array(fc.constant(false)), (s, clicks) => {
        const end = clicks.reduce(click, { ...s, consented: false });
        assert.equal(stateOf(end).kind, 'off');
      }),
    );
  });

  it('while recording pauses at once, and the next one resumes without asking', () => {
    const recording: Situation = { consented: true, pause: null, hold: null, trouble: null };
    assert.equal(clickAction(recording), 'pause');
    const paused = click(recording, false);
    assert.equal(stateOf(paused).kind, 'paused');
    assert.equal(clickAction(paused), 'resume');
    assert.deepEqual(click(paused, false), recording);
  });
});

describe('a click where the organisation is not understood', () => {
  it('never asks anybody to agree', () => {
    fc.assert(fc.property(situations, (s) => clickAction({ ...s, trouble: 'organisation' }) !== 'ask'));
  });
});

describe('status text', () => {
  const t = (message: string, ...args: string[]) => message.replace(/\{(\d)\}/g, (_, i) => args[i]);
  const now = new Date(2026, 2, 4, 12, 0).getTime();
  const facts = { steps: 0, now, language: 'en' };

  it('says the state in words', () => {
    const text = (state: Parameters<typeof statusText>[0]) =>
      statusText(state, t, facts).replace(/^\$\([a-z-]+\) /, '');
    assert.equal(text({ kind: 'off' }), 'Understudy: off');
    assert.equal(text({ kind: 'recording' }), 'Understudy: recording');
    assert.equal(text({ kind: 'paused', until: null }), 'Understudy: paused');
    assert.equal(text({ kind: 'held', why: 'live_share' }), 'Understudy: not recording (Live Share)');
    assert.equal(text({ kind: 'trouble', what: 'journal' }), 'Understudy: stopped by an error');
  });

  it('tells the steps of the open task, if it has any', () => {
    assert.match(statusText({ kind: 'recording' }, t, { ...facts, steps: 12 }), /Understudy: recording \(12\)$/);
  });

  it('tells until when, and on which day unless it is today', () => {
    assert.match(untilText(new Date(2026, 2, 4, 14, 35).getTime(), facts), /^0?2:35\sPM$/);
    assert.match(untilText(new Date(2026, 2, 5, 6, 0).getTime(), facts), /^Thu\b.*6:00\sAM$/);
    assert.match(untilText(now, { ...facts, language: 'no such language' }), /12/);
  });

  it('says "recording" in no state but recording', () => {
    fc.assert(
      fc.property(situations, (s) => {
        const state = stateOf(s);
        const says = /Understudy: recording/.test(statusText(state, t, facts));
        assert.equal(says, state.kind === 'recording');
      }),
    );
  });

  it('tells what is in the way, and what to do', () => {
    for (const why of holds) assert.ok(holdText(why, t).length > 20);
    for (const what of troubles) assert.match(troubleText(what, t), /click to try again/);
  });
});
