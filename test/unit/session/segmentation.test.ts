import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SessionEvent, sessionEventsFormat } from '../../../src/session/events.ts';
import { buildHistory } from '../../../src/session/history/buildHistory.ts';
import { segment, smallChange } from '../../../src/session/segmentation.ts';
import { runs } from '../../support/runs.ts';

const second = 1000;
const minute = 60 * second;

/** A recording told in short: each line one event, five seconds after the one before. */
class Story {
  readonly events: SessionEvent[] = [];
  readonly #documents: string[] = [];
  #t = 0;
  #commands = 0;

  wait(time: number): this {
    this.#t += time;
    return this;
  }

  #tell(event: Record<string, unknown>): this {
    this.#t += 5 * second;
    this.events.push({ t: this.#t, ...event } as SessionEvent);
    return this;
  }

  look(path: string, text = ''): this {
    let doc = this.#documents.indexOf(path);
    if (doc < 0) doc = this.#documents.push(path) - 1;
    return this.#tell({ kind: 'open', doc, path, language: null, eol: null, encoding: null, text });
  }

  edit(path: string, text = 'x', rest: { dirty?: boolean } = {}): this {
    if (!this.#documents.includes(path)) this.look(path);
    const doc = this.#documents.indexOf(path);
    const changes = [{ offset: 0, length: 0, text }];
    const facts = { version: 1, reason: null, selections: null, visible: null };
    return this.#tell({ kind: 'edit', doc, changes, ...facts, ...rest });
  }

  run(line: string, exit_code = 0): this {
    const command = this.#commands++;
    this.#tell({ kind: 'command_start', command, line, cwd: '.', columns: null, observed: true });
    return this.#tell({ kind: 'command_end', command, exit_code, output_status: 'complete', output_bytes: 0 });
  }

  git(action: string, rest: { branch?: string; moved?: boolean; paths?: string[] } = {}): this {
    return this.#tell({ kind: 'git', action, message: 'm', branch: null, paths: [], ...rest });
  }

  person(action: 'start' | 'finish'): this {
    return this.#tell({ kind: 'task', action, instruction: null });
  }

  gap(): this {
    return this.#tell({ kind: 'gap', reason: 'paused' });
  }

  /** Each task by why it ended and what was edited in it, in order. */
  get tasks(): string[] {
    const { tasks, faults } = buildHistory(this.events);
    assert.deepEqual(faults, []);
    return tasks.map(({ end, steps, files }) => {
      const edited = steps.flatMap((step) => (step.kind === 'edit' ? [files[step.file].path] : []));
      return `${end}: ${[...new Set(edited)].join(' ')}`;
    });
  }
}

const story = () => new Story();
const large = 'x'.repeat(smallChange + 1);

describe('segment', () => {
  describe('behind a commit', () => {
    it('joins a small clean-up, committed or not, and the commands that follow', () => {
      const committed = () => story().edit('a.ts', large).git('commit');
      assert.deepEqual(committed().edit('a.ts').git('commit').tasks, ['commit: a.ts']);
      assert.deepEqual(committed().edit('a.ts').edit('a.ts').tasks, ['commit: a.ts']);
      assert.deepEqual(committed().run('git push').tasks, ['commit: a.ts']);
      assert.deepEqual(committed().edit('a.ts').git('commit').edit('a.ts').git('commit').tasks, ['commit: a.ts']);
      assert.deepEqual(
        committed()
          .edit('a.ts')
          .wait(40 * minute)
          .edit('a.ts').tasks,
        ['commit: a.ts', 'stop: a.ts'],
      );
    });

    it('begins a task with what is large, late, long, elsewhere, or said to be one', () => {
      const committed = () => story().edit('a.ts', large).git('commit');
      const two = ['commit: a.ts', 'stop: a.ts'];
      assert.deepEqual(committed().edit('a.ts', large).tasks, two);
      assert.deepEqual(
        committed()
          .wait(2 * minute)
          .edit('a.ts').tasks,
        two,
      );
      assert.deepEqual(
        committed()
          .edit('a.ts')
          .wait(5 * minute)
          .edit('a.ts').tasks,
        two,
      );
      assert.deepEqual(committed().edit('b.ts').tasks, ['commit: a.ts', 'stop: b.ts']);
      assert.deepEqual(committed().edit('a.ts').person('finish').tasks, ['commit: a.ts', 'finish: a.ts']);
      assert.deepEqual(committed().person('start').edit('a.ts').tasks, two);
    });

    it('sees that what begins small goes on', () => {
      const steps = story().edit('a.ts', large).git('commit');
      for (let i = 0; i < 10; i++) steps.edit('a.ts', 'x'.repeat(50));
      assert.deepEqual(steps.git('commit').tasks, ['commit: a.ts', 'commit: a.ts']);
    });
  });

  describe('at a switch of branches', () => {
    it('ends the task, and gives what git did to the files to the next one', () => {
      const steps = story().edit('a.ts').wait(minute);
      steps.events.push({ kind: 'git_index', t: steps.events.at(-1)!.t + minute });
      const t = steps.events.at(-1)!.t;
      const byGit = story().edit('a.ts', 'of the branch', { dirty: false }).events.at(-1)!;
      steps.events.push({ ...byGit, t: t + 500 } as SessionEvent);
      const checkout = story().git('checkout', { branch: 'b', moved: true }).events[0];
      const mine = story().edit('a.ts').events.at(-1)!;
      steps.events.push({ ...checkout, t: t + 1000 } as SessionEvent, { ...mine, t: t + minute } as SessionEvent);
      const { tasks } = buildHistory(steps.events);
      assert.deepEqual(
        tasks.map(({ end, files }) => [end, files[0].base, files[0].final]),
        [
          ['switch', '', 'x'],
          ['stop', 'x', 'xof the branchx'],
        ],
      );
      assert.deepEqual(
        tasks[1].steps.map((step) => (step.kind === 'edit' ? step.origin : step.kind)),
        ['git', 'git', 'typed'],
      );
    });

    it('leaves an edit by hand where it was, and what git alone did is no task', () => {
      const steps = story().edit('a.ts', 'x', { dirty: false });
      const { t } = steps.events.at(-1)!;
      const nothing = { selections: null, cause: null, clipboard: null };
      steps.events.push({ kind: 'sign', t: t + 10, doc: 0, version: 1, ...nothing, dirty: true });
      const checkout = story().git('checkout', { branch: 'b', moved: true }).events[0];
      steps.events.push({ ...checkout, t: t + 500 } as SessionEvent);
      assert.deepEqual(steps.tasks, ['switch: a.ts']);
    });

    it('goes on with the work that a new branch is made for', () => {
      const steps = story().edit('a.ts').git('checkout', { branch: 'b', moved: false }).edit('a.ts').git('commit');
      assert.deepEqual(steps.tasks, ['commit: a.ts']);
    });
  });

  describe('after green tests', () => {
    const green = () => story().edit('src/sum/add.ts', large).run('npm test');

    it('begins a task with the first edit of an unrelated file', () => {
      assert.deepEqual(green().edit('src/net/socket.ts').tasks, [
        'unrelated: src/sum/add.ts',
        'stop: src/net/socket.ts',
      ]);
      assert.deepEqual(green().look('src/net/socket.ts').run('npm test').edit('src/net/socket.ts').tasks.length, 1);
      const third = green().edit('src/net/socket.ts').run('npm test').edit('lib/log.ts');
      assert.deepEqual(third.tasks, ['unrelated: src/sum/add.ts', 'unrelated: src/net/socket.ts', 'stop: lib/log.ts']);
    });

    it('gives the look at the other file to the task that it is for', () => {
      const { events } = green().look('src/net/socket.ts').edit('src/net/socket.ts');
      assert.equal(events[segment(events)[0].before].kind, 'open');
    });

    it('goes on with files that are related', () => {
      for (const path of ['src/sum/sub.ts', 'test/sum/add.test.ts', 'tests/test_add.py', 'README.md', 'package.json'])
        assert.equal(green().edit(path).tasks.length, 1, path);
      const importing = green()
        .look('src/net/socket.ts', "import { add } from '../sum/add.ts';")
        .edit('src/net/socket.ts');
      assert.equal(importing.tasks.length, 1);
      const imported = story()
        .look('src/sum/add.ts', "import '../net/socket.ts';")
        .edit('src/sum/add.ts')
        .run('npm test');
      assert.equal(imported.edit('src/net/socket.ts').tasks.length, 1);
      assert.equal(
        story().look('src/net/socket.ts').edit('src/sum/add.ts').run('npm test').edit('src/net/socket.ts').tasks.length,
        1,
      );
    });

    it('goes on with what is committed together in the end', () => {
      const both = ['src/sum/add.ts', 'src/net/socket.ts'];
      const edited = () => green().edit('src/net/socket.ts');
      assert.deepEqual(edited().git('commit', { paths: both }).tasks, [`commit: ${both.join(' ')}`]);
      assert.deepEqual(edited().git('commit', { paths: both.slice(1) }).tasks, [
        `unrelated: ${both[0]}`,
        `commit: ${both[1]}`,
      ]);
    });

    it('does not take an excursion for a task', () => {
      assert.equal(green().edit('src/net/socket.ts').edit('src/sum/add.ts').tasks.length, 1);
    });

    it('needs tests that ran, green, after an edit', () => {
      const red = story().edit('src/sum/add.ts').run('npm test', 1);
      assert.equal(red.edit('src/net/socket.ts').tasks.length, 1);
      assert.equal(story().edit('src/sum/add.ts').run('npm run build').edit('src/net/socket.ts').tasks.length, 1);
      assert.equal(story().run('npm test').edit('src/sum/add.ts').edit('src/net/socket.ts').tasks.length, 1);
    });
  });

  it('lets no task span two sessions', () => {
    const first = story().edit('a.ts');
    const session = {
      kind: 'session',
      format: sessionEventsFormat,
      platform: 'linux',
      vscode_version: null,
      license: null,
    };
    first.events.push({ ...session, t: first.events.at(-1)!.t } as SessionEvent);
    assert.deepEqual(first.edit('b.ts').tasks, ['stop: a.ts', 'stop: b.ts']);
  });

  it('ends tasks where nothing was done for long, and where the person says so', () => {
    assert.deepEqual(
      story()
        .edit('a.ts')
        .wait(30 * minute)
        .edit('b.ts').tasks,
      ['idle: a.ts', 'stop: b.ts'],
    );
    assert.deepEqual(
      story()
        .edit('a.ts')
        .gap()
        .wait(10 * minute)
        .edit('b.ts').tasks,
      ['pause: a.ts', 'stop: b.ts'],
    );
    assert.deepEqual(story().edit('a.ts').person('start').edit('b.ts').tasks, ['finish: a.ts', 'stop: b.ts']);
  });

  it('cuts in order, within the recording, and loses no event between two tasks', () => {
    const path = fc.constantFrom('a/a.ts', 'b/b.ts', 'b/c.ts');
    const step = fc.oneof(
      fc.tuple(fc.constant('edit' as const), path, fc.constantFrom('x', large)),
      fc.tuple(fc.constant('run' as const), fc.constantFrom('npm test', 'git push'), fc.constantFrom(0, 1)),
      fc.tuple(fc.constant('git' as const), fc.constantFrom('commit', 'checkout'), fc.constant({ branch: 'b' })),
      fc.tuple(fc.constant('wait' as const), fc.constantFrom(minute, 40 * minute)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const told = story();
        for (const [what, ...rest] of steps) (told[what] as (...args: unknown[]) => Story)(...rest);
        const cuts = segment(told.events).map(({ before }) => before);
        assert.deepEqual(
          cuts,
          [...new Set(cuts)].sort((a, b) => a - b),
        );
        assert.ok(cuts.every((cut) => cut > 0 && cut <= told.events.length));
        const edits = told.events.filter(({ kind }) => kind === 'edit').length;
        const { tasks } = buildHistory(told.events);
        assert.equal(tasks.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'edit')).length, edits);
      }),
      { numRuns: runs },
    );
  });
});
