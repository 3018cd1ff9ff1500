/** Examples as a person reads them: what was known, and what the person did then. */
import { type AgentTrajectory, agentTrajectoryFormat, agentTrajectoryRawFormat } from '../examples/agentTrajectory.ts';
import { type NextEdit, nextEditFormat } from '../examples/nextEdit.ts';
import { type Repair, repairFormat } from '../examples/repair.ts';
import type { Message } from '../examples/tools.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { patchLines } from './patchLines.ts';
import { bold, cyan, faint, green, type Line, red } from './terminal.ts';

/** Lines of the excerpt that are shown on each side of the cursor. */
const around = 6;

/** All examples of a record. */
export function exampleViews(record: Trajectory): Line[] {
  return [
    ...nextEditFormat.derive(record).flatMap(exampleView),
    ...agentTrajectoryFormat.derive(record).flatMap((row) => transcriptView(agentTrajectoryFormat.name, row)),
    ...agentTrajectoryRawFormat.derive(record).flatMap((row) => transcriptView(agentTrajectoryRawFormat.name, row)),
    ...repairFormat.derive(record).flatMap(repairView),
  ];
}

export function exampleView({ input, target, afterwards, step_start }: NextEdit): Line[] {
  const before = input.edit_history.length;
  return [
    [
      bold('next_edit'),
      ` ${input.path}`,
      faint(`  step ${step_start}, after ${before} ${before === 1 ? 'edit' : 'edits'}`),
    ],
    ...(input.instruction === null ? [] : [[faint('instruction  '), input.instruction]]),
    ...input.diagnostics.map(({ severity, message }) => [faint(`${severity}  `.padEnd(13)), message]),
    [faint('known: the code around the cursor')],
    ...excerptLines(input),
    [faint('to be learned: what the person did next')],
    ...patchLines(target.patch, false).map((line) => ['  ', ...line]),
    [
      faint(
        `known only afterwards: ${afterwards.settled ? 'settled' : 'not settled'}, ${fate(afterwards.surviving_end)}`,
      ),
    ],
    [],
  ];
}

function excerptLines({ excerpt, excerpt_start, cursor }: NextEdit['input']): Line[] {
  const points = Array.from(excerpt);
  const at = cursor === null ? null : cursor - excerpt_start;
  const before = points
    .slice(0, at ?? 0)
    .join('')
    .split('\n');
  const lines = excerpt.split('\n');
  const row = before.length - 1;
  const column = before[row].length;
  return lines.slice(Math.max(0, row - around), row + around + 1).map((line, i) => {
    if (at === null || Math.max(0, row - around) + i !== row) return ['  ', line];
    return ['  ', line.slice(0, column), cyan('|'), line.slice(column)];
  });
}

function fate(survived: boolean | null): string {
  if (survived === null) return 'nothing was put in';
  return survived ? 'stood at the end' : 'was gone at the end';
}

/** What the user said, and each call; of its answer the first line. */
export function transcriptView(name: string, { messages, step_start, step_end }: AgentTrajectory): Line[] {
  return [[bold(name), faint(`  steps ${step_start} to ${step_end}`)], ...messages.map(turnLine), []];
}

function turnLine(message: Message): Line {
  const [first = '', ...others] = message.content.split('\n');
  if (message.role === 'user') return [faint('user  '), first];
  if (message.role === 'tool') return [faint(`  ${first}${others.length > 0 ? ' …' : ''}`)];
  const [{ function: call }] = message.tool_calls;
  const what = 'path' in call.arguments ? `${call.arguments.command} ${call.arguments.path}` : '';
  const line = call.name === 'execute_bash' ? call.arguments.command : what || call.name;
  return [cyan('> '), line, ...(message.train === false ? [faint('  not to be learned')] : [])];
}

export function repairView({ input, target, afterwards, step_start, step_end }: Repair): Line[] {
  const errors = input.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return [
    [bold('repair'), ` ${input.command ?? input.path ?? ''}`, faint(`  steps ${step_start} to ${step_end}`)],
    ...[...input.failed_tests, ...errors].map((error) => [faint('error  '), error]),
    [faint('to be learned: what the person did')],
    ...target.patch
      .trimEnd()
      .split('\n')
      .map((line) => ['  ', line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line]),
    [
      faint(
        `known only afterwards: ${afterwards.verified === 'none' ? 'not shown to mend it' : `mended, says the ${afterwards.verified}`}`,
      ),
    ],
    [],
  ];
}
