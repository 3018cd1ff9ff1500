/**
 * Terminal output as a person saw it: escape sequences, carriage returns, backspaces and wrapping are carried out by a
 * headless terminal, so that a secret cannot hide between them and a progress bar does not fill a record.
 */
import headless from '@xterm/headless';

const defaultColumns = 200;
const scrollback = 20_000;
/** Of a longer stream the middle is not rendered. UTF-16 units. */
const longestStream = 1 << 20;
/** Output that goes into a record, in UTF-8 bytes. */
export const outputLimit = 32 * 1024;
export const cutMark = '\n[...]\n';

const needsTerminal = /[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/;

export async function renderTerminal(stream: string, columns: number | null): Promise<string> {
  const data = headAndTail(stream, longestStream, (text) => text.length);
  const plain = needsTerminal.test(data)
    ? await render(data, columns ?? defaultColumns)
    : data.replaceAll('\r\n', '\n');
  return plain.replace(/[ \t]+$/gm, '').replace(/^\n+|\s+$/g, '');
}

async function render(data: string, columns: number): Promise<string> {
  const terminal = new headless.Terminal({
    cols: Math.max(2, columns),
    rows: 50,
    scrollback,
    allowProposedApi: true,
    convertEol: true,
  });
  try {
    await new Promise<void>((done) => terminal.write(data, done));
    const buffer = terminal.buffer.normal;
    const lines: string[] = [];
    for (let i = 0; i < buffer.length; i++) {
      const line = buffer.getLine(i);
      if (!line) continue;
      const wraps = buffer.getLine(i + 1)?.isWrapped ?? false;
      const text = line.translateToString(!wraps);
      if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    return lines.join('\n');
  } finally {
    terminal.dispose();
  }
}

/** The beginning and the end of a text that is over the limit, cut between lines where there are any. */
export function headAndTail(text: string, limit: number, size: (text: string) => number): string {
  if (size(text) <= limit) return text;
  const half = Math.floor((limit - cutMark.length) / 2);
  return fitting(text, half, size, 'head') + cutMark + fitting(text, half, size, 'tail');
}

function fitting(text: string, limit: number, size: (text: string) => number, side: 'head' | 'tail'): string {
  let part = side === 'head' ? text.slice(0, limit) : text.slice(-limit);
  while (size(part) > limit) {
    const excess = Math.ceil((size(part) - limit) / 4) || 1;
    part = side === 'head' ? part.slice(0, -excess) : part.slice(excess);
  }
  const cut = side === 'head' ? part.lastIndexOf('\n') : part.indexOf('\n');
  if (cut > 0 && side === 'head') part = part.slice(0, cut);
  if (cut >= 0 && side === 'tail') part = part.slice(cut + 1);
  return part.toWellFormed();
}
