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
  const shown = at === null ? excerpt : `${points.slice(0, at).join('')}<|cursor|>${points.slice(at).join('')}`;
  return promptOf(
    [
      ...task(input),
      ...input.edit_history.map(({ patch }) => `Edited:\n${patch}`),
      ...diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
      `${path}, from line ${excerpt_line + 1}:\n${shown}`,
    ],
    'The next edit, as a unified diff:',
  );
}

export function repairPrompt(input: Repair['input']): Redacted {
  const { command, cwd, exit_code, output, path, diagnostics, files } = input;
  return promptOf(
    [
      ...task(input),
      ...files.map(fileText),
      ...(command === null ? [] : [`${commandLine(command, cwd)}\n${ended(output ?? '', exit_code)}`]),
      ...diagnostics.map(({ severity, message }) => `${path}: ${severity}: ${message}`),
    ],
    'The edit that mends it, as a unified diff:',
  );
}

/** Without the files of which nothing had told before. */
export function executionPrompt({ files, command, cwd }: Execution['input']): Redacted {
  return promptOf(files.filter(({ seen }) => seen).map(fileText), commandLine(command, cwd));
}

export function executionCompletion({ output, exit_code }: Execution['target']): Redacted {
  return deriveText((printed) => ended(printed, exit_code), output);
}

/** Made of redacted texts alone. The answer begins on a line of its own. */
function promptOf(parts: readonly string[], question: string): Redacted {
  return deriveText(() => `${[...parts, question].join('\n\n')}\n`);
}

function task({ instruction }: { instruction: string | null }): string[] {
  return instruction === null ? [] : [`Task: ${instruction}`];
}

function fileText({ path, text }: { path: string; text: string }): string {
  return `${path}:\n${text}`;
}

function commandLine(command: string, cwd: string | null): string {
  return `${cwd === null || cwd === '.' ? '' : cwd}$ ${command}`;
}

function ended(output: string, exitCode: number | null): string {
  if (exitCode === null) return output;
  return `${output}${output === '' || output.endsWith('\n') ? '' : '\n'}[exit code ${exitCode}]`;
}
