/** Every rule for secrets covers examples that are drawn when the test runs, and leaves alone what only looks like them. */
import assert from 'node:assert/strict';
import { detect } from '../../../../src/redaction/detectors/detect.ts';
import { secretRules } from '../../../../src/redaction/detectors/secrets.ts';
import { redactText } from '../../../../src/redaction/redactText.ts';
import { examplesOf, templates } from '../../../support/ruleExamples.ts';

/** Lines with § for one of the rule's keywords, none with a value. */
const innocent = [
  'the § of it',
  '§ = process.env.VALUE',
  '§: <your-value-here>',
  '§=$VALUE',
  '// see § in the docs',
  '"§": null',
];

describe('the rules for secrets', () => {
  it('are many, of different names, and say where the format is documented', () => {
    assert.ok(secretRules.length >= 180);
    assert.equal(new Set(secretRules.map(({ id }) => id)).size, secretRules.length);
    for (const { id, reference } of secretRules) assert.ok(reference.length > 3, id);
  });

  for (const rule of secretRules) {
    it(`${rule.id}: covers what it is for, and not what only looks like it`, () => {
      const context = rule.contexts?.[0] ?? 'config';
      const found = examplesOf(rule).filter((text) => detect(text, context).some((span) => span.rule === rule));
      assert.ok(found.length >= 2, `${found.length} examples are found`);
      for (const text of found) {
        const { text: redacted } = redactText(text, { context });
        assert.equal(redactText(redacted, { context }).text, redacted);
        for (const span of detect(text, context)) {
          if (span.rule !== rule || !templates[rule.id]) continue;
          assert.ok(text.slice(span.start, span.end).length >= 8, text);
        }
      }
      for (const keyword of rule.keywords.length > 0 ? rule.keywords : ['value', 'setting']) {
        for (const line of innocent.map((one) => one.replace('§', keyword))) {
          const spans = detect(line, context).filter((span) => span.rule === rule);
          assert.deepEqual(spans, [], line);
        }
      }
    });
  }
});
