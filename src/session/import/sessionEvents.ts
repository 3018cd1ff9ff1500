/** The project's own event log: one session event a line, as `session/events.ts` documents them. */
import { type SessionEvent, sessionEvent } from '../events.ts';
import { parseInput } from './parseInput.ts';

/** @param file what messages call the input. @throws ImportError naming the line. */
export function readSessionEvents(text: string, file: string): SessionEvent[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [parseInput(line, sessionEvent, `${file}:${index + 1}`, 'a session event')],
    );
}
