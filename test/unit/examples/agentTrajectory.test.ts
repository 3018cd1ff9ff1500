import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type AgentTrajectory,
  agentTrajectoryFormat,
  agentTrajectoryRawFormat,
} from '../../../src/examples/agentTrajectory.ts';
import type { Message, ToolFunction } from '../../../src/examples/tools.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { FilePaths } from '../../../src/trajectory/filePaths.ts';
import type { Step, Trajectory } from '../../../src/trajectory/record.ts';
import { replayTrajectory } from '../../../src/trajectory/replay.ts';
import { anyWork, RecordBuilder } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { meta, TaskBuilder, text } from '../../support/tasks.ts';
import { runCall } from '../../support/toolCalls.ts';

const formats = [agentTrajectoryFormat, agentTrajectoryRawFormat];
const rowsOf = (record: Trajectory) => formats.flatMap(({ derive }) => derive(record));
const told: Trajectory['instruction'] = {
  ...{ text: text('Double it'), source: 'user', hindsight: false, available_from_step: 0 },
};
const base = 'function twice(x) {\n  return x;\n}\n';

type Assistant = Extract<Message, { role: 'assistant' }>;
const isAssistant = (message: Message): message is Assistant => message.role === 'assistant';
const callsOf = ({ messages }: AgentTrajectory): ToolFunction[] =>
  messages.filter(isAssistant).map((message) => message.tool_calls[0].function);
const shortly = ({ name, arguments: values }: ToolFunction): string => {
  if (name === 'execute_bash') return values.command;
  if (name === 'execute_ipython_cell') return values.code;
  return name === 'finish' ? name : `${values.command} ${values.path}`;
};

/** What a model reads: everything but the marks. */
function readable(message: Message): unknown {
  const { role, content } = message;
  if (role === 'assistant') return { role, content, calls: message.tool_calls.map((call) => call.function) };
  return role === 'tool' ? { role, content, name: message.name } : { role, content };
}

function begin(): RecordBuilder {
  return new RecordBuilder('twice', [
    { path: 'src/twice.js', base, language: 'javascript' },
    { path: 'notes.md', base: null, language: 'markdown' },
  ]);
}

