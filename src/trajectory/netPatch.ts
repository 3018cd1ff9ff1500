import { formatPatch, structuredPatch } from 'diff';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';

/** A file at one point of a task; `text` is null where it is not there. */
export interface PatchedFile {
  path: Redacted;
  text: Redacted | null;
}

/** Line edits after which two texts count as unrelated: the search for a shorter patch costs their square. */
const maxEditLength = 4000;
/** Lines of context, as git has them. */
const context = 3;

/** One diff that `git apply` takes, over all files that differ; empty where none does. `before[i]` became `after[i]`. */
export function netPatch(before: readonly PatchedFile[], after: readonly PatchedFile[]): Redacted {
  const patches = before.map((file, i) => filePatch(file, after[i]));
  return deriveText((...all) => all.join(''), ...patches);
}

function filePatch(before: PatchedFile, after: PatchedFile): Redacted {
  const [old, now] = [before.text, after.text];
  if ((old === null && now === null) || (old === now && before.path === after.path)) return deriveText(() => '');
  return deriveText(
    (from, to, oldText, newText) => {
      const [source, target] = [quoted(`a/${old === null ? to : from}`), quoted(`b/${now === null ? from : to}`)];
      const head = [`diff --git ${source} ${target}`];
      if (old === null) head.push('new file mode 100644');
      else if (now === null) head.push('deleted file mode 100644');
      else if (from !== to) head.push(`rename from ${quoted(from)}`, `rename to ${quoted(to)}`);
      const names = [old === null ? '/dev/null' : source, now === null ? '/dev/null' : target];
      return `${head.join('\n')}\n${hunks(names, oldText, newText)}`;
    },
    before.path,
    after.path,
    old ?? ('' as Redacted),
    now ?? ('' as Redacted),
  );
}

function hunks([source, target]: string[], before: string, after: string): string {
  if (before === after) return '';
  const options = { context, maxEditLength };
  const patch = structuredPatch(source, target, before, after, undefined, undefined, options) ?? {
    ...structuredPatch(source, target, '', '', undefined, undefined, { context }),
    hunks: [replaceAll(before, after)],
  };
  const text = formatPatch({ ...patch, oldFileName: '', newFileName: '' });
  // jsdiff quotes no names, and begins with lines for other tools than git.
  return `--- ${source}\n+++ ${target}\n${text.slice(text.indexOf('@@'))}`;
}

/** All old lines go, all new ones come. */
function replaceAll(before: string, after: string) {
  const [old, now] = [before, after].map((text) => text.split('\n'));
  const lines = (list: string[], sign: string) => {
    const ended = list.at(-1) === '';
    const whole = ended ? list.slice(0, -1) : list;
    return [...whole.map((line) => sign + line), ...(ended ? [] : ['\\ No newline at end of file'])];
  };
  const count = (list: string[]) => list.length - (list.at(-1) === '' ? 1 : 0);
  const [oldLines, newLines] = [count(old), count(now)];
  return {
    oldStart: oldLines === 0 ? 0 : 1,
    oldLines,
    newStart: newLines === 0 ? 0 : 1,
    newLines,
    lines: [...lines(old, '-'), ...lines(now, '+')],
  };
}

/** As git quotes names that hold more than plain characters. */
function quoted(name: string): string {
  if (!/[\x00-\x1f"\\\x7f]/.test(name)) return name;
  const escaped = name.replace(/[\x00-\x1f"\\\x7f]/g, (one) => {
    return one === '"' || one === '\\' ? `\\${one}` : `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}
