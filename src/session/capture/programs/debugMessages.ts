/**
 * What is read of the messages between the editor and a debug adapter (Debug Adapter Protocol). Of all others, among them
 * those that carry variables and evaluated expressions, nothing but the name is looked at.
 */
import * as z from 'zod';

const seq = z.int();
const text = z.string().optional().catch(undefined);

const event = <E extends string, B extends z.ZodType>(name: E, body: B) =>
  z.object({ type: z.literal('event'), event: z.literal(name), body });
const request = <C extends string, A extends z.ZodType>(command: C, args: A) =>
  z.object({ type: z.literal('request'), command: z.literal(command), seq, arguments: args });
const response = <C extends string, B extends z.ZodType>(command: C, body: B) =>
  z.object({ type: z.literal('response'), command: z.literal(command), request_seq: seq, body });

const frame = z.object({ line: z.int(), source: z.object({ path: text }).optional().catch(undefined) });

const adapterMessage = z.union([
  event('output', z.object({ category: text, output: z.string() })),
  event('stopped', z.object({ reason: z.string(), description: text, text, threadId: z.int().optional() })),
  event('continued', z.unknown().optional()),
  event('terminated', z.unknown().optional()),
  event('exited', z.object({ exitCode: z.int() })),
  request('runInTerminal', z.object({ args: z.array(z.string()) })),
  response('stackTrace', z.object({ stackFrames: z.array(frame) })),
  response(
    'exceptionInfo',
    z.object({
      exceptionId: text,
      description: text,
      details: z.object({ stackTrace: text }).optional().catch(undefined),
    }),
  ),
]);
export type AdapterMessage = z.infer<typeof adapterMessage>;

const editorMessage = z.union([
  request('stackTrace', z.object({ threadId: z.int(), startFrame: z.int().optional() })),
  request('exceptionInfo', z.object({ threadId: z.int() })),
  request('disconnect', z.unknown().optional()),
  request('terminate', z.unknown().optional()),
  request('restart', z.unknown().optional()),
]);
export type EditorMessage = z.infer<typeof editorMessage>;

/** @returns null for a message that is of no interest. */
export function readAdapterMessage(message: unknown): AdapterMessage | null {
  return adapterMessage.safeParse(message).data ?? null;
}

export function readEditorMessage(message: unknown): EditorMessage | null {
  return editorMessage.safeParse(message).data ?? null;
}
