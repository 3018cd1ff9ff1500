import assert from 'node:assert/strict';
import { agreementRows } from '../../../../src/editor/views/agreementRows.ts';
import { currentRows } from '../../../../src/editor/views/currentRows.ts';
import { type Held, heldRows } from '../../../../src/editor/views/heldRows.ts';
import type { Row } from '../../../../src/editor/views/row.ts';
import { sealedRows } from '../../../../src/editor/views/sealedRows.ts';
import { durationText, sizeText } from '../../../../src/editor/views/texts.ts';
import type { TaskLine } from '../../../../src/session/capture/taskSummary.ts';
import { testReceipt } from '../../../support/records.ts';

/** Like `vscode.l10n.t` without a translation. */
const t = (message: string, ...args: string[]) => message.replace(/\{(\d)\}/g, (_, i) => args[Number(i)]);
const told = ({ label, description }: Row) => (description ? `${label} | ${description}` : label);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('rows of the current task', () => {
  const command = { kind: 'command' as const, command: 1, running: false, tests: null };
  const examples: [TaskLine, string][] = [
    [{ kind: 'start', hasInstruction: true }, 'Task started | in your own words'],
    [{ kind: 'start', hasInstruction: false }, 'Task started'],
    [{ kind: 'edit', path: 'a.ts', changes: 1, problems: null }, 'Edited a.ts | 1 change'],
    [
      { kind: 'edit', path: 'src/lib/a.ts', changes: 12, problems: 1 },
      'Edited a.ts | 12 changes · 1 problem · src/lib',
    ],
    [{ kind: 'edit', path: 'a.ts', changes: 2, problems: 0 }, 'Edited a.ts | 2 changes'],
    [{ kind: 'outside', path: 'src/a.ts' }, 'a.ts changed | by another program · src'],
    [{ kind: 'view', path: 'a.ts' }, 'Looked at a.ts'],
    [{ kind: 'file', action: 'rename', path: 'src/a.ts', to: 'lib/b.ts' }, 'Renamed a.ts to b.ts | lib'],
    [{ kind: 'file', action: 'delete', path: 'a.ts', to: null }, 'Deleted a.ts'],
    [{ ...command, does: 'test', program: 'npm', exitCode: 1 }, 'Tests: npm | failed'],
    [
      { ...command, does: 'test', program: 'npm', exitCode: 1, tests: { passed: 4, failed: 2 } },
      'Tests: npm | failed · 4 passed, 2 failed',
    ],
    [{ ...command, does: 'build', program: 'tsc', exitCode: 0 }, 'Build: tsc | passed'],
    [{ ...command, does: 'lint', program: 'ruff', running: true, exitCode: null }, 'Check: ruff | running'],
    [{ ...command, does: 'git', program: 'git', exitCode: 128 }, 'Command: git | exit code 128'],
    [{ ...command, does: null, program: null, exitCode: null }, 'Command: a program of your own | ended'],
    [{ kind: 'cell', path: 'a.ipynb#3', success: false }, 'Ran a cell of a.ipynb#3 | failed'],
    [{ kind: 'debug', action: 'stopped', path: 'src/a.ts', line: 4 }, 'Debugger: stopped | src/a.ts:5'],
    [{ kind: 'debug', action: 'exited', path: null, line: null }, 'Debugger: ended'],
    [{ kind: 'git', action: 'commit', files: 2 }, 'Committed | 2 files'],
    [{ kind: 'git', action: 'cherry_pick', files: 0 }, 'Git: cherry-pick'],
    [{ kind: 'gap', reason: 'paused' }, 'Paused'],
  ];

  it('say what was done, in words', () => {
    for (const [line, text] of examples) assert.equal(told(currentRows([line], 0, t)[0]), text);
  });

  it('say how many went before, and keep their ids when the oldest go', () => {
    const lines = examples.map(([line]) => line);
    const [before, first] = currentRows(lines, 5, t);
    assert.equal(told(before), '5 steps before');
    assert.equal(first.id, '5');
    assert.deepEqual(currentRows(lines.slice(1), 6, t).at(-1), currentRows(lines, 5, t).at(-1));
  });
});

describe('rows of held tasks', () => {
  const now = 1_000 * day;
  const held: Held = {
    taskId: 'a',
    label: 'Add up the parcels',
    endedAt: now - 3 * minute,
    review: false,
    sealsAt: now + 7 * minute - 1,
    discardedAt: now + day,
    withheld: null,
  };
  const row = (fields: Partial<Held>) => heldRows([{ ...held, ...fields }], now, t)[0];

  it('say what becomes of the task when nobody decides', () => {
    assert.equal(told(row({})), 'Add up the parcels | sealed in 7 minutes · ended 3 minutes ago');
    const waiting = { review: true, sealsAt: null, discardedAt: now + 6 * day };
    assert.match(told(row(waiting)), /waiting for review · discarded in 6 days/);
    assert.match(
      told(row({ withheld: 'audit', sealsAt: null })),
      /cannot be sealed with certainty · discarded in 1 day/,
    );
    assert.match(told(row({ sealsAt: now - 1 })), /being sealed/);
  });

  it('let only what can be sealed be kept', () => {
    assert.equal(row({}).context, 'held');
    assert.equal(row({ withheld: 'audit' }).context, 'withheld');
  });

  it('tell of a task whose journal cannot be read', () => {
    assert.equal(row({ label: null }).label, 'A task that cannot be read');
  });

  it('can be given to the commands that decide on a task', () => {
    assert.deepEqual([row({}).kind, row({}).taskId], ['held', 'a']);
  });
});

