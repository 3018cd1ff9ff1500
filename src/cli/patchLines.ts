import { cyan, green, type Line, red } from './terminal.ts';

/** A patch in colours, without the file's name in its first two lines: it stands in a title. @param crlf how lines end. */
export function patchLines(patch: string, crlf: boolean): Line[] {
  return patch
    .trimEnd()
    .split(crlf ? /\r?\n/ : '\n')
    .slice(2)
    .map((line) => {
      if (line.startsWith('@@')) return [cyan(line)];
      return [line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line];
    });
}
