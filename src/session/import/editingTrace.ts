/**
 * Keystroke traces as the `editing-traces` collection has them (github.com/josephg/editing-traces): one document, and
 * transactions of patches `[position, deleted, inserted]`, counted in code points.
 */
import * as z from 'zod';
import { codePointLength, TextBuffer } from '../codePoints.ts';
import type { SessionEvent } from '../events.ts';
import { ImportError, parseInput } from './parseInput.ts';
import { fillTimes } from './times.ts';

const position = z.int().nonnegative();
const editingTrace = z.object({
  startContent: z.string(),
  endContent: z.string(),
  txns: z.array(
    z.object({
      time: z.string().optional(),
      patches: z.array(z.tuple([position, position, z.string()])),
    }),
  ),
});

/**
 * The trace as session events.
 * @param file what messages call the input. @param path the document's path.
 * @throws ImportError when it is no trace, or its patches do not lead to its `endContent`.
 */
export function readEditingTrace(json: string, file: string, path: string, language: string | null): SessionEvent[] {
  const trace = parseInput(json, editingTrace, file, 'an editing trace with startContent, endContent and txns');
  const times = fillTimes(trace.txns.map(({ time }) => (time === undefined ? null : Date.parse(time))));
  const doc = 0;
  const text = new TextBuffer(trace.startContent);
  let wide = codePointLength(trace.startContent) < trace.startContent.length;
  const events: SessionEvent[] = [
    { kind: 'open', t: times[0] ?? 0, doc, path, language, eol: null, encoding: null, text: trace.startContent },
  ];
  for (const [index, { patches }] of trace.txns.entries()) {
    const t = times[index];
    for (const [offset, deleted, inserted] of patches) {
      if (offset + deleted > text.length) {
        throw new ImportError(
          `${file}: txns.${index} changes ${offset}+${deleted} of a text of ${text.length} characters`,
        );
      }
      wide ||= codePointLength(inserted) < inserted.length;
      const start = wide ? text.slice(0, offset).length : offset;
      const length = wide ? text.slice(offset, offset + deleted).length : deleted;
      text.apply({ offset, deleted, inserted });
      events.push({
        kind: 'edit',
        t,
        doc,
        version: events.length,
        reason: null,
        changes: [{ offset: start, length, text: inserted }],
        selections: null,
        visible: null,
      });
    }
  }
  if (text.toString() !== trace.endContent.toWellFormed()) {
    throw new ImportError(`${file}: its patches do not lead to its endContent`);
  }
  return events;
}