describe('agent_trajectory', () => {
  it('gives at most one row, in one of its forms, that fits the schema and is the same each time', () => {
    let whole = 0;
    let raw = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        assert.equal(replayTrajectory(record), null);
        const copy = structuredClone(record);
        const [one, other] = formats.map(({ derive }) => derive(record));
        whole += one.length;
        raw += other.length;
        assert.ok(one.length + other.length < 2);
        for (const row of [...one, ...other]) {
          assert.equal(JSON.stringify(agentTrajectoryFormat.schema.parse(row)), JSON.stringify(row));
        }
        assert.deepEqual(record, copy);
        assert.deepEqual(rowsOf(structuredClone(record)), [...one, ...other]);
      }),
      { numRuns: runs },
    );
    assert.ok(whole > runs / 50 && raw > runs / 50, `${whole} whole rows, ${raw} raw ones: the law was hardly tried`);
  });

  it('leads with its calls to the final texts, ways back left out or not', () => {
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const row of rowsOf(record)) {
          const files = new Map(
            record.files.flatMap(({ path, base_text }) => (base_text === null ? [] : [[path, base_text]])),
          );
          for (const call of callsOf(row)) runCall(call, files);
          const paths = new FilePaths(record.files.map(({ path }) => path));
          for (const step of record.steps) paths.apply(step);
          const final = record.files.flatMap(({ file_id, final_text }) =>
            final_text === null ? [] : [[paths.of(file_id), final_text] as const],
          );
          assert.deepEqual(new Map([...files].sort()), new Map(final.sort()));
        }
      }),
      { numRuns: runs },
    );
  });

  it('puts nothing in front of a call that could have been known only after it', () => {
    fc.assert(
      fc.property(anyWork, fc.nat(), (record, at) => {
        for (const { derive } of formats) {
          const [row] = derive(record);
          const calls = row?.messages.filter(isAssistant).filter(({ tool_calls: [call] }) => {
            return call.function.name !== 'finish';
          });
          if (!row || calls.length === 0) continue;
          const from = calls[at % calls.length].step_start;
          const before = row.messages.slice(
            0,
            row.messages.findIndex((one) => isAssistant(one) && one.step_start === from),
          );
          const other = rewrittenFrom(record, from, derive === agentTrajectoryFormat.derive);
          const [otherRow] = derive(other);
          assert.ok(otherRow, 'another end leaves no row');
          assert.deepEqual(otherRow.messages.slice(0, before.length).map(readable), before.map(readable));
        }
      }),
      { numRuns: runs },
    );
  });

  it('tells no error that the editor showed only behind the steps of the call', () => {
    let told = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const { messages, step_end } of rowsOf(record)) {
          for (const [i, message] of messages.entries()) {
            if (message.role !== 'tool') continue;
            const call = messages[i - 1] as Assistant;
            assert.ok(call.step_end <= step_end);
            const known = record.steps.slice(0, call.step_end + 1).flatMap(({ diagnostics }) => diagnostics);
            for (const [, error] of message.content.matchAll(/: error: (.*) \(ts 1\)$/gm)) {
              assert.ok(known.some((one) => one.message === error));
              told++;
            }
          }
        }
      }),
      { numRuns: runs },
    );
    assert.ok(told > 0);
  });

  it('has one message of the user, then a call and its answer in turn, each to a tool that is declared', () => {
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const { messages, tools } of rowsOf(record)) {
          const names = tools.map((tool) => tool.function.name);
          assert.equal(messages[0].role, 'user');
          for (const [i, message] of messages.slice(1).entries()) {
            assert.equal(message.role, i % 2 === 0 ? 'assistant' : 'tool');
            if (isAssistant(message)) assert.ok(names.includes(message.tool_calls[0].function.name));
            if (message.role !== 'tool') continue;
            const [call] = (messages[i] as Assistant).tool_calls;
            assert.deepEqual([message.name, message.tool_call_id], [call.function.name, call.id]);
            assert.match(call.id, /^[a-z0-9]{9}$/);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('lets nobody learn what an agent, the clipboard or a completion put in', () => {
    const mark = 'not mine';
    for (const origin of ['agent', 'pasted', 'completion', 'external', 'git', 'unknown'] as const) {
      const record = new RecordBuilder('foreign', [{ path: 'a.js', base }])
        .edit(0, [{ offset: 0, deleted: 0, inserted: `${mark}\n` }], origin)
        .edit(0, [{ offset: 0, deleted: 4, inserted: '' }])
        .edit(0, [{ offset: 0, deleted: 0, inserted: 'not ' }], 'undo')
        .run('npm test', 0, 'ok', [{ name: text('works'), status: 'passed' }])
        .edit(0, [{ offset: mark.length, deleted: 0, inserted: '!' }])
        .build({ instruction: told });
      assert.deepEqual(agentTrajectoryFormat.derive(record), []);
      const [row] = agentTrajectoryRawFormat.derive(record);
      const calls = row.messages.filter(isAssistant).slice(0, -1);
      assert.deepEqual(
        calls.map(({ train, tool_calls: [call] }) => [shortly(call.function), train]),
        [
          ['view a.js', false],
          ['insert a.js', false],
          ['npm test', true],
          ['view a.js', false],
          ['str_replace a.js', false],
        ],
      );
      assert.deepEqual(calls[1].origins, [origin, 'typed', 'undo']);
    }
  });

  it('lets nobody learn what an agent took away', () => {
    const record = begin().replace(0, '  return x;\n', '', 'agent').build({ instruction: told });
    assert.deepEqual(agentTrajectoryFormat.derive(record), []);
    const [{ messages }] = agentTrajectoryRawFormat.derive(record);
    assert.deepEqual(
      messages.filter(isAssistant).map(({ train }) => train),
      [false, false, true],
    );
  });

  it('tells a task as calls: looks before edits, commands with their exit code, the end', () => {
    const record = begin()
      .run('npm test', 1, 'not ok', [{ name: text('twice'), status: 'failed' }])
      .replace(0, 'return x;', 'return x * 2;')
      .diagnose(0, ['Cannot find x'])
      .edit(1, [{ offset: 0, deleted: 0, inserted: 'done\n' }])
      .run('npm test', 0, 'ok', [{ name: text('twice'), status: 'passed' }])
      .build({ instruction: told });
    const [row] = agentTrajectoryFormat.derive(record);
    assert.deepEqual(
      row.messages.map((message) => {
        return isAssistant(message) ? shortly(message.tool_calls[0].function) : message.content;
      }),
      [
        'Double it',
        'npm test',
        'not ok\n[exit code 1]',
        'view src/twice.js',
        '     1\tfunction twice(x) {\n     2\t  return x;\n     3\t}',
        'str_replace src/twice.js',
        'The file src/twice.js has been edited.\n\nErrors that the editor shows:\nsrc/twice.js:1: error: Cannot find x (ts 1)',
        'create notes.md',
        'The file notes.md has been written.',
        'npm test',
        'ok',
        'finish',
      ],
    );
    assert.deepEqual(
      row.messages.filter(isAssistant).map(({ error, synthetic }) => [error, synthetic]),
      [
        [true, false],
        [false, true],
        [false, false],
        [false, false],
        [false, false],
        [false, true],
      ],
    );
    assert.deepEqual(callsOf(row)[2].arguments, {
      command: 'str_replace',
      path: 'src/twice.js',
      old_str: '  return x;\n',
      new_str: '  return x * 2;\n',
    });
    assert.equal(row.language, 'javascript');
    assert.deepEqual([row.step_start, row.step_end], [0, 5]);
    assert.ok(!row.messages.some((message) => 'train' in message));
    assert.match(
      row.afterwards.patch,
      /^diff --git a\/src\/twice\.js b\/src\/twice\.js\n--- a.*new file mode 100644\n/s,
    );
  });

  it('runs cells of Python by their texts, whose is own only where its text is, and leaves out what no call would tell', () => {
    const work = new TaskBuilder({ 'a.ipynb#1': 'x = 1\n', 'a.ipynb#2': 'y', 'b.ipynb#1': 'print(1)' })
      .edit(4, 1, '2')
      .runCell(true, 0, 1, '')
      .edit(0, 1, 'boom()', 1, 'completion')
      .runCell(false, 1, 1, 'NameError')
      .runCell(true, 2)
      .commit('Commit by a click')
      .task();
    const [{ files, ...record }] = buildTrajectories(work, meta);
    const languages = ['python', 'python', 'julia'];
    const [row] = rowsOf({ ...record, files: files.map((file, i) => ({ ...file, language: languages[i] })) });
    assert.deepEqual(
      row.messages.filter(isAssistant).flatMap(({ train, error, tool_calls: [call] }) => {
        return call.function.name === 'str_replace_editor' ? [] : [[shortly(call.function), train, error]];
      }),
      [
        ['x = 2\n', true, false],
        ['boom()', false, true],
        ['finish', true, false],
      ],
    );
    const isAnswer = (message: Message) => message.role === 'tool' && message.name === 'execute_ipython_cell';
    assert.deepEqual(
      row.messages.filter(isAnswer).map(({ content }) => content),
      ['', 'NameError'],
    );
  });

  it('makes one call of keystrokes in one place, and one for each place', () => {
    const typed = begin().type(0, 'return', '// ').type(0, '// ', 'x').build({ instruction: told });
    assert.deepEqual(agentTrajectoryFormat.derive(typed).flatMap(callsOf).map(shortly), [
      'view src/twice.js',
      'str_replace src/twice.js',
      'finish',
    ]);
    const far = `${base}${'// far\n'.repeat(60)}`;
    const places = new RecordBuilder('places', [{ path: 'a.js', base: far + base.replace('twice', 'double') }])
      .replace(0, 'twice', 'thrice')
      .replace(0, 'double', 'treble')
      .build({ instruction: told });
    const [row] = agentTrajectoryFormat.derive(places);
    assert.deepEqual(
      callsOf(row).map(({ arguments: values }) => ('old_str' in values ? values.old_str : null)),
      [null, 'function twice(x) {\n', null, 'function double(x) {\n', null],
    );
  });

  it('takes neighbours into old_str until it stands once, and inserts whole lines', () => {
    const twins = new RecordBuilder('twins', [{ path: 'a.js', base: 'a\nx\nb\nx\nc\n' }])
      .edit(0, [{ offset: 6, deleted: 1, inserted: 'y' }])
      .run('npx tsc', 0, '')
      .edit(0, [{ offset: 2, deleted: 0, inserted: 'new\n' }])
      .build({ instruction: told });
    const [row] = agentTrajectoryFormat.derive(twins);
    const [, change, , , insert] = callsOf(row).map(({ arguments: values }) => values);
    assert.deepEqual(change, { command: 'str_replace', path: 'a.js', old_str: 'b\nx\nc\n', new_str: 'b\ny\nc\n' });
    assert.deepEqual(insert, { command: 'insert', path: 'a.js', insert_line: 1, new_str: 'new' });
  });

  it('leaves out a way that led back, with the test on it, and keeps it in the raw form', () => {
    const way = (builder: RecordBuilder) =>
      builder
        .replace(0, 'return x;', 'return x + 2;')
        .run('npm test', 1, 'not ok', [{ name: text('twice'), status: 'failed' }])
        .replace(0, 'return x + 2;', 'return x;', 'undo')
        .run('npm test', 1, 'not ok', [{ name: text('twice'), status: 'failed' }])
        .replace(0, 'return x;', 'return x * 2;');
    const record = way(begin()).build({ instruction: told });
    const [row] = agentTrajectoryFormat.derive(record);
    assert.deepEqual(callsOf(row).map(shortly), [
      'npm test',
      'view src/twice.js',
      'str_replace src/twice.js',
      'finish',
    ]);
    assert.equal(row.afterwards.detours, 1);
    const [raw] = agentTrajectoryRawFormat.derive(way(begin()).build());
    assert.equal(raw.afterwards.patch, row.afterwards.patch);
    assert.deepEqual(
      raw.messages.filter(isAssistant).map(({ train, tool_calls: [call] }) => [shortly(call.function), train]),
      [
        ['view src/twice.js', false],
        ['str_replace src/twice.js', false],
        ['npm test', true],
        ['view src/twice.js', false],
        ['str_replace src/twice.js', false],
        ['npm test', true],
        ['view src/twice.js', true],
        ['str_replace src/twice.js', true],
        ['finish', true],
      ],
    );
  });

  it('keeps a way back on which a command ran that may have changed more than texts, for the raw form alone', () => {
    const record = begin()
      .replace(0, 'return x;', 'return x + 2;')
      .run('npm install left', 0, 'added 1 package')
      .replace(0, 'return x + 2;', 'return x;')
      .replace(0, 'return x;', 'return x * 2;')
      .run('npx tsc', 0, '')
      .edit(1, [{ offset: 0, deleted: 0, inserted: 'done\n' }])
      .build({ instruction: told });
    const back = begin()
      .replace(0, 'return x;', 'return x + 2;')
      .run('npm install left', 0, 'added 1 package')
      .replace(0, 'return x + 2;', 'return x;')
      .edit(1, [{ offset: 0, deleted: 0, inserted: 'done\n' }])
      .build({ instruction: told });
    // Nothing came between the way back and what was typed next: that is one edit.
    assert.equal(agentTrajectoryFormat.derive(record).length, 1);
    assert.deepEqual(agentTrajectoryFormat.derive(back), []);
    assert.equal(agentTrajectoryRawFormat.derive(back).length, 1);
  });

  it('says only what was known: no words of later, and plain ones where nobody said anything', () => {
    for (const [instruction, later] of [
      [{ text: text('Say it'), source: 'commit', hindsight: true, available_from_step: 0 }, 'Say it'],
      [{ text: text('Say it'), source: 'failing_test', hindsight: false, available_from_step: 0 }, 'Say it'],
      [{ ...told, available_from_step: 1 }, 'Double it'],
      [{ text: null, source: null, hindsight: false, available_from_step: null }, null],
    ] as const) {
      const record = begin().replace(0, 'return x;', 'return x * 2;').build({ instruction });
      assert.deepEqual(agentTrajectoryFormat.derive(record), []);
      const [{ messages, afterwards }] = agentTrajectoryRawFormat.derive(record);
      assert.match(messages[0].content, /^Carry on with the work/);
      assert.equal(afterwards.later_instruction, later);
      assert.equal(afterwards.hindsight, instruction.hindsight);
    }
  });

  for (const [what, fields] of [
    ['a part of a task', { part: 0, parts: 2 }],
    ['a task with a gap', { gaps: [{ after_step: 0, reason: 'paused' }] }],
    ['a task that failed', { outcome: { status: 'failed' } }],
    ['a task whose edits hold a placeholder', { placeholder: 'x * 2' }],
  ] as const) {
    it(`puts ${what} into the raw form`, () => {
      const built = begin().replace(0, 'return x;', 'return x * 2;').build({ instruction: told });
      assert.equal(agentTrajectoryFormat.derive(built).length, 1);
      const placeholders =
        'placeholder' in fields ? [{ placeholder: fields.placeholder, type: 'secret', count: 1 }] : [];
      const record = {
        ...built,
        ...fields,
        outcome: { ...built.outcome, ...('outcome' in fields ? fields.outcome : {}) },
        redaction: { ...built.redaction, placeholders },
      } as Trajectory;
      assert.deepEqual(agentTrajectoryFormat.derive(record), []);
      const [{ messages }] = agentTrajectoryRawFormat.derive(record);
      const isEnd = messages.filter(isAssistant).at(-1)?.tool_calls[0].function.name === 'finish';
      assert.equal(isEnd, 'placeholder' in fields || 'gaps' in fields);
      const edit = messages.filter(isAssistant).find(({ tool_calls: [call] }) => 'old_str' in call.function.arguments);
      assert.equal(edit?.train, !('placeholder' in fields));
    });
  }

  it('puts work in notebooks into the raw form: no file has the path of a cell', () => {
    const record = new RecordBuilder('cell', [{ path: 'a.ipynb#3', base }])
      .replace(0, 'return x;', 'return x * 2;')
      .build({ instruction: told });
    assert.deepEqual(agentTrajectoryFormat.derive(record), []);
    assert.equal(agentTrajectoryRawFormat.derive(record).length, 1);
  });

  it('shows what was looked at, from the text or from what was kept of it', () => {
    const excerpts = [{ offset: 0, text: text('one\ntwo') }];
    const record = begin()
      .step({ kind: 'view', file_id: 0, visible_lines: [{ start: 1, end: 40 }] })
      .step({ kind: 'view', file_id: 1, visible_lines: [{ start: 4, end: 5 }], excerpts })
      .replace(0, 'return x;', 'return x * 2;')
      .build({ instruction: told });
    const [{ messages }] = agentTrajectoryFormat.derive(record);
    assert.deepEqual(
      messages.slice(1, 5).map((message) => (isAssistant(message) ? message.synthetic : message.content)),
      [false, '     2\t  return x;\n     3\t}', false, '     5\tone\n     6\ttwo'],
    );
  });

  it('goes on from the folder in which a command ran, and passes over what it does not know', () => {
    const record = begin()
      .replace(0, 'return x;', 'return x * 2;')
      .step({ kind: 'command', command: text('make'), cwd: text("it's here"), output: text(''), exit_code: 0 })
      .step({ kind: 'command', command: text('sudo'), exit_code: 0 })
      .step({ kind: 'command', file_id: 0, command: null, output: text('4') })
      .step({ kind: 'debug', action: 'exception', message: text('no'), file_id: 0 })
      .step({ kind: 'git', action: 'commit', message: text('Double') })
      .build({ instruction: told });
    const [row] = agentTrajectoryFormat.derive({
      ...record,
      steps: [...record.steps, { ...record.steps[0], index: 6, kind: 'dream' as Step['kind'], changes: [] }],
    });
    assert.deepEqual(callsOf(row).map(shortly).slice(2), ["(cd 'it'\\''s here' && make)", 'finish']);
  });
});

/** The record with another end: from a step on, a command and an edit stand in the place of what was done. */
function rewrittenFrom(record: Trajectory, from: number, isWhole: boolean): Trajectory {
  const other = new RecordBuilder('other', [{ path: 'other.js', base: '' }])
    .run('another command', 3, 'another output')
    .edit(0, [{ offset: 0, deleted: 0, inserted: 'another edit\n' }])
    .build();
  const [run, edit] = other.steps;
  // Making a file that is there changes nothing.
  const make: Step = { ...run, kind: 'file', action: 'create', file_id: 2, command: null, output: null };
  const end = [run, make, { ...edit, file_id: 2 }];
  return {
    ...record,
    files: record.files.map((file) => ({ ...file, final_text: text('another text') })),
    steps: [...record.steps.slice(0, from), ...end.map((step, i) => ({ ...step, index: from + i }))],
    gaps: isWhole ? [] : [{ after_step: from, reason: 'paused' }],
  };
}
