import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRarePiece, pieceLength } from '../../../src/redaction/detectors/rarity.ts';
import type { Redacted } from '../../../src/redaction/redacted.ts';
import { redactTask } from '../../../src/redaction/redactTask.ts';
import { TextBuffer } from '../../../src/session/codePoints.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import { buildHistory } from '../../../src/session/history/buildHistory.ts';
import type { Task } from '../../../src/session/task.ts';
import { eventsOf, ordinaryAction, ordinaryActions, plantedAction } from '../../support/histories.ts';
import { runs } from '../../support/runs.ts';
import { randomToken } from '../../support/secrets.ts';

const base = 'export function total(list) {\n  return list.length;\n}\n';

function taskOf(events: SessionEvent[]): Task<string> | undefined {
  const { tasks, faults } = buildHistory(events);
  assert.deepEqual(faults, []);
  return tasks[0];
}

/** All versions of the one file, from its redacted base and changes. */
function versionsOf(task: Task<Redacted>): string[] {
  const text = new TextBuffer(task.files[0].base ?? '');
  const versions = [text.toString()];
  for (const step of task.steps) {
    if (step.kind !== 'edit') continue;
    for (const change of step.changes) {
      text.apply(change);
      versions.push(text.toString());
    }
  }
  return versions;
}

function insertsOf(task: Task<Redacted>): string[] {
  return task.steps.flatMap((step) => (step.kind === 'edit' ? step.changes.map(({ inserted }) => inserted) : []));
}

function rarePieces(secret: string): string[] {
  const pieces = Array.from({ length: Math.max(0, secret.length - pieceLength + 1) }, (_, i) =>
    secret.slice(i, i + pieceLength),
  );
  return pieces.filter((piece) => isRarePiece(piece) && !base.includes(piece));
}

const history = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: ordinaryAction.map((action) => ({ action, written: '' })) },
    { weight: 1, arbitrary: plantedAction },
  ),
  { minLength: 1, maxLength: 14 },
);

describe('redactTask', () => {
  it('replays: base and changes give final', () =>
    fc.assert(
      fc.asyncProperty(history, async (actions) => {
        const task = taskOf(
          eventsOf(
            base,
            actions.map(({ action }) => action),
          ),
        );
        if (!task) return;
        const redacted = (await redactTask(task, [])).task;
        assert.equal(versionsOf(redacted).at(-1), redacted.files[0].final);
      }),
      { numRuns: runs },
    ));

  it('leaves no rare piece of a secret in any version, insert or run of inserts', () =>
    fc.assert(
      fc.asyncProperty(history, async (actions) => {
        const task = taskOf(
          eventsOf(
            base,
            actions.map(({ action }) => action),
          ),
        );
        if (!task) return;
        const redacted = (await redactTask(task, [])).task;
        const texts = [...versionsOf(redacted), insertsOf(redacted).join('')];
        for (const { written } of actions) {
          for (const piece of rarePieces(written)) {
            for (const text of texts)
              assert.ok(!text.includes(piece), `'${piece}' of '${written}' stands in '${text}'`);
          }
        }
      }),
      { numRuns: runs },
    ));

  it('moves the line at which a program stopped with the lines that a placeholder hides', async () => {
    const body = Array.from({ length: 3 }, () => `${randomToken(64)}\n`).join('');
    const key = `-----BEGIN PRIVATE KEY-----\n${body}-----END PRIVATE KEY-----\n`;
    const task = taskOf([
      ...eventsOf(`${key}fail();\n`, [{ kind: 'throw', message: `Error: \x1b[31mbad\x1b[0m ${key}` }]),
      {
        kind: 'debug',
        t: 1_700_000_001_000,
        session: 0,
        action: 'stopped',
        message: null,
        path: 'src/main.ts',
        line: 5,
        exit_code: null,
      },
      {
        kind: 'edit',
        t: 1_700_000_002_000,
        doc: 0,
        version: 2,
        reason: null,
        changes: [{ offset: 0, length: 0, text: '\n' }],
        selections: null,
        visible: null,
      },
    ] as SessionEvent[]);
    assert.ok(task);
    const [thrown, stopped] = (await redactTask(task, [])).task.steps;
    assert.ok(thrown.kind === 'debug' && stopped.kind === 'debug');
    assert.match(thrown.message ?? '', /^Error: bad -----BEGIN PRIVATE KEY-----\nREDACTED_\w+\n-----END/);
    assert.deepEqual([task.steps[1].kind === 'debug' && task.steps[1].line, stopped.line], [5, 3]);
  });

  it('finds everywhere a key that a file was named after', async () => {
    const key = `SK${randomToken(32, '0123456789abcdef')}`;
    const task = taskOf(
      eventsOf(base, [
        { kind: 'paste', at: 1, text: `const client = connect("${key}");\n` },
        { kind: 'merge', message: `Remove ${key}.ts`, branch: 'main' },
        { kind: 'run', line: 'npm test', output: `took ${key.slice(6)}\r\n`, cuts: [] },
      ]),
    );
    assert.ok(task);
    const { task: redacted } = await redactTask(task, []);
    for (const piece of rarePieces(key)) assert.ok(!JSON.stringify(redacted).includes(piece), piece);
  });

  it('finds what was written half into one file and half into another, one after the other', async () => {
    const password = randomToken(10);
    const open = { kind: 'open', t: 1, language: null, eol: 'lf', encoding: 'utf8', text: '' } as const;
    const write = { kind: 'edit', reason: null, selections: null, visible: null } as const;
    const texts = [`password = "${password}"\n`, password.slice(0, 5), password.slice(5), '\n'];
    const task = taskOf([
      { ...open, doc: 0, path: 'a.conf' },
      { ...open, doc: 1, path: 'b.conf' },
      ...[0, 1, 0, 1].map(
        (doc, i): SessionEvent => ({
          ...write,
          t: 2 + i,
          doc,
          version: i,
          changes: [{ offset: 0, length: 0, text: texts[i] }],
        }),
      ),
    ]);
    assert.ok(task);
    const inserts = insertsOf((await redactTask(task, [])).task).join('');
    for (const piece of rarePieces(password)) assert.ok(!inserts.includes(piece), inserts);
  });

  it('leaves a history with nothing to hide as it was', () =>
    fc.assert(
      fc.asyncProperty(ordinaryActions, async (actions) => {
        const task = taskOf(eventsOf(base, actions));
        if (!task) return;
        const { task: redacted, placeholders } = await redactTask(task, []);
        assert.deepEqual(redacted, task);
        assert.deepEqual(placeholders, []);
      }),
      { numRuns: runs },
    ));
});
