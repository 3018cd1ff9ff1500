/** Lines of a text, as much of them as a record keeps. */
import { codePointLength } from '../session/codePoints.ts';
import type { Excerpt, LineRange } from '../session/task.ts';
import { deriveText } from './derive.ts';
import type { Redacted } from './redacted.ts';

/** Of one look, over all its ranges; in UTF-8 bytes. */
export const excerptLimit = { lines: 200, bytes: 16 * 1024 };

/**
 * The lines of each range, without the last line break. Only whole lines, so that no placeholder is cut: what passes the
 * limit ends its range, and the ranges behind it are left out.
 */
export function excerptsOf(text: Redacted, ranges: readonly LineRange[]): Excerpt<Redacted>[] {
  const lines = text.split('\n');
  const room = { ...excerptLimit };
  const excerpts: Excerpt<Redacted>[] = [];
  for (const { start, end } of ranges) {
    const wanted = lines.slice(start, end + 1);
    const kept = fitting(wanted, room);
    if (kept === 0) break;
    const offset = lines.slice(0, start).reduce((sum, line) => sum + codePointLength(line) + 1, 0);
    excerpts.push({ offset, text: deriveText((whole) => linesOf(whole, start, start + kept), text) });
    if (kept < wanted.length) break;
  }
  return excerpts;
}

/** How many of the lines there is room for, which they take. */
function fitting(lines: readonly string[], room: { lines: number; bytes: number }): number {
  const over = lines.findIndex((line) => {
    room.lines -= 1;
    room.bytes -= Buffer.byteLength(line) + 1;
    return room.lines < 0 || room.bytes < 0;
  });
  return over < 0 ? lines.length : over;
}

function linesOf(text: string, start: number, end: number): string {
  return text.split('\n').slice(start, end).join('\n');
}
