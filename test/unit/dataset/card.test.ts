import assert from 'node:assert/strict';
import { datasetCard } from '../../../src/dataset/card.ts';

const header = (card: string) => card.split('---\n')[1];

describe('dataset card', () => {
  it('declares the records always, and examples only where rows exist', () => {
    assert.match(header(datasetCard([])), /config_name: trajectories\n {2}default: true/);
    assert.doesNotMatch(header(datasetCard([])), /next_edit/);
    assert.match(header(datasetCard(['next_edit'])), /config_name: next_edit\n {2}data_files:/);
  });

  it('declares one split, whose glob finds nothing but its own rows', () => {
    const globs = header(datasetCard(['next_edit'])).match(/split: .*\n +path: .*/g);
    assert.deepEqual(
      globs?.map((glob) => glob.split(/\n? +path: |split: /).filter(Boolean)),
      [
        ['train', 'data/*/*/trajectory.jsonl'],
        ['train', 'data/*/*/next_edit.jsonl'],
      ],
    );
  });

  it('says what people must know before they use it', () => {
    const card = datasetCard([]);
    for (const said of ['not anonymous', 'Redaction is not perfect', 'consent.uses', 'Unicode code points']) {
      assert.ok(card.includes(said), said);
    }
  });

  it('documents each column once, with its type and values', () => {
    const card = datasetCard([]);
    assert.ok(card.includes('| `steps[].changes[].deleted` | integer | code points removed at the offset |'));
    assert.ok(card.includes('| `files[].base_text` | string or null |'));
    assert.match(card, /\| `outcome\.status` \| string \| .*`succeeded`, `failed`, `abandoned`, `unknown` \|/);
    assert.match(card, /\| `consent\.signals\[\]` \| string \| what the person agreed to have recorded: `edits`/);
  });

  it('is the same text each time, and ends with one line feed', () => {
    assert.equal(datasetCard(['next_edit']), datasetCard(['next_edit']));
    assert.match(datasetCard([]), /[^\n]\n$/);
  });
});
