/**
 * Harbor's Agent Trajectory Interchange Format, version 1.7: one document a record. The person is the agent. Unknown fields
 * are forbidden there, so that what has no place of its own stands in `extra`; there are no times.
 */
import type { Trajectory } from '../../trajectory/record.ts';
import { type AgentTrajectory, agentTrajectoryFormat, agentTrajectoryRawFormat } from '../agentTrajectory.ts';
import type { Rendering } from './rendering.ts';

type Message = AgentTrajectory['messages'][number];

export const atifRendering: Rendering = {
  name: 'atif',
  layout: 'files',
  render: (record) => {
    const whole = agentTrajectoryFormat.derive(record);
    const rows = whole.length > 0 ? whole : agentTrajectoryRawFormat.derive(record);
    if (rows.length === 0) return 'it edits nothing, or is too large for a row';
    return rows.map((row) => ({ source: row, value: documentOf(record, row, whole.length > 0) }));
  },
};

function documentOf(record: Trajectory, row: AgentTrajectory, isWhole: boolean): object {
  return {
    schema_version: 'ATIF-v1.7',
    session_id: record.task_id,
    trajectory_id: record.trajectory_id,
    agent: {
      name: 'human-developer',
      version: record.producer.extension,
      tool_definitions: row.tools,
      extra: { recorded_with: 'understudy', vscode: record.producer.vscode, platform: record.producer.platform },
    },
    steps: stepsOf(record, row.messages),
    notes:
      'A person did this in an editor; the calls say what an agent would have done. Looks before edits and answers of the editor are made up (extra.synthetic).',
    extra: {
      format: isWhole ? 'agent_trajectory' : 'agent_trajectory_raw',
      afterwards: row.afterwards,
      license: row.license,
      consent_uses: row.consent_uses,
      project_id: row.project_id,
      split_bucket: row.split_bucket,
    },
  };
}

function stepsOf({ steps }: Trajectory, messages: readonly Message[]): object[] {
  const told: object[] = [];
  for (const [i, message] of messages.entries()) {
    const step_id = told.length + 1;
    if (message.role === 'user') told.push({ step_id, source: 'user', message: message.content });
    if (message.role !== 'assistant') continue;
    const { step_start, step_end, origins, synthetic, error, train } = message;
    const answer = messages.at(i + 1);
    const [call] = message.tool_calls;
    const { exit_code = null } = steps.at(step_start) ?? {};
    const isRun = call.function.name.startsWith('execute_') && !synthetic;
    told.push({
      step_id,
      source: 'agent',
      message: message.content,
      tool_calls: [{ tool_call_id: call.id, function_name: call.function.name, arguments: call.function.arguments }],
      ...(answer?.role === 'tool' && {
        observation: {
          results: [
            {
              source_call_id: call.id,
              content: answer.content,
              extra: { synthetic: answer.synthetic, ...(isRun && { exit_code }) },
            },
          ],
        },
      }),
      extra: { step_start, step_end, origins, synthetic, error, ...(train !== undefined && { train }) },
    });
  }
  return told;
}
