/**
 * `agent_trajectory`: a task as the transcript of an agent that did what the person did: one message of the user, then
 * a call of a tool and its answer in turn.
 *
 * `agent_trajectory` holds what can be learned whole: the person's own words came first, all work is the person's own, and
 * nothing is missing. Ways that led back to where they began are left out, with what was seen on them; the texts in the
 * end are the same. All else is in `agent_trajectory_raw`, with every way there was, where `train` says of each message
 * whether it is to be learned.
 *
 * A message holds nothing of a step behind its `step_end`, and no message in front of it holds anything of its step. Left
 * out, as no call would tell it truly: what git did without a command in a terminal, where a debugger stopped (the program
 * that it ran is there), cells of other languages than Python, and whatever ran with its text or output not known.
 */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import { notebookOf } from '../session/cellPath.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { netPatch } from '../trajectory/netPatch.ts';
import { outcome, type Trajectory, text, trajectory } from '../trajectory/record.ts';
import { type Action, type Actions, actionsOf } from './actions.ts';
import type { Call } from './editCalls.ts';
import { count, fits, headOf, rowHead, sizeOf } from './row.ts';
import { type Message, messages, toolDeclarations, tools } from './tools.ts';

const instruction = trajectory.shape.instruction.shape;

const agentTrajectory = z.strictObject({
  ...rowHead('3'),
  messages: messages.describe(
    'user, then assistant and tool in turn; arguments are objects. Marks that templates leave alone: step_start and step_end of the record; origins of an edit; synthetic: made up (a look before an edit, the answer of the editor, what was done without a terminal, the end); error: the command failed; train, in agent_trajectory_raw: to be learned',
  ),
  tools: tools.describe('JSON Schemas of the tools, the same in every row'),
  afterwards: z
    .strictObject({
      outcome: outcome.shape.status.describe('as in the trajectory'),
      basis: outcome.shape.basis.describe('as in the trajectory'),
      instruction_source: instruction.source,
      later_instruction: text
        .nullable()
        .describe(
          'an instruction that the user message does not hold, because it was written afterwards (hindsight) or seen on the way',
        ),
      hindsight: z.boolean().describe('later_instruction was written after the work and describes the answer'),
      patch: text.describe('unified diff from the texts in the beginning to those in the end, for git apply'),
      detours: count.describe('ways that led back, left out here; in agent_trajectory_raw there are none left out'),
    })
    .describe('known only afterwards: never part of a prompt'),
  lengths: z.strictObject({
    messages: count,
    code_points: count.describe('of the contents and arguments of all messages'),
    bytes: count,
  }),
});
export type AgentTrajectory = z.infer<typeof agentTrajectory>;

/** What the user says where the person said nothing. */
const unsaid = 'Carry on with the work in this workspace. What it is about was not said.';

function derive(record: Trajectory): AgentTrajectory[] {
  const row = isTold(record) && isWhole(record) ? wholeRow(record, actionsOf(record)) : null;
  return row ? [row] : [];
}

function deriveRaw(record: Trajectory): AgentTrajectory[] {
  const all = actionsOf(record);
  const { actions } = all;
  if (!actions.some(({ kind }) => kind === 'edit') || wholeRow(record, all)) return [];
  const undone = undoneIn(actions);
  const learned = (action: Action, call: Call) => call.own && !undone.has(action) && !holdsPlaceholder(call, record);
  const row = rowOf(record, actions, { learned, detours: 0 });
  return fits(row) ? [row] : [];
}

/** Null where something in it is not to be learned. */
function wholeRow(record: Trajectory, all: Actions): AgentTrajectory | null {
  if (!isTold(record) || !isWhole(record)) return null;
  const { kept, detours } = withoutDetours(all);
  if (!kept.some(({ kind }) => kind === 'edit') || undoneIn(kept).size > 0) return null;
  const isLearned = (call: Call) => call.own && !holdsPlaceholder(call, record);
  if (!kept.every(({ calls }) => calls.every(isLearned))) return null;
  const row = rowOf(record, kept, { learned: null, detours });
  return fits(row) ? row : null;
}

/** The person said what to do before anything was done. */
function isTold({ instruction }: Trajectory): boolean {
  return instruction.source === 'user' && !instruction.hindsight && instruction.available_from_step === 0;
}

/** Nothing is missing, and it did not end in failure. */
function isWhole({ parts, gaps, steps, outcome, files }: Trajectory): boolean {
  // No file has the path of a cell, so that an agent could not edit it.
  const cells = files.some(({ path, base_step }) => base_step !== null && notebookOf(path) !== null);
  const isUnknown = steps.some(({ kind, action }) => kind === 'resync' || action === 'change');
  return parts === 1 && gaps.length === 0 && !cells && !isUnknown && isDone(outcome);
}

/** Ending there is worth learning. */
function isDone({ status }: Trajectory['outcome']): boolean {
  return status === 'succeeded' || status === 'unknown';
}

/**
 * Leaves out what led from a state of all files back to the same state, tests and looks on the way included: what is seen
 * later is true of the texts without it. A command on the way may have changed more than texts; that way stays.
 */
