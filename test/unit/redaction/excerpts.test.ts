import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contextOfPath } from '../../../src/redaction/context.ts';
import { detect } from '../../../src/redaction/detectors/detect.ts';
import { isRarePiece, pieceLength } from '../../../src/redaction/detectors/rarity.ts';
import { secretRules } from '../../../src/redaction/detectors/secrets.ts';
import { excerptLimit, excerptsOf } from '../../../src/redaction/excerpts.ts';
import { mint } from '../../../src/redaction/mint.ts';
import { TextBuffer } from '../../../src/session/codePoints.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import type { LineRange } from '../../../src/session/task.ts';
import { examplesOf } from '../../support/ruleExamples.ts';
import { runs } from '../../support/runs.ts';
import { sealed, textsOf } from '../../support/secretSessions.ts';
import { pemBlock } from '../../support/secrets.ts';

const t = 1_700_000_000_000;
const facts = { language: null, eol: 'lf', encoding: 'utf8' } as const;
const work: SessionEvent = { kind: 'file', t, action: 'create', path: 'other.ts', to: null };

/** A file is looked at, and something is done elsewhere. */
function looking(path: string, text: string, ...looks: LineRange[][]): SessionEvent[] {
  const views = looks.map(
    (visible): SessionEvent => ({ kind: 'view', t, doc: 0, reason: 'dwell', cursors: [], visible }),
  );
  return [{ kind: 'open', t, doc: 0, path, ...facts, text }, ...views, work];
}

const filler = (lines: number) => Array.from({ length: lines }, (_, i) => `// line ${i} of many`);

/** Each rule's examples that are found in a file, with the place where they stand. */
const planted = secretRules.flatMap((rule) =>
  examplesOf(rule)
    .slice(0, 12)
    .flatMap((example) =>
      ['src/main.ts', 'settings.conf'].flatMap((path) => {
        const spans = detect(example, contextOfPath(path)).filter((span) => span.rule === rule);
        const values = spans.map(({ start, end }) => example.slice(start, end));
        return values.length > 0 ? [{ rule: rule.id, path, example, values }] : [];
      }),
    ),
);

describe('excerpts of what was looked at', () => {
  it('hold no piece of a secret, wherever it stands in the file and whatever is in view', () => {
    assert.ok(new Set(planted.map(({ rule }) => rule)).size > 0.95 * secretRules.length);
    const place = fc.record({ before: fc.nat(6), behind: fc.nat(6), start: fc.nat(14), lines: fc.nat(8) });
    const cases = fc.tuple(fc.constantFrom(...planted), place, fc.boolean());
    return fc.assert(
      fc.asyncProperty(cases, async ([{ path, example, values }, { before, behind, start, lines }, isEdited]) => {
        const around = filler(before + behind);
        const text = [...around.slice(0, before), ...example.split('\n'), ...around.slice(before)].join('\n');
        const all = text.split('\n').length;
        const each = Array.from({ length: all }, (_, line) => [{ start: line, end: line }]);
        const events = looking(path, text, ...each, [{ start, end: start + lines }], [{ start: 0, end: all }]);
        const change = { offset: 0, length: 0, text: '\n' };
        const edit = { t, doc: 0, version: 2, reason: null, changes: [change], selections: null, visible: null };
        if (isEdited) events.push({ kind: 'edit', ...edit });
        const { rows, trajectories } = await sealed(events);
        const written = textsOf(rows);
        for (const value of values) {
          for (let at = 0; at + pieceLength <= value.length; at++) {
            const piece = value.slice(at, at + pieceLength);
            if (!isRarePiece(piece) || around.some((line) => line.includes(piece))) continue;
            assert.ok(!written.some((one) => one.includes(piece)), `'${piece}' of '${value}'`);
          }
        }
        const whole = trajectories[0].steps.findLast(({ kind }) => kind === 'view')?.excerpts ?? [];
        assert.equal(whole.length, isEdited ? 0 : 1, 'an edited file is replayed');
      }),
      { numRuns: runs },
    );
  });

  it('hide a key of which only the end is in view', async () => {
    const { pem, body } = pemBlock();
    const text = `// the key\n${pem}\nuse(key);`;
    const lines = text.split('\n').length;
    const { trajectories } = await sealed(looking('src/main.ts', text, [{ start: 4, end: lines - 1 }]));
    const [view] = trajectories[0].steps;
    for (const line of body.split('\n')) assert.ok(!JSON.stringify(trajectories).includes(line));
    const start = '// the key\n-----BEGIN PRIVATE KEY-----\n'.length;
    assert.deepEqual(view.excerpts, [
      { offset: start, text: 'REDACTED_KEY_0001\n-----END PRIVATE KEY-----\n\nuse(key);' },
    ]);
    assert.deepEqual(view.visible_lines, [{ start: 2, end: 5 }]);
  });

  it('are the lines in view, each range by itself, with their place in the text', () => {
    const lines = fc.array(
      fc.string({ unit: 'binary' }).map((line) => line.toWellFormed().replaceAll('\n', '')),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    const ranges = fc.array(fc.record({ start: fc.nat(12), more: fc.nat(3) }), { maxLength: 3 });
    fc.assert(
      fc.property(lines, ranges, (all, drawn) => {
        const text = mint(all.join('\n'));
        const inside = drawn.filter(({ start }) => start < all.length);
        const visible = inside.map(({ start, more }) => ({ start, end: start + more }));
        const excerpts = excerptsOf(text, visible);
        assert.deepEqual(
          excerpts.map((one) => one.text),
          visible.map(({ start, end }) => all.slice(start, end + 1).join('\n')),
        );
        const points = new TextBuffer(text);
        for (const { offset, text: part } of excerpts) {
          assert.equal(points.slice(offset, offset + [...part].length), part);
        }
      }),
      { numRuns: runs },
    );
  });

  it('are bounded, and end with a whole line', () => {
    const many = mint(filler(1000).join('\n'));
    const cut = excerptsOf(many, [
      { start: 10, end: 150 },
      { start: 300, end: 500 },
      { start: 600, end: 610 },
    ]);
    assert.deepEqual(
      cut.map(({ text }) => text.split('\n').length),
      [141, excerptLimit.lines - 141],
    );
    const wide = mint(['short', 'x'.repeat(excerptLimit.bytes), 'short'].join('\n'));
    assert.deepEqual(excerptsOf(wide, [{ start: 0, end: 2 }]), [{ offset: 0, text: 'short' }]);
    assert.deepEqual(excerptsOf(wide, [{ start: 1, end: 2 }]), []);
  });
});
