import assert from 'node:assert/strict';
import { StepCount } from '../../../../src/session/capture/stepCount.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';

describe('StepCount', () => {
  const edit = (t: number, doc = 0) => ({ kind: 'edit', t, doc }) as SessionEvent;

  it('counts what becomes steps: edits in bursts, commands once, and nothing that is none', () => {
    const count = new StepCount();
    for (const event of [
      { kind: 'session', t: 0 },
      edit(1000),
      edit(2000),
      edit(3000, 1),
      edit(14_000, 1),
      { kind: 'save', t: 14_000 },
      { kind: 'command_start', t: 15_000 },
      { kind: 'command_output', t: 16_000 },
      { kind: 'command_end', t: 17_000 },
      edit(17_500, 1),
      { kind: 'git', t: 18_000 },
    ])
      count.add(event as SessionEvent);
    assert.equal(count.count, 6);
  });
});
