import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clickAction, type Situation, stateOf } from '../../../src/consent/state.ts';
import { holdText, statusText, troubleText } from '../../../src/consent/statusText.ts';

const situations: fc.Arbitrary<Situation> = fc.record({
  consented: fc.boolean(),
  paused: fc.boolean(),
  hold: fc.constantFrom(null, 'untrusted', 'no_folder', 'virtual'),
  trouble: fc.constantFrom(null, 'journal', 'key', 'dataset', 'patterns', 'denylist'),
});

/** The situation after a click, where the person answers a question with `agrees`. */
function click(situation: Situation, agrees: boolean): Situation {
  switch (clickAction(situation)) {
    case 'explain':
      return situation;
    case 'ask':
      return agrees ? { ...situation, consented: true, paused: false } : situation;
    case 'retry':
      return { ...situation, trouble: null };
    case 'resume':
      return { ...situation, paused: false };
    case 'pause':
      return { ...situation, paused: true };
  }
}

describe('stateOf', () => {
  it('records only with consent, nothing in the way and no pause', () => {
    fc.assert(
      fc.property(situations, (s) => {
        const recording = s.consented && !s.paused && s.hold === null && s.trouble === null;
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
    const recording: Situation = { consented: true, paused: false, hold: null, trouble: null };
    assert.equal(clickAction(recording), 'pause');
    const paused = click(recording, false);
    assert.equal(stateOf(paused).kind, 'paused');
    assert.equal(clickAction(paused), 'resume');
    assert.deepEqual(click(paused, false), recording);
  });
});

describe('status text', () => {
  const t = (message: string) => message;
  const kinds = ['off', 'recording', 'paused'] as const;

  it('says the state in words', () => {
    for (const kind of kinds)
      assert.match(statusText({ kind }, t), new RegExp(`^\\$\\([a-z-]+\\) Understudy: ${kind}$`));
  });

  it('says "recording" in no state but recording', () => {
    fc.assert(
      fc.property(situations, (s) => {
        const state = stateOf(s);
        const says = /Understudy: recording/.test(statusText(state, t));
        assert.equal(says, state.kind === 'recording');
      }),
    );
  });

  it('tells what is in the way, and what to do', () => {
    for (const why of ['untrusted', 'no_folder', 'virtual'] as const) assert.ok(holdText(why, t).length > 20);
    for (const what of ['journal', 'key', 'dataset'] as const) assert.match(troubleText(what, t), /click to try again/);
  });
});
