/** The rows that the first version of Zeta was trained on, from `next_edit`: the whole excerpt may be edited. */
import { type NextEdit, nextEditFormat } from '../nextEdit.ts';
import type { Rendering } from './rendering.ts';

const marks = {
  file: '<|start_of_file|>',
  start: '<|editable_region_start|>',
  end: '<|editable_region_end|>',
  cursor: '<|user_cursor_is_here|>',
};

export const zetaRendering: Rendering = {
  name: 'zeta',
  layout: 'lines',
  render: (record) => {
    const rows = nextEditFormat.derive(record).filter(({ input }) => input.cursor !== null);
    const rendered = rows.flatMap((row) => {
      const value = rowOf(row);
      return value ? [{ source: row, value }] : [];
    });
    return rendered.length > 0 ? rendered : 'no edit with a known cursor is to be learned inside of its excerpt';
  },
};

/** Null where the edit leaves the excerpt, or the code itself holds a mark. */
function rowOf({ input, target }: NextEdit): object | null {
  const { path, excerpt, excerpt_start, cursor, edit_history } = input;
  const points = Array.from(excerpt);
  const start = target.start - excerpt_start;
  const end = start + Array.from(target.deleted).length;
  if (start < 0 || end > points.length) return null;
  if ([excerpt, target.inserted].some((text) => Object.values(marks).some((mark) => text.includes(mark)))) return null;
  const at = (cursor as number) - excerpt_start;
  const before = points.slice(0, at).join('') + marks.cursor + points.slice(at).join('');
  const after = points.slice(0, start).join('') + target.inserted + points.slice(end).join('');
  const region = (text: string) => {
    const lines = [...(excerpt_start === 0 ? [marks.file] : []), marks.start, text, marks.end];
    return `\`\`\`${path}\n${lines.join('\n')}\n\`\`\``;
  };
  return {
    events: edit_history
      .map((edit) => `User edited "${edit.path}":\n\`\`\`diff\n${hunks(edit.patch)}\n\`\`\``)
      .join('\n\n'),
    input: region(before),
    output: region(after),
  };
}

/** A patch without the names of the file. */
function hunks(patch: string): string {
  return patch.slice(patch.indexOf('@@')).trimEnd();
}
