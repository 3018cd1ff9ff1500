import assert from 'node:assert/strict';
import { Attention, attentionTimes, type Timer } from '../../../../../src/session/capture/documents/attention.ts';

/** A clock that goes on when it is told to. */
class Clock implements Timer {
  #now = 0;
  readonly #due = new Set<{ at: number; then: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, then: () => void): () => void {
    const entry = { at: this.#now + milliseconds, then };
    this.#due.add(entry);
    return () => void this.#due.delete(entry);
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#due.delete(next);
      this.#now = next.at;
      next.then();
    }
    this.#now = end;
  }
}

function watched() {
  const told: string[] = [];
  const clock = new Clock();
  const attention = new Attention((name, reason) => told.push(`${reason} ${name} ${clock.now()}`), clock);
  return { attention, clock, told };
}

const lines = (start: number) => [{ start, end: start + 30 }];
const { dwell, pause, landing, arrival } = attentionTimes;

describe('Attention', () => {
  it('tells a dwelling once, when the same lines stayed in view for two seconds', () => {
    const { attention, clock, told } = watched();
    attention.show('a.ts', lines(0));
    clock.pass(dwell - 1);
    assert.deepEqual(told, []);
    attention.show('a.ts', lines(0));
    clock.pass(1);
    assert.deepEqual(told, [`dwell a.ts ${dwell}`]);
    clock.pass(60_000);
    assert.equal(told.length, 1);
  });

  it('begins anew with each scrolling, and ends when the person turns to something else', () => {
    const { attention, clock, told } = watched();
    for (let line = 0; line < 20; line++) {
      attention.show('a.ts', lines(line));
      clock.pass(dwell - 1);
    }
    attention.show(null);
    clock.pass(60_000);
    assert.deepEqual(told, []);
  });

  it('tells one dwelling in five seconds at most, and later what is still in view then', () => {
    const { attention, clock, told } = watched();
    for (let page = 0; page < 10; page++) {
      attention.show('a.ts', lines(page * 30));
      clock.pass(dwell + 500);
    }
    assert.ok(told.length > 2, `${told}`);
    const times = told.map((one) => Number(one.split(' ')[2]));
    for (const [i, time] of times.entries()) if (i > 0) assert.ok(time - times[i - 1] >= pause, `${times}`);
    attention.show('b.ts', lines(0));
    clock.pass(60_000);
    assert.match(told.at(-1) as string, /^dwell b\.ts/);
  });

  it('tells a jump when a command puts the cursor out of view, once its lines are there', () => {
    const { attention, clock, told } = watched();
    attention.show('a.ts', lines(0));
    clock.pass(1000);
    attention.move('a.ts', { line: 300, cause: 'command' });
    attention.show('a.ts', lines(290));
    clock.pass(landing);
    assert.deepEqual(told, [`jump a.ts ${1000 + landing}`]);
  });

  it('tells a jump when a command puts the cursor into a document that has just become active', () => {
    const { attention, clock, told } = watched();
    attention.show('a.ts', lines(0));
    clock.pass(1000);
    // As VS Code tells it: nothing active, the new editor at its top, its lines, its cursor.
    attention.show(null);
    attention.show('b.ts', lines(0));
    attention.show('b.ts', lines(140));
    attention.move('b.ts', { line: 151, cause: 'command' });
    clock.pass(landing);
    assert.deepEqual(told, [`jump b.ts ${1000 + landing}`]);
  });

  it('takes no other move for a jump', () => {
    const moves: Parameters<Attention['move']>[1][] = [
      { line: 300, cause: 'keyboard' },
      { line: 300, cause: 'mouse' },
      { line: 300, cause: 'none' },
      { line: null, cause: 'command' },
      { line: 20, cause: 'command' },
    ];
    for (const move of moves) {
      const { attention, clock, told } = watched();
      attention.show('a.ts', lines(0));
      clock.pass(arrival + 1);
      attention.move('a.ts', move);
      attention.move('other.ts', { line: 300, cause: 'command' });
      clock.pass(landing);
      assert.deepEqual(told, [], JSON.stringify(move));
    }
  });

  it('of several jumps tells the last, and none from which the person goes on before it is there', () => {
    const { attention, clock, told } = watched();
    attention.show('a.ts', lines(0));
    clock.pass(1000);
    for (const line of [300, 400]) {
      attention.move('a.ts', { line, cause: 'command' });
      clock.pass(landing / 2);
    }
    clock.pass(landing);
    assert.equal(told.length, 1);
    attention.move('a.ts', { line: 500, cause: 'command' });
    attention.show('b.ts', lines(0));
    clock.pass(landing);
    assert.equal(told.length, 1);
  });

  it('tells nothing once it is disposed of', () => {
    const { attention, clock, told } = watched();
    attention.show('a.ts', lines(0));
    clock.pass(arrival + 1);
    attention.move('a.ts', { line: 300, cause: 'command' });
    attention.dispose();
    clock.pass(60_000);
    assert.deepEqual(told, []);
  });
});
