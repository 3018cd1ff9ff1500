import { type CapturedOutput, OutputBuffer, outputHalf } from '../programs/outputBuffer.ts';

/** One output of a cell, in one or more forms: of a stream, pieces that follow each other. */
export type CellOutput = readonly { mime: string; data: Uint8Array }[];

const streams: ReadonlySet<string> = new Set([
  'application/vnd.code.notebook.stdout',
  'application/vnd.code.notebook.stderr',
]);
const error = 'application/vnd.code.notebook.error';
/** Bytes that are read of each end of one item: as many as the buffer can keep, whatever the text. */
const readable = 4 * outputHalf;

/**
 * The outputs of a cell as text: streams, errors and plain results, one below the other, raw with their escape sequences.
 * Of pictures, pages and data only the type is told, in brackets.
 */
export function readOutputs(outputs: readonly CellOutput[]): CapturedOutput {
  const buffer = new OutputBuffer();
  let last = '\n';
  for (const output of outputs) {
    for (const text of textsOf(output)) {
      if (text === '') continue;
      buffer.push(last.endsWith('\n') ? text : `\n${text}`);
      last = text;
    }
  }
  return buffer.end();
}

function textsOf(output: CellOutput): string[] {
  const stream = output.filter(({ mime }) => streams.has(mime)).map(({ data }) => decode(data));
  const errors = output.filter(({ mime }) => mime === error).map(({ data }) => errorText(decode(data)));
  const plain = output.filter(({ mime }) => mime === 'text/plain').map(({ data }) => decode(data));
  const others = output.map(({ mime }) => mime).filter((mime) => !isText(mime));
  return [stream.join(''), ...errors, ...plain, others.length > 0 ? `[left out: ${others.join(', ')}]` : ''];
}

function isText(mime: string): boolean {
  return streams.has(mime) || mime === error || mime === 'text/plain';
}

function decode(data: Uint8Array): string {
  const ends = data.length > 2 * readable ? [data.subarray(0, readable), data.subarray(-readable)] : [data];
  return ends.map((end) => new TextDecoder().decode(end)).join('\n');
}

/** A traceback mostly says again which error it is of. */
function errorText(json: string): string {
  const { name, message, stack } = parsed(json);
  const title = [name, message].filter(Boolean).join(': ');
  if (!stack) return title;
  return plainText(stack).includes(message || name) ? stack : `${stack}\n${title}`;
}

function plainText(stack: string): string {
  return stack.replace(/\x1b\[[\d;]*m/g, '');
}

function parsed(json: string): { name: string; message: string; stack: string } {
  const fields = (value: unknown) => (typeof value === 'string' ? value : '');
  try {
    const { name, message, stack } = JSON.parse(json);
    return { name: fields(name), message: fields(message), stack: fields(stack) };
  } catch {
    // Cut, because it was too long, or written by a kernel of another mind.
    return { name: '', message: '', stack: json };
  }
}
