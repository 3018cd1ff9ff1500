import assert from 'node:assert/strict';
import fc from 'fast-check';
import { featuresOf, featuresRow } from '../../../src/dataset/features.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { anyRecord, RecordBuilder, sampleRecord } from '../../support/records.ts';

/** A record that adds these lines to a file. */
function adding(lines: string[], base = '', fields: Partial<Trajectory> = {}): Trajectory {
  const inserted = lines.map((line) => `${line}\n`).join('');
  return new RecordBuilder('adding', [{ path: 'a.py', base }])
    .edit(0, [{ offset: 0, deleted: 0, inserted }])
    .build(fields);
}

const words = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `word${from + i}`);
const shared = (a: string[], b: string[]) => a.filter((value) => b.includes(value)).length;

describe('features', () => {
  it('fit their schema', () => {
    fc.assert(fc.property(anyRecord, (record) => featuresRow.safeParse(featuresOf(record)).success));
  });

  it('carry what the selection needs of the record', () => {
    const record = sampleRecord();
    const features = featuresOf(record);
    assert.equal(features.keep_key, `0${record.trajectory_id}`);
    assert.equal(features.receipt_id, record.consent.receipt_id);
    assert.equal(features.split_bucket, record.split_bucket);
  });

  it('see added lines alone, whatever stood around them and however lines end', () => {
    const added = words(30);
    const alone = featuresOf(adding(added));
    assert.deepEqual(featuresOf(adding(added, 'x = 1\ny = 2\n')).bands, alone.bands);
    const crlf = new RecordBuilder('crlf', [{ path: 'a.py', base: 'x\r\n' }])
      .edit(0, [{ offset: 0, deleted: 0, inserted: added.map((line) => `${line}\r\n`).join('') }])
      .build();
    assert.deepEqual(featuresOf(crlf).bands, alone.bands);
  });

  it('see the net patch, not the way to it', () => {
    const added = words(25).join('\n');
    const detour = new RecordBuilder('detour', [{ path: 'a.py', base: 'x\n' }])
      .edit(0, [{ offset: 0, deleted: 0, inserted: `${added}\nthis goes away\n` }])
      .replace(0, 'this goes away\n', '')
      .build();
    assert.deepEqual(featuresOf(detour).bands, featuresOf(adding(words(25), 'x\n')).bands);
  });

  it('hold no band below 20 tokens but the content, and none at all where nothing was added', () => {
    assert.equal(featuresOf(adding(words(19))).bands.length, 1);
    assert.equal(featuresOf(adding(words(20))).bands.length, 15);
    assert.deepEqual(featuresOf(new RecordBuilder('none', [{ path: 'a', base: 'x' }]).remove(0).build()).bands, []);
  });

  it('put near-duplicates into a common band, and others into none', () => {
    const original = words(400);
    const near = original.with(200, 'other');
    assert.ok(shared(featuresOf(adding(original)).bands, featuresOf(adding(near)).bands) > 0);
    assert.equal(shared(featuresOf(adding(original)).bands, featuresOf(adding(words(400, 10_000))).bands), 0);
  });

  it('agree in a share of rows that estimates the share of common grams', () => {
    // Bands of 8 rows collide with the probability 1 - (1 - s^8)^14: at s = 0.5 rarely, at s = 0.9 nearly always.
    const collisions = (changed: number) => {
      let count = 0;
      for (let run = 0; run < 60; run++) {
        const text = words(100, run * 1000);
        const other = text.map((word, i) => (i < changed ? `${word}x` : word));
        count += Math.sign(shared(featuresOf(adding(text)).bands, featuresOf(adding(other)).bands));
      }
      return count / 60;
    };
    assert.ok(collisions(1) > 0.95);
    assert.ok(collisions(33) < 0.3);
  });

  it('treat placeholders of one type alike', () => {
    const line = (key: string) => [...words(20), `token = "${key}"`];
    const redaction = (placeholder: string): Partial<Trajectory> => ({
      redaction: { detector_version: '1', audit: 'clean', placeholders: [{ placeholder, type: 'secret', count: 1 }] },
    });
    assert.deepEqual(
      featuresOf(adding(line('REDACTED_SECRET_0001'), '', redaction('REDACTED_SECRET_0001'))).bands,
      featuresOf(adding(line('REDACTED_SECRET_0007'), '', redaction('REDACTED_SECRET_0007'))).bands,
    );
  });

  it('sample a quarter of the 12-grams, each once', () => {
    const { grams } = featuresOf(adding(words(4000)));
    assert.ok(grams.length > 850 && grams.length < 1150, `${grams.length}`);
    assert.ok(grams.every((gram) => /^[0-9a-f]{15}[048c]$/.test(gram)));
    assert.equal(featuresOf(adding(Array(4000).fill('same'))).grams.length <= 1, true);
  });

  it('stay the same from version to version', () => {
    // Computed by another implementation, after the description. A change here is a new feature_version, since rows of
    // old folders are compared with rows of new ones.
    const { bands, grams } = featuresOf(adding(words(40)));
    assert.deepEqual(
      [bands[0], bands[13], bands[14]],
      ['09e56a3d84bec086', 'b48ac6e0aeb225bb', 'd00646996280b5bfc87692ce18f80fb6bb0b23ce111505281422e4c1ea1d8b60'],
    );
    assert.deepEqual(grams, [
      '103c9e57b8564bf0',
      '6ad711da9da97e50',
      '829b242f380fb500',
      '9c8b3fe4a33f0578',
      'de43b77507bdf2f4',
      'e7b6486d511e7ffc',
    ]);
  });
});
