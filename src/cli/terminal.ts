/**
 * The one way to the terminal. A dataset may come from anywhere: what is in it must not steer the terminal that shows
 * it, so all text is escaped here, and colours are added after that.
 */

import { homedir } from 'node:os';
import { parse, sep } from 'node:path';

const codes = { bold: [1, 22], faint: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] };

export interface Span {
  text: string;
  color: keyof typeof codes;
}

/** A line of pieces, plain or coloured. */
export type Line = readonly (string | Span)[];

const span = (color: Span['color']) => (text: string) => ({ text, color });
export const bold = span('bold');
export const faint = span('faint');
export const red = span('red');
export const green = span('green');
export const yellow = span('yellow');
export const cyan = span('cyan');

export type Color = 'auto' | 'always' | 'never';

export function printLines(lines: Iterable<Line>, color: Color = 'never'): void {
  const isColored = color === 'always' || (color === 'auto' && process.stdout.isTTY && !process.env.NO_COLOR);
  for (const line of lines) process.stdout.write(`${renderLine(line, isColored)}\n`);
}

export function renderLine(line: Line, isColored: boolean): string {
  const rendered = line.map((piece) => {
    if (typeof piece === 'string') return visible(piece);
    const [on, off] = codes[piece.color];
    return isColored && piece.text !== '' ? `\x1b[${on}m${visible(piece.text)}\x1b[${off}m` : visible(piece.text);
  });
  return rendered.join('');
}

export function printJson(value: unknown): void {
  process.stdout.write(`${visible(JSON.stringify(value, null, 2), '\n')}\n`);
}

/** For the person alone, on standard error: what is printed may be for a program. */
export function tellLines(lines: Iterable<Line>): void {
  for (const line of lines) process.stderr.write(`${renderLine(line, false)}\n`);
}

/** What went wrong, on one line of standard error. */
export function tellError(text: string): void {
  process.stderr.write(`understudy: ${visible(shortened(text))}\n`);
}

/** Without the folders that lead to where the command runs, or to the person's home: messages are passed on to others. */
function shortened(text: string): string {
  let short = text;
  for (const [folder, name] of [
    [process.cwd(), '.'],
    [homedir(), '~'],
  ]) {
    if (folder === parse(folder).root) continue;
    short = short.replaceAll(`${folder}${sep}`, name === '.' ? '' : `${name}${sep}`);
    short = short.replace(new RegExp(`${folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w.-])`, 'g'), name);
  }
  return short;
}

/** Controls, and marks that turn the direction of text or break its lines: all that a JSON string may hold unescaped too. */
const controls = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The text with its controls as JSON writes them; tabs stay. */
export function visible(text: string, kept = ''): string {
  return text.replace(controls, (control) => {
    if (control === kept) return control;
    return shortCodes.get(control) ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const shortCodes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
]);
