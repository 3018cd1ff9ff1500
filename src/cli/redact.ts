import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import * as z from 'zod';
import { splitLines } from '../dataset/lines.ts';
import { redactText } from '../redaction/redactText.ts';
import type { KnownValue } from '../session/events.ts';
import { readDenylist } from './denylist.ts';

interface Options {
  jsonl?: boolean;
  denylist?: string;
}

/** Bytes of a JSON line: what a string can hold at most, so that nothing is cut. */
const lineLimit = 512 * 1024 * 1024;

export function redactCommand(program: Command): void {
  program
    .command('redact')
    .description('take secrets and identifiers out of standard input; what no rule knows stays')
    .option('--jsonl', 'read JSON lines with a field `text`; add `spans` ([start, end) in code points) and `types`')
    .option('--denylist <file>', 'values that must not stay, one a line')
    .action(redact);
}

async function redact({ jsonl, denylist }: Options): Promise<void> {
  const known = await readDenylist(denylist);
  if (jsonl) await redactLines(known);
  else process.stdout.write(redactText(await readAll(process.stdin), { known }).text);
}

/** A line that is no such row is told of and left out, since it may hold anything; the others come through. */
async function redactLines(known: readonly KnownValue[]): Promise<void> {
  let number = 0;
  for await (const line of withLastLine(splitLines(process.stdin, lineLimit))) {
    number++;
    if (line.trim() === '') continue;
    const redacted = redactRow(line, known);
    if (redacted !== null) process.stdout.write(`${redacted}\n`);
    else {
      process.stderr.write(`understudy: line ${number} is no JSON object with a string "text"; it is left out\n`);
      process.exitCode = 1;
    }
  }
}

/** The lines, and what follows the last line feed. */
async function* withLastLine(lines: AsyncGenerator<string, Buffer, undefined>): AsyncGenerator<string> {
  yield (yield* lines).toString('utf8');
}

const row = z.looseObject({ text: z.string() });

function redactRow(line: string, known: readonly KnownValue[]): string | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = row.safeParse(value);
  if (!parsed.success) return null;
  const { text, spans, types } = redactText(parsed.data.text, { known });
  return JSON.stringify({ ...(value as object), text, spans, types });
}
