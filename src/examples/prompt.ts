/**
 * What was known and what is to be learned, as two texts: the columns `prompt` and `completion`, which trainers take as they
 * are. One of many ways to tell it; `input` and `target` have the same in fields.
 */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { text } from '../trajectory/record.ts';
import type { EditInput } from './editInput.ts';
import type { Execution } from './execution.ts';
import type { Repair } from './repair.ts';
import { count, sizeOf } from './row.ts';

export const promptColumns = {
  prompt: text.describe('input as one text'),
  completion: text.describe('target as one text'),
};

export const promptLengths = z.strictObject({
  prompt_code_points: count,
  prompt_bytes: count,
  completion_code_points: count,
  completion_bytes: count,
});

export function promptLengthsOf(prompt: string, completion: string): z.infer<typeof promptLengths> {
  const [asked, learned] = [sizeOf([prompt]), sizeOf([completion])];
  return {
    prompt_code_points: asked.code_points,
    prompt_bytes: asked.bytes,
    completion_code_points: learned.code_points,
    completion_bytes: learned.bytes,
  };
}

export function editPrompt(input: EditInput): Redacted {
  const { path, excerpt, excerpt_start, excerpt_line, cursor, diagnostics } = input;
  const points = Array.from(excerpt);
  const at = cursor === null ? null : cursor - excerpt_start;
  const shown =
    at === null
      ? excerpt
      : deriveText(() => `${points.slice(0, at).join('')}<|cursor|>${points.slice(at).join('')}`, excerpt);
  return promptOf(
    [
      ...task(input),
      ...input.edit_history.map(({ patch }) => words`Edited:\n${patch}`),
      ...diagnostics.map(({ severity, message }) => words`${severity}: ${message}`),
      words`${path}, from line ${excerpt_line + 1}:\n${shown}`,
    ],
    words`The next edit, as a unified diff:`,
  );
}

export function repairPrompt(input: Repair['input']): Redacted {
  const { command, cwd, exit_code, output, path, diagnostics, files } = input;
  return promptOf(
    [
      ...task(input),
      ...files.map(fileText),
      ...(command === null ? [] : [words`${commandLine(command, cwd)}\n${ended(output ?? words``, exit_code)}`]),
      ...(path === null ? [] : diagnostics.map(({ severity, message }) => words`${path}: ${severity}: ${message}`)),
    ],
    words`The edit that mends it, as a unified diff:`,
  );
}

/** Without the files of which nothing had told before. */
export function executionPrompt({ files, command, cwd }: Execution['input']): Redacted {
  return promptOf(files.filter(({ seen }) => seen).map(fileText), commandLine(command, cwd));
}

export function executionCompletion({ output, exit_code }: Execution['target']): Redacted {
  return ended(output, exit_code);
}

/** Parts with blank lines between them. The answer begins on a line of its own. */
function promptOf(parts: readonly Redacted[], question: Redacted): Redacted {
  return deriveText((...told) => `${told.join('\n\n')}\n`, ...parts, question);
}

function task({ instruction }: { instruction: Redacted | null }): Redacted[] {
  return instruction === null ? [] : [words`Task: ${instruction}`];
}

function fileText({ path, text }: { path: Redacted; text: Redacted }): Redacted {
  return words`${path}:\n${text}`;
}

function commandLine(command: Redacted, cwd: Redacted | null): Redacted {
  return cwd === null || cwd === '.' ? words`$ ${command}` : words`${cwd}$ ${command}`;
}

function ended(output: Redacted, exitCode: number | null): Redacted {
  if (exitCode === null) return output;
  const isOpen = output !== '' && !output.endsWith('\n');
  return isOpen ? words`${output}\n[exit code ${exitCode}]` : words`${output}[exit code ${exitCode}]`;
}

/** Our words around texts that are redacted. */
function words(
  ours: TemplateStringsArray,
  ...texts: (Redacted | number | EditInput['diagnostics'][number]['severity'])[]
): Redacted {
  return deriveText(() => String.raw({ raw: ours }, ...texts));
}
