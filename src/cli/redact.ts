import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import * as z from 'zod';
import { splitLines } from '../dataset/lines.ts';
import { explainRule } from '../redaction/explain.ts';
import { type RedactedText, redactText } from '../redaction/redactText.ts';
import type { KnownValue } from '../session/events.ts';
import { addOwnValues, type OwnValues, readOwnValues } from './ownValues.ts';
import { tellError, tellLines } from './terminal.ts';

interface Options extends OwnValues {
  explain?: boolean;
  jsonl?: boolean;
}

/** Bytes of a JSON line: what a string can hold at most, so that nothing is cut. */
const lineLimit = 512 * 1024 * 1024;

export function redactCommand(program: Command): void {
  addOwnValues(program.command('redact'))
    .description('take secrets and identifiers out of standard input; what no rule knows stays')
    .option('--jsonl', 'read JSON lines with a field `text`; add `spans` ([start, end) in code points) and `types`')
    .option('--explain', 'name the rule of each span: in `rules` of each JSON line, else on standard error')
    .action(redact);
}

async function redact({ jsonl, explain = false, ...own }: Options): Promise<void> {
  const known = await readOwnValues(own);
  if (jsonl) {
    await redactLines(known, explain);
    return;
  }
  const text = await readAll(process.stdin);
  const redacted = redactText(text, { known });
  process.stdout.write(redacted.text);
  if (explain) tellLines(explanations(text, redacted).map((line) => [line]));
}

/** One line a span: place (1-based line and column in code points), type, rule and what it goes by. */
function explanations(text: string, { spans, types, rules }: RedactedText): string[] {
  const points = Array.from(text);
  return spans.map(([start], i) => {
    const line = points.slice(0, start).filter((point) => point === '\n').length;
    const column = start - (points.lastIndexOf('\n', start - 1) + 1);
    return `${line + 1}:${start === 0 ? 1 : column + 1} ${types[i]} ${rules[i]}: ${explainRule(rules[i])}`;
  });
}

/** A line that is no such row is told of and left out, since it may hold anything; the others come through. */
async function redactLines(known: readonly KnownValue[], explain: boolean): Promise<void> {
  let number = 0;
  for await (const line of withLastLine(splitLines(process.stdin, lineLimit))) {
    number++;
    if (line.trim() === '') continue;
    const redacted = redactRow(line, known, explain);
    if (redacted !== null) process.stdout.write(`${redacted}\n`);
    else {
      tellError(`line ${number} is no JSON object with a string "text"; it is left out`);
      process.exitCode = 1;
    }
  }
}

/** The lines, and what follows the last line feed. */
async function* withLastLine(lines: AsyncGenerator<string, Buffer, undefined>): AsyncGenerator<string> {
  yield (yield* lines).toString('utf8');
}

const row = z.looseObject({ text: z.string() });

function redactRow(line: string, known: readonly KnownValue[], explain: boolean): string | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = row.safeParse(value);
  if (!parsed.success) return null;
  const { text, spans, types, rules } = redactText(parsed.data.text, { known });
  return JSON.stringify({ ...(value as object), text, spans, types, ...(explain && { rules }) });
}
