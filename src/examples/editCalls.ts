/** An edit of a file as the calls of an editing tool that make it. */
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { Step } from '../trajectory/record.ts';
import { type FileLine, hunksOf, joined } from './fileLines.ts';
import type { ToolFunction } from './tools.ts';

export interface Call {
  function: ToolFunction;
  /** What the tool answers. */
  content: Redacted;
  /** Made up: nobody typed it. */
  synthetic: boolean;
  /** Nobody else made it, and it holds nobody else's text. */
  own: boolean;
}

export interface FileEdit {
  path: Redacted;
  /** Null where the file was not there. */
  before: FileLine[] | null;
  after: FileLine[];
  /** Lines that were in view before it. */
  visible: Step['visible_lines'];
  /** Errors that the editor showed in the text before. */
  errors: Redacted | null;
  /** Nobody else had a part in it. */
  own: boolean;
}

/** Lines that are shown on each side of an edit where it is not known what was in view. */
const around = 10;

/**
 * Each place in which the text changed becomes one call, from top to bottom, each after a look at its lines; none where
 * the text is the same. People read in silence, so the looks are made up: at the lines that were in view where those
 * are known.
 */
export function editCalls({ path, before, after, visible, errors, own: isOwn }: FileEdit): Call[] {
  if (before === null || before.length === 0) {
    if (before && after.length === 0) return [];
    const own = isOwn && after.every(({ foreign }) => !foreign);
    const content = deriveText((name) => `The file ${name} has been written.`, path);
    return [
      { function: editor({ command: 'create', path, file_text: redacted(after) }), content, synthetic: false, own },
    ];
  }
  const calls: Call[] = [];
  const lines = before.slice();
  const content = deriveText((name) => `The file ${name} has been edited.`, path);
  let moved = 0;
  let shown = { start: 0, end: -1 };
  for (const { from, old, now } of hunksOf(before, after)) {
    const at = from + moved;
    const edit = replacement(lines, at, old.length, now);
    const own = isOwn && edit.lines.every(({ foreign }) => !foreign);
    if (from < shown.start || from + old.length > shown.end) {
      shown = linesShown(from, old.length, before.length, visible);
      const isFirst = calls.length === 0;
      calls.push(
        lookAt(path, lines, Math.max(0, shown.start + moved), shown.end + moved, own, isFirst ? errors : null),
      );
    }
    calls.push({ function: editor({ path, ...edit.arguments }), content, synthetic: false, own });
    lines.splice(at, old.length, ...now);
    moved += now.length - old.length;
  }
  return calls;
}

type EditorArguments = Extract<ToolFunction, { name: 'str_replace_editor' }>['arguments'];

/** The keys in the order of the schema. */
function editor(values: EditorArguments): ToolFunction {
  const { command, path, ...others } = values;
  return { name: 'str_replace_editor', arguments: { command, path, ...others } as EditorArguments };
}

// The lines of a file are made of redacted texts alone.
function redacted(lines: readonly FileLine[]): Redacted {
  return deriveText(() => joined(lines));
}

type Replacement =
  | { command: 'insert'; insert_line: number; new_str: Redacted }
  | { command: 'str_replace'; old_str: Redacted; new_str: Redacted };

/** Whole lines are inserted; all else replaces lines, with as many neighbours as make them unique. */
function replacement(
  lines: readonly FileLine[],
  at: number,
  deleted: number,
  now: readonly FileLine[],
): { arguments: Replacement; lines: readonly FileLine[] } {
  const isBehindLine = at === 0 || lines[at - 1].text.endsWith('\n');
  if (deleted === 0 && isBehindLine && now.every(({ text }) => text.endsWith('\n'))) {
    const new_str = deriveText(() => joined(now).slice(0, -1));
    return { arguments: { command: 'insert', insert_line: at, new_str }, lines: now };
  }
  const text = joined(lines);
  let [start, end] = [at, at + deleted];
  while (!isUnique(joined(lines.slice(start, end)), text)) {
    start = Math.max(0, start - 1);
    end = Math.min(lines.length, end + 1);
  }
  const old = lines.slice(start, end);
  const next = [...lines.slice(start, at), ...now, ...lines.slice(at + deleted, end)];
  return {
    arguments: { command: 'str_replace', old_str: redacted(old), new_str: redacted(next) },
    lines: [...old, ...next],
  };
}

function isUnique(part: string, text: string): boolean {
  if (part === '') return false;
  const first = text.indexOf(part);
  return text.indexOf(part, first + 1) < 0;
}

/** @param from first line of the edit @param length its lines; [start, end) are shown. */
function linesShown(
  from: number,
  length: number,
  lines: number,
  visible: Step['visible_lines'],
): { start: number; end: number } {
  const seen = visible.find(({ start, end }) => start <= from && from + length <= end + 1 && start < lines);
  if (seen) return { start: seen.start, end: Math.min(lines, seen.end + 1) };
  return { start: Math.max(0, from - around), end: Math.min(lines, from + length + around) };
}

/** A call that shows the lines [start, end). */
function lookAt(
  path: Redacted,
  lines: readonly FileLine[],
  start: number,
  end: number,
  own: boolean,
  errors: Redacted | null,
): Call {
  const shown = numbered(redacted(lines.slice(start, end)), start);
  const content = errors === null ? shown : deriveText((code, told) => `${code}\n\n${told}`, shown, errors);
  return { function: viewCall(path, start, end), content, synthetic: true, own };
}

/** @param end line behind the last one. */
export function viewCall(path: Redacted, start: number, end: number): ToolFunction {
  return editor({ command: 'view', path, view_range: [start + 1, end] });
}

/** Lines with their numbers in front, as `cat -n` prints them. @param first number of the first, 0-based. */
export function numbered(text: Redacted, first: number): Redacted {
  return deriveText(
    (code) =>
      code
        .replace(/\n$/, '')
        .split('\n')
        .map((line, i) => `${String(first + i + 1).padStart(6)}\t${line}`)
        .join('\n'),
    text,
  );
}
