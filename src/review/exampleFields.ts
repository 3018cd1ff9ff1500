/** An example row as people read it: pure. What comes from a dataset folder may be anything. */
import * as z from 'zod';

export type Field =
  | { kind: 'word'; name: string; value: string }
  | { kind: 'text'; name: string; value: string }
  | { kind: 'messages'; name: string; messages: ShownMessage[] };

export interface ShownMessage {
  role: string;
  text: string;
  /** What an assistant calls. */
  calls: { name: string; argument: string }[];
  /** False where the row says that it is not to be learned. */
  isLearned: boolean;
}

const message = z.looseObject({
  role: z.string(),
  content: z.string().nullish(),
  train: z.boolean().optional(),
  tool_calls: z
    .array(z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.unknown() }) }))
    .optional(),
});
const messages = z.array(message).min(1);

/** So many groups of a list are told field by field. */
const mostGroups = 50;

/** The fields of a row in its order; those of a group one by one, as `input.path`, or `input.edit_history.1.path` in a list. */
export function exampleFields(row: object): Field[] {
  return Object.entries(row).flatMap(([name, value]) => fieldsOf(name, value));
}

function fieldsOf(name: string, value: unknown): Field[] {
  if (value === null || value === undefined) return [{ kind: 'word', name, value: '–' }];
  if (typeof value === 'string') {
    return [{ kind: value.includes('\n') || value.length > 80 ? 'text' : 'word', name, value }];
  }
  if (typeof value !== 'object') return [{ kind: 'word', name, value: String(value) }];
  const turns = messages.safeParse(value);
  if (turns.success) return [{ kind: 'messages', name, messages: turns.data.map(shownMessage) }];
  if (Array.isArray(value)) return listFields(name, value);
  return Object.entries(value).flatMap(([key, inner]) => fieldsOf(`${name}.${key}`, inner));
}

function listFields(name: string, list: readonly unknown[]): Field[] {
  const isPlain = list.every((item) => typeof item !== 'object' || item === null);
  const words = list.join(', ');
  if (isPlain && words.length <= 80 && !words.includes('\n')) return [{ kind: 'word', name, value: words || '–' }];
  if (isPlain || list.length > mostGroups) return [{ kind: 'text', name, value: JSON.stringify(list, null, 2) }];
  return list.flatMap((item, i) => fieldsOf(`${name}.${i + 1}`, item));
}

function shownMessage({ role, content, train, tool_calls = [] }: z.infer<typeof message>): ShownMessage {
  const calls = tool_calls.map((call) => ({
    name: call.function.name,
    argument: argumentText(call.function.arguments),
  }));
  return { role, text: content ?? '', calls, isLearned: train !== false };
}

/** The one string of a call as it is; several by name. */
function argumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof entries[0][1] === 'string') return entries[0][1];
  return entries
    .map(([key, inner]) => {
      const text = typeof inner === 'string' ? inner : JSON.stringify(inner);
      return text.includes('\n') ? `${key}:\n${text}` : `${key}: ${text}`;
    })
    .join('\n');
}
