import assert from 'node:assert/strict';
import { buildHistory } from '../../../../src/session/history/buildHistory.ts';
import { readEditingTrace } from '../../../../src/session/import/editingTrace.ts';
import { ImportError } from '../../../../src/session/import/parseInput.ts';
import { readSessionEvents } from '../../../../src/session/import/sessionEvents.ts';
import { readWorkspaceRecording } from '../../../../src/session/import/workspaceRecording.ts';
import { eventsOf } from '../../../support/histories.ts';

const minute = 60_000;

function traceOf(txns: object[], startContent = '', endContent = ''): string {
  return JSON.stringify({ startContent, endContent, txns });
}

describe('readEditingTrace', () => {
  it('leads from the start to the end, in code points', () => {
    const json = traceOf(
      [
        {
          patches: [
            [1, 0, '😀'],
            [2, 1, 'x'],
          ],
        },
        { patches: [[0, 1, '']] },
      ],
      'ab',
      '😀x',
    );
    const { tasks, faults } = buildHistory(readEditingTrace(json, 'trace.json', 'trace', null));
    assert.deepEqual(faults, []);
    assert.deepEqual([tasks.length, tasks[0].files[0].base, tasks[0].files[0].final], [1, 'ab', '😀x']);
  });

  it('is one task without times, and several where the times tell of idleness', () => {
    const txns = [0, 1, 60, 61].map((after) => ({
      time: new Date(1_600_000_000_000 + after * minute).toISOString(),
      patches: [[0, 0, 'x']],
    }));
    const tasksOf = (json: string) => buildHistory(readEditingTrace(json, 'f', 'f', null)).tasks;
    assert.equal(tasksOf(traceOf(txns, '', 'xxxx')).length, 2);
    assert.equal(
      tasksOf(
        traceOf(
          txns.map(({ patches }) => ({ patches })),
          '',
          'xxxx',
        ),
      ).length,
      1,
    );
  });

  it('takes a time before there were editors for none', () => {
    const txns = [
      { time: '1970-01-01T00:00:00.000Z', patches: [[0, 0, 'x']] },
      { time: '2020-09-10T04:23:15.000Z', patches: [[1, 0, 'y']] },
    ];
    const events = readEditingTrace(traceOf(txns, '', 'xy'), 'f', 'f', null);
    assert.deepEqual(new Set(events.map(({ t }) => t)), new Set([Date.parse('2020-09-10T04:23:15.000Z')]));
  });

  it('names what is wrong with a broken trace', () => {
    const read = (json: string) => () => readEditingTrace(json, 'trace.json', 'f', null);
    assert.throws(read('{'), /^ImportError: trace\.json is not JSON; expected an editing trace/);
    assert.throws(read('{"txns":[]}'), /startContent/);
    assert.throws(read(traceOf([{ patches: [[3, 1, '']] }], 'ab')), /trace\.json: txns\.0 changes 3\+1 of a text of 2/);
    assert.throws(read(traceOf([], 'a', 'b')), /do not lead to its endContent/);
    assert.throws(read(traceOf([{ patches: [[-1, 0, 'x']] }])), ImportError);
  });
});

