/** Runs the tool calls of a transcript on texts in memory, as strictly as the tools do. */
import assert from 'node:assert/strict';
import type { ToolFunction } from '../../src/examples/tools.ts';

/** @param files texts by path; changed in place. */
export function runCall({ name, arguments: values }: ToolFunction, files: Map<string, string>): void {
  if (name === 'finish' || name === 'execute_ipython_cell') return;
  if (name === 'execute_bash') {
    runLine(values.command, files);
    return;
  }
  const { path } = values;
  const text = files.get(path);
  if (values.command === 'create') {
    files.set(path, values.file_text);
    return;
  }
  assert.ok(text !== undefined, `${path} is not there`);
  const lines = text.split('\n');
  if (values.command === 'view') {
    const [first, last] = values.view_range;
    assert.ok(first >= 1 && first <= last && last <= lines.length, `${path} has no lines ${first} to ${last}`);
  } else if (values.command === 'insert') {
    assert.ok(values.insert_line < lines.length || text === '', `${path} has no line ${values.insert_line}`);
    const at = values.insert_line;
    files.set(path, [...lines.slice(0, at), ...values.new_str.split('\n'), ...lines.slice(at)].join('\n'));
  } else {
    assert.equal(
      text.split(values.old_str).length,
      2,
      `${JSON.stringify(values.old_str)} does not stand once in ${path}`,
    );
    files.set(
      path,
      text.replace(values.old_str, () => values.new_str),
    );
  }
}

const word = /'((?:[^']|'\\'')*)'|([^\s']+)/;
const remove = new RegExp(`^rm -f ${word.source}$`);
const move = new RegExp(`^(?:mkdir -p (?:${word.source}) && )?mv -f (?:${word.source}) (?:${word.source})$`);

/** The lines that stand for what was done without a terminal; others change no text here. */
function runLine(line: string, files: Map<string, string>): void {
  const plain = (quoted?: string, bare?: string) => quoted?.replaceAll("'\\''", "'") ?? bare ?? '';
  const removed = remove.exec(line);
  if (removed) files.delete(plain(removed[1], removed[2]));
  const moved = move.exec(line);
  if (!moved) return;
  const [from, to] = [plain(moved[3], moved[4]), plain(moved[5], moved[6])];
  const text = files.get(from);
  assert.ok(text !== undefined, `${from} is not there`);
  files.delete(from);
  files.set(to, text);
}
