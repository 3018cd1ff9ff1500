/**
 * The messages of `agent_trajectory` and the tools that they call. Names and arguments of the tools are those that the
 * Agent Data Protocol normalises to; the messages are those of TRL, with marks of our own that no chat template reads.
 */
import * as z from 'zod';
import { origin, text } from '../trajectory/record.ts';
import { count } from './row.ts';

const bash = z.strictObject({ name: z.literal('execute_bash'), arguments: z.strictObject({ command: text }) });
const cell = z.strictObject({ name: z.literal('execute_ipython_cell'), arguments: z.strictObject({ code: text }) });
const editor = z.strictObject({
  name: z.literal('str_replace_editor'),
  arguments: z.discriminatedUnion('command', [
    z.strictObject({ command: z.literal('view'), path: text, view_range: z.tuple([count, count]) }),
    z.strictObject({ command: z.literal('create'), path: text, file_text: text }),
    z.strictObject({ command: z.literal('str_replace'), path: text, old_str: text, new_str: text }),
    z.strictObject({ command: z.literal('insert'), path: text, insert_line: count, new_str: text }),
  ]),
});
const finish = z.strictObject({ name: z.literal('finish'), arguments: z.strictObject({}) });

/** What a call does: `function` of a tool call. */
export const toolFunction = z.discriminatedUnion('name', [bash, cell, editor, finish]);
export type ToolFunction = z.infer<typeof toolFunction>;

/** Marks of a message; labels, not part of what a model reads. */
const train = z.boolean().optional();

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), content: text, train }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.literal(''),
    tool_calls: z.tuple([z.strictObject({ id: z.string(), type: z.literal('function'), function: toolFunction })]),
    step_start: count,
    step_end: count,
    origins: z.array(origin),
    synthetic: z.boolean(),
    error: z.boolean(),
    train,
  }),
  z.strictObject({
    role: z.literal('tool'),
    name: z.string(),
    tool_call_id: z.string(),
    content: text,
    synthetic: z.boolean(),
    train,
  }),
]);
export type Message = z.infer<typeof message>;

/** A JSON column: Arrow would give every call the arguments of every tool, as nulls, and templates would print them. */
const column = 'json';

export const messages = z.array(message.meta({ column }));

const declaration = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: z.string(),
    description: z.string(),
    parameters: z.strictObject({
      type: z.literal('object'),
      properties: z.record(z.string(), z.looseObject({})),
      required: z.array(z.string()),
    }),
  }),
});

export const tools = z.array(declaration.meta({ column }));

/** The same in every row. */
export const toolDeclarations: z.infer<typeof tools> = [
  {
    type: 'function',
    function: {
      name: 'execute_bash',
      description: 'Runs a command in a shell whose working directory is the root of the workspace.',
      parameters: {
        type: 'object',
        properties: { command: { type: 'string', description: 'The command line.' } },
        required: ['command'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: 'execute_ipython_cell',
      description: 'Runs Python code in the kernel of the notebook, which keeps its state between calls.',
      parameters: {
        type: 'object',
        properties: { code: { type: 'string', description: 'The whole text of a cell.' } },
        required: ['code'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: 'str_replace_editor',
      description:
        'Shows and edits files. view: the lines of view_range, numbered. create: writes file_text to a file. str_replace: puts new_str in the place of old_str, which must stand in the file exactly once. insert: puts the lines of new_str behind the line insert_line.',
      parameters: {
        type: 'object',
        properties: {
          command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert'] },
          path: { type: 'string', description: 'Path from the root of the workspace.' },
          view_range: { type: 'array', items: { type: 'integer' }, description: 'First and last line, from 1.' },
          file_text: { type: 'string' },
          old_str: { type: 'string' },
          new_str: { type: 'string' },
          insert_line: { type: 'integer', description: '0 is in front of the first line.' },
        },
        required: ['command', 'path'],
      },
    },
  },
  {
    type: 'function',
    function: {
      name: 'finish',
      description: 'Ends the task.',
      parameters: { type: 'object', properties: {}, required: [] },
    },
  },
];