describe('rows of sealed tasks', () => {
  const summary = {
    outcome: 'succeeded' as const,
    instruction: 'Add up the parcels\nof an order',
    languages: ['typescript', 'css', 'json'],
    examples: [
      { format: 'next_edit', rows: 12 },
      { format: 'repair', rows: 1 },
    ],
    bytes: 51_234,
  };
  const task = { taskId: 'a', trajectoryIds: ['b', 'c'], summary };

  it('say how the task ended, and what was made of it', () => {
    const [row] = sealedRows([task], 0, 'more', t);
    assert.equal(told(row), 'Add up the parcels | succeeded · typescript · css · 13 examples · 51 kB');
    assert.deepEqual(row.children?.map(told), [
      'Languages: typescript, css, json',
      'next_edit | 12 examples',
      'repair | 1 example',
      'On the disk: 51 kB',
    ]);
    assert.equal(row.tooltip, summary.instruction);
  });

  it('say that there is no instruction, and no language', () => {
    const [row] = sealedRows(
      [{ ...task, summary: { ...summary, instruction: null, languages: [], examples: [] } }],
      0,
      'more',
      t,
    );
    assert.equal(told(row), 'Without an instruction | succeeded · 0 examples · 51 kB');
    assert.equal(told(row.children?.[0] as Row), 'Languages: none');
  });

  it('take nothing of an instruction that could turn their words around', () => {
    const [row] = sealedRows(
      [{ ...task, summary: { ...summary, instruction: 'safe\u202e dedeeccus\u0007' } }],
      0,
      'more',
      t,
    );
    assert.equal(row.label, 'safe  dedeeccus ');
  });

  it('tell of one whose record is broken, which can only be withdrawn', () => {
    const [row] = sealedRows([{ ...task, summary: null }], 0, 'more', t);
    assert.deepEqual([row.label, row.context], ['A record that is broken', 'broken']);
  });

  it('end with a row that brings more', () => {
    const rows = sealedRows([task], 7, 'more', t);
    assert.deepEqual(rows.at(-1), { id: 'more', label: '7 more…', icon: 'ellipsis', command: 'more' });
    assert.equal(sealedRows([task], 0, 'more', t).length, 1);
  });
});

describe('rows of the agreement', () => {
  const agreement = {
    receipt: testReceipt,
    review: false,
    graceTime: 10 * minute,
    controller: null,
    datasetFolder: '/data',
    host: 'SSH: build7',
  };
  const rows = (fields: object) =>
    agreementRows({ ...agreement, ...fields }, 'policy', (time) => time.toISOString().slice(0, 10), t);
  const row = (id: string, fields: object = {}) => told(rows(fields).find((one) => one.id === id) as Row);

  it('say what was agreed to, until when, and what holds', () => {
    const until = testReceipt.valid_until.slice(0, 10);
    assert.equal(row('policy'), `Recording policy, version ${testReceipt.policy_version} | valid until ${until}`);
    assert.equal(row('uses'), 'What it may be used for | Training models');
    assert.equal(row('rights'), 'Right to share the code | The code is mine');
    assert.equal(row('controller'), 'Controller | only you');
    assert.equal(row('controller', { controller: 'Example Ltd' }), 'Controller | Example Ltd');
    assert.equal(row('folder'), 'Dataset folder | SSH: build7 · /data');
  });

  it('list each signal that is recorded', () => {
    const signals = rows({}).find(({ id }) => id === 'signals')?.children ?? [];
    assert.equal(signals.length, testReceipt.signals.length);
  });

  it('say for how long a task is held', () => {
    assert.equal(row('held'), 'Each task is held | for 10 minutes');
    assert.equal(row('held', { graceTime: 0 }), 'Each task is held | not at all');
    assert.equal(row('held', { review: true }), 'Each task is held | until you have reviewed it');
  });
});

describe('texts', () => {
  it('tell a distance in the largest unit that fits', () => {
    const distances = [0, minute - 1, minute, 90_000, hour, 23.5 * hour, day, 6.1 * day];
    assert.deepEqual(
      distances.map((distance) => durationText(distance, t)),
      ['less than a minute', 'less than a minute', '1 minute', '2 minutes', '1 hour', '24 hours', '1 day', '7 days'],
    );
  });

  it('tell a size in the unit that fits', () => {
    assert.deepEqual(
      [17, 1234, 4_200_000].map((size) => sizeText(size, t)),
      ['17 bytes', '1 kB', '4.2 MB'],
    );
  });
});
