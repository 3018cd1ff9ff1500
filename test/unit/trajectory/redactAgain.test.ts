import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRarePiece, pieceLength } from '../../../src/redaction/detectors/rarity.ts';
import { redactAgain } from '../../../src/trajectory/redactAgain.ts';
import { replayTrajectory } from '../../../src/trajectory/replay.ts';
import { eventsOf } from '../../support/histories.ts';
import { RecordBuilder } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import {
  type Act,
  actionsOf,
  acts,
  base,
  type Secret,
  sealed,
  secretAt,
  textsOf,
} from '../../support/secretSessions.ts';
import { randomToken } from '../../support/secrets.ts';

const wheres = ['command', 'merge', 'branch', 'diagnose', 'throw', 'rename', 'note', 'copy', 'cell'] as const;

describe('redactAgain', () => {
  it('covers in a finished record what becomes known later, and the record replays', () => {
    const plain = secretAt('password');
    // Nowhere does it stand in a place that a rule knows.
    const mentions = fc
      .tuple(fc.array(fc.constantFrom(...wheres), { minLength: 1, maxLength: 5 }), acts(1))
      .map(([places, others]): Act[] => [
        ...places.map((where): Act => ({ kind: 'mention', secret: 0, where })),
        ...others.filter(({ kind }) => kind === 'ordinary'),
      ]);
    return fc.assert(
      fc.asyncProperty(plain, mentions, async (secret: Secret, acted) => {
        const { trajectories } = await sealed(eventsOf(base, actionsOf(acted, [secret])));
        for (const record of trajectories) {
          const again = redactAgain(record, [{ type: 'secret', value: secret.text }]);
          const stood = textsOf(record).some((text) => text.includes(secret.text));
          assert.ok(again || !stood);
          if (!again) continue;
          assert.equal(replayTrajectory(again.record), null);
          assert.equal(again.record.revision, record.revision + 1);
          assert.deepEqual(
            again.record.steps.map(({ kind, settled, elapsed }) => [kind, settled, elapsed]),
            record.steps.map(({ kind, settled, elapsed }) => [kind, settled, elapsed]),
          );
          for (let i = 0; i + pieceLength <= secret.text.length; i++) {
            const piece = secret.text.slice(i, i + pieceLength);
            if (isRarePiece(piece)) assert.ok(!textsOf(again.record).some((text) => text.includes(piece)), piece);
          }
          assert.equal(redactAgain(again.record, [{ type: 'secret', value: secret.text }]), null);
        }
      }),
      { numRuns: runs },
    );
  });

  it('leaves a record alone in which there is nothing to cover', () => {
    const record = new RecordBuilder('clean', [{ path: 'a.js', base: 'first();\n' }])
      .replace(0, 'first', 'begin')
      .build();
    assert.equal(redactAgain(record), null);
  });

  it('tells again what an output names where it is redacted', () => {
    const password = randomToken(20);
    const output = `src/a.js:3:45: error: ${password} is no name\nsrc/b.js:1:2: note\n`;
    const paths = ['src/a.js', 'src/b.js'];
    const record = new RecordBuilder(
      'places',
      paths.map((path) => ({ path, base: '' })),
    )
      .run('make', 1, output)
      .run('make', 1, 'src/b.js:1:2: note\n')
      .build();
    const again = redactAgain(record, [{ type: 'secret', value: password }]);
    const told = again?.record.steps.map(({ locations }) =>
      locations.map(({ file_id, line, column }) => [file_id, line, column]),
    );
    assert.deepEqual(told, [
      [
        [0, 3, 0],
        [1, 1, 0],
      ],
      [[1, 1, 2]],
    ]);
  });

  it('covers what was looked at, and the cursor stays where it was', () => {
    const token = `ghp_${randomToken(36)}`;
    const lines = ['first();', `use('${token}');`, 'last();'].join('\n');
    const cursor = 100 + lines.indexOf('last');
    const record = new RecordBuilder('looked', [{ path: 'a.js', base: null }])
      .step({
        kind: 'view',
        file_id: 0,
        doc_version: 0,
        action: 'dwell',
        selections: [
          { anchor: 3, active: cursor },
          { anchor: 5000, active: 5000 },
        ],
        visible_lines: [{ start: 9, end: 11 }],
        excerpts: [{ offset: 100, text: lines as never }],
      })
      .build();
    const [view] = redactAgain(record)?.record.steps ?? [];
    const [{ offset, text }] = view.excerpts;
    assert.match(text, /^first\(\);\nuse\('REDACTED_SECRET_\w*'\);\nlast\(\);$/);
    assert.deepEqual([offset, view.visible_lines], [100, [{ start: 9, end: 11 }]]);
    const [here, beyond] = view.selections;
    assert.equal(text.slice(here.active - offset), 'last();');
    assert.deepEqual([here.anchor, beyond.active], [3, 5000 + text.length - lines.length]);
  });

  it('counts placeholders, old and new', () => {
    const token = `ghp_${randomToken(36)}`;
    const record = new RecordBuilder('token', [{ path: 'a.js', base: "f('REDACTED_SECRET_0001');\n" }])
      .replace(0, ');', `, '${token}');`)
      .build({
        redaction: {
          detector_version: '0',
          audit: 'clean',
          placeholders: [{ placeholder: 'REDACTED_SECRET_0001', type: 'secret', count: 2 }],
        },
      });
    const again = redactAgain(record);
    assert.deepEqual(
      again?.record.redaction.placeholders.map(({ type, count }) => [type, count]),
      [
        ['secret', 2],
        ['secret', 2],
      ],
    );
    assert.match(
      again?.record.files[0].final_text ?? '',
      /^f\('REDACTED_SECRET_0001', 'REDACTED_SECRET_[a-z]{4}_0001'\);\n$/,
    );
  });
});
