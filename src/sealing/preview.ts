import { contextOfPath } from '../redaction/context.ts';
import { explainRule } from '../redaction/explain.ts';
import { redactText } from '../redaction/redactText.ts';
import type { Preview, PreviewRequest } from './workerRequest.ts';

/** A file as a record would keep it, and what stands for what. */
export function preview({ text, path, known }: PreviewRequest): Preview {
  const redacted = redactText(text, { context: contextOfPath(path), known });
  const units = [0];
  for (const point of redacted.text) units.push(units[units.length - 1] + point.length);
  return {
    text: redacted.text,
    placeholders: redacted.placed.map(([start, end], i) => ({
      start: units[start],
      end: units[end],
      type: redacted.types[i],
      rule: redacted.rules[i],
      explanation: explainRule(redacted.rules[i]),
    })),
  };
}