describe('readWorkspaceRecording', () => {
  const log = [
    { kind: 'header', time: 9_000_000_000_000 },
    { kind: 'documentEncountered', id: 0, time: 1_700_000_000_000, relativePath: 'src\\a.ts' },
    { kind: 'setContent', id: 0, time: 1_700_000_000_001, content: 'one two' },
    { kind: 'storeContent', id: 0, time: 1_700_000_000_002, contentId: 'c' },
    { kind: 'selectionChanged', id: 0, time: 1_700_000_000_003, selection: [[7, 7]] },
    {
      kind: 'changed',
      id: 0,
      time: 1_700_000_000_004,
      edit: [
        [0, 3, '1'],
        [4, 7, '2'],
      ],
    },
  ];

  it('applies all edits of an entry to the text before it, and keeps the selection before', () => {
    const { tasks } = buildHistory(readWorkspaceRecording(JSON.stringify({ log }), 'log.json'));
    const [file] = tasks[0].files;
    assert.deepEqual([file.path, file.base, file.final], ['src/a.ts', 'one two', '1 2']);
    const [step] = tasks[0].steps;
    assert.deepEqual(step.kind === 'edit' && step.selections, [{ anchor: 7, active: 7 }]);
  });

  it('tells where the cursor went after an edit, and that what was selected before is put in', () => {
    const more = [
      { kind: 'selectionChanged', id: 0, time: 1_700_000_000_005, selection: [[0, 3]] },
      { kind: 'selectionChanged', id: 0, time: 1_700_000_000_006, selection: [[7, 7]] },
      { kind: 'changed', id: 0, time: 1_700_000_000_007, v: 9, edit: [[7, 7, 'one']] },
      { kind: 'selectionChanged', id: 0, time: 1_700_000_000_008, selection: [[10, 10]] },
      { kind: 'selectionChanged', id: 0, time: 1_700_000_000_009, selection: [[1, 1]] },
      { kind: 'changed', id: 0, time: 1_700_000_000_010, edit: [[0, 0, 'never selected']] },
    ];
    const events = readWorkspaceRecording(JSON.stringify({ log: [...log.slice(0, 3), ...more] }), 'log.json');
    const signs = events.filter((event) => event.kind === 'sign');
    assert.deepEqual(
      signs.map(({ version, selections }) => [version, selections]),
      [[9, [{ anchor: 10, active: 10 }]]],
    );
    const edits = events.filter((event) => event.kind === 'edit');
    assert.deepEqual(
      edits.map(({ clipboard, still }) => [clipboard, still]),
      [
        [true, 1],
        [null, 1],
      ],
    );
    assert.deepEqual(
      buildHistory(events).tasks[0].steps.map((step) => step.kind === 'edit' && step.origin)[0],
      'pasted',
    );
  });

  it('knows of no cursors where none were told, after an edit neither', () => {
    const keys = [...'ab'].map((key, index) => ({ kind: 'changed', id: 0, time: index, edit: [[index, index, key]] }));
    const events = readWorkspaceRecording(JSON.stringify({ log: [...log.slice(0, 3), ...keys] }), 'log.json');
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'edit' ? [event.selections] : [])),
      [null, null],
    );
    const { steps } = buildHistory(events).tasks[0];
    assert.deepEqual(
      steps.map((step) => step.kind === 'edit' && step.origin),
      ['typed', 'typed'],
    );
  });

  it('does not let a text that is stamped late move what is done to it', () => {
    const late = log.map((one) => (one.kind === 'setContent' ? { ...one, time: 1_800_000_000_000 } : one));
    const events = readWorkspaceRecording(JSON.stringify({ log: late }), 'log.json');
    assert.deepEqual(
      events.map(({ t }) => t - 1_700_000_000_000),
      [3, 4],
    );
  });

  it('knows content that comes back', () => {
    const restored = [...log, { kind: 'restoreContent', id: 0, time: 1_700_000_000_005, contentId: 'c' }];
    const { tasks, faults } = buildHistory(readWorkspaceRecording(JSON.stringify({ log: restored }), 'log.json'));
    assert.deepEqual(faults, []);
    assert.equal(tasks[0].files[0].final, 'one two');
  });

  it('names what is wrong with a broken log', () => {
    const read = (entries: object[]) => () => readWorkspaceRecording(JSON.stringify({ log: entries }), 'log.json');
    const changed = { kind: 'changed', id: 0, time: 1, edit: [[0, 99, '']] };
    assert.throws(read([...log.slice(0, 3), changed]), /log\.json: at t=1, document 0: change at 0\+99/);
    assert.throws(read([changed]), /changes document 0 before its content is set/);
    assert.throws(read([{ kind: 'setContent', id: 0 }]), /log\.0 is no valid 'setContent'/);
    assert.throws(() => readWorkspaceRecording('[]', 'log.json'), ImportError);
  });
});

describe('readSessionEvents', () => {
  it('reads back what was written, one event a line', () => {
    const events = eventsOf('a\n', [{ kind: 'paste', at: 1, text: 'b\n' }]);
    const text = `${events.map((event) => JSON.stringify(event)).join('\n')}\n\n`;
    assert.deepEqual(readSessionEvents(text, 'events.jsonl'), events);
  });

  it('names the line that is broken', () => {
    assert.throws(() => readSessionEvents('\n{"kind":"save","t":1}\n', 'events.jsonl'), /events\.jsonl:2: .*doc/);
  });
});
