/** Outputs of cells, as kernels give them to VS Code. */
import type { CellOutput } from '../../src/session/capture/notebooks/cellOutput.ts';

export const output = (...items: [mime: string, text: string][]): CellOutput =>
  items.map(([mime, text]) => ({ mime, data: Buffer.from(text) }));

export const stdout = (...texts: string[]): CellOutput =>
  output(...texts.map((text): [string, string] => ['application/vnd.code.notebook.stdout', text]));

export const errorOutput = (name: string, message: string, stack: string): CellOutput =>
  output(['application/vnd.code.notebook.error', JSON.stringify({ name, message, stack })]);

/** The traceback of IPython 8.12.3 for a cell of four lines. */
export const ipythonError: CellOutput = errorOutput(
  'ZeroDivisionError',
  'division by zero',
  [
    '\u001b[0;31m---------------------------------------------------------------------------\u001b[0m',
    '\u001b[0;31mZeroDivisionError\u001b[0m                         Traceback (most recent call last)',
    'Cell \u001b[0;32mIn[1], line 4\u001b[0m\n\u001b[1;32m      1\u001b[0m \u001b[38;5;28;01mdef\u001b[39;00m\u001b[38;5;250m \u001b[39m\u001b[38;5;21mmean\u001b[39m(values):\n\u001b[1;32m      2\u001b[0m     \u001b[38;5;28;01mreturn\u001b[39;00m \u001b[38;5;28msum\u001b[39m(values) \u001b[38;5;241m/\u001b[39m \u001b[38;5;28mlen\u001b[39m(values)\n\u001b[0;32m----> 4\u001b[0m \u001b[43mmean\u001b[49m\u001b[43m(\u001b[49m\u001b[43m[\u001b[49m\u001b[43m]\u001b[49m\u001b[43m)\u001b[49m\n',
    'Cell \u001b[0;32mIn[1], line 2\u001b[0m, in \u001b[0;36mmean\u001b[0;34m(values)\u001b[0m\n\u001b[1;32m      1\u001b[0m \u001b[38;5;28;01mdef\u001b[39;00m\u001b[38;5;250m \u001b[39m\u001b[38;5;21mmean\u001b[39m(values):\n\u001b[0;32m----> 2\u001b[0m     \u001b[38;5;28;01mreturn\u001b[39;00m \u001b[38;5;28;43msum\u001b[39;49m\u001b[43m(\u001b[49m\u001b[43mvalues\u001b[49m\u001b[43m)\u001b[49m\u001b[43m \u001b[49m\u001b[38;5;241;43m/\u001b[39;49m\u001b[43m \u001b[49m\u001b[38;5;28;43mlen\u001b[39;49m\u001b[43m(\u001b[49m\u001b[43mvalues\u001b[49m\u001b[43m)\u001b[49m\n',
    '\u001b[0;31mZeroDivisionError\u001b[0m: division by zero',
  ].join('\n'),
);