function withoutDetours({ state, actions }: Actions): { kept: Action[]; detours: number } {
  const kept: Action[] = [];
  let detours = 0;
  for (const action of actions) {
    kept.push(action);
    if (!changesFiles(action)) continue;
    const states = [state, ...kept.slice(0, -1).map((one) => one.state)];
    const origin = states.lastIndexOf(action.state);
    if (origin < 0 || !kept.slice(origin).every(({ harmless }) => harmless)) continue;
    kept.length = origin;
    detours++;
  }
  return { kept, detours };
}

function changesFiles({ kind }: Action): boolean {
  return kind === 'edit' || kind === 'delete' || kind === 'move';
}

/** What was done to a file between a text and its return. */
function undoneIn(actions: readonly Action[]): Set<Action> {
  const undone = new Set<Action>();
  const files = new Set(actions.map(({ file }) => file).filter((file) => file !== null));
  for (const file of files) {
    const list = actions.filter((action) => action.file === file);
    for (const [i, { after }] of list.entries()) {
      const first = list.findIndex(({ before }, j) => j <= i && before === after);
      if (first >= 0) for (const action of list.slice(first, i + 1)) undone.add(action);
    }
  }
  return undone;
}

function holdsPlaceholder({ function: { arguments: values } }: Call, { redaction }: Trajectory): boolean {
  const told = Object.values(values).filter((value) => typeof value === 'string');
  return redaction.placeholders.some(({ placeholder }) => told.some((value) => value.includes(placeholder)));
}

interface Rendering {
  /** Whether a call is to be learned; null where all are, and none is marked. */
  learned: ((action: Action, call: Call) => boolean) | null;
  detours: number;
}

function rowOf(record: Trajectory, actions: readonly Action[], { learned, detours }: Rendering): AgentTrajectory {
  const { instruction, outcome } = record;
  const isPrompt = isTold(record);
  const told = transcript(record, actions, learned);
  const edits = actions.flatMap(({ kind, file }) => (kind === 'edit' && file !== null ? [file] : []));
  const steps = [Math.min(...actions.map(({ start }) => start)), Math.max(...actions.map(({ end }) => end))] as const;
  return {
    ...headOf('3', record, steps, edits),
    messages: told,
    tools: toolDeclarations,
    afterwards: {
      outcome: outcome.status,
      basis: outcome.basis,
      instruction_source: instruction.source,
      later_instruction: isPrompt ? null : instruction.text,
      hindsight: !isPrompt && instruction.hindsight,
      patch: wholePatch(record),
      detours,
    },
    lengths: { messages: told.length, ...sizeOf(told.flatMap(textsOf)) },
  };
}

function transcript(record: Trajectory, actions: readonly Action[], learned: Rendering['learned']): Message[] {
  const content = isTold(record) ? record.instruction.text : null;
  const mark = (train: boolean) => (learned ? { train } : {});
  const told: Message[] = [{ role: 'user', content: content ?? deriveText(() => unsaid), ...mark(false) }];
  const call = (what: Omit<Extract<Message, { role: 'assistant' }>, 'role' | 'content' | 'tool_calls'>, made: Call) => {
    // Some templates want nine characters.
    const id = `call${String(told.length).padStart(5, '0')}`;
    const tool_calls = [{ id, type: 'function', function: made.function }] as const;
    told.push({ role: 'assistant', content: '', tool_calls: [...tool_calls], ...what });
    return id;
  };
  for (const action of actions) {
    const { start, end, origins, error } = action;
    for (const made of action.calls) {
      const { synthetic } = made;
      const marks = { step_start: start, step_end: end, origins, synthetic, error };
      const id = call({ ...marks, ...mark(learned?.(action, made) ?? true) }, made);
      const { name } = made.function;
      const isSeen = action.kind === 'run' || action.kind === 'view';
      const { content } = made;
      told.push({ role: 'tool', name, tool_call_id: id, content, synthetic: !isSeen, ...mark(false) });
    }
  }
  if (record.part === record.parts - 1 && isDone(record.outcome)) {
    const end = Math.max(...actions.map((action) => action.end));
    const marks = { step_start: end, step_end: end, origins: [], synthetic: true, error: false, ...mark(true) };
    const made = { function: { name: 'finish', arguments: {} } } as const;
    call(marks, { ...made, content: deriveText(() => ''), synthetic: true, own: true });
  }
  return told;
}

function textsOf(message: Message): string[] {
  const calls = message.role === 'assistant' ? message.tool_calls : [];
  return [message.content, ...calls.map((call) => JSON.stringify(call.function.arguments))];
}

function wholePatch({ files, steps }: Trajectory): AgentTrajectory['afterwards']['patch'] {
  const paths = new FilePaths(files.map(({ path }) => path));
  for (const step of steps) paths.apply(step);
  return netPatch(
    files.map(({ path, base_text }) => ({ path, text: base_text })),
    files.map(({ file_id, final_text }) => ({ path: paths.of(file_id), text: final_text })),
  );
}

export const agentTrajectoryFormat = { name: 'agent_trajectory', schema: agentTrajectory, derive };
export const agentTrajectoryRawFormat = { name: 'agent_trajectory_raw', schema: agentTrajectory, derive: deriveRaw };
