/** Agent trajectories as chats: for TRL (and all that read the same), and for OpenAI's fine-tuning. */
import type { Trajectory } from '../../trajectory/record.ts';
import { type AgentTrajectory, agentTrajectoryFormat } from '../agentTrajectory.ts';
import type { Rendered, Rendering } from './rendering.ts';

type Message = AgentTrajectory['messages'][number];

/** Arguments are objects, as chat templates want them. */
export const trlRendering: Rendering = {
  name: 'trl',
  layout: 'lines',
  render: (record) => chats(record, ({ messages, tools }) => ({ messages: messages.map(trlMessage), tools })),
};

/** Arguments are JSON strings, and answers name their call. */
export const openaiRendering: Rendering = {
  name: 'openai',
  layout: 'lines',
  render: (record) =>
    chats(record, ({ messages, tools }) => ({
      messages: messages.map(openaiMessage),
      tools,
      parallel_tool_calls: false,
    })),
};

function chats(record: Trajectory, chatOf: (row: AgentTrajectory) => object): Rendered[] | string {
  const rows = agentTrajectoryFormat.derive(record);
  if (rows.length === 0) return 'not all of it is to be learned, see agent_trajectory_raw';
  return rows.map((row) => ({ source: row, value: chatOf(row) }));
}

function trlMessage(message: Message): object {
  const { role, content } = message;
  if (message.role === 'user') return { role, content };
  if (message.role === 'tool') return { role, name: message.name, content };
  const tool_calls = message.tool_calls.map((call) => ({ type: call.type, function: call.function }));
  return { role, content, tool_calls };
}

function openaiMessage(message: Message): object {
  const { role, content } = message;
  if (message.role === 'user') return { role, content };
  if (message.role === 'tool') return { role, tool_call_id: message.tool_call_id, content };
  const tool_calls = message.tool_calls.map(({ id, type, function: { name, arguments: values } }) => {
    return { id, type, function: { name, arguments: JSON.stringify(values) } };
  });
  return { role, tool_calls };
}
