import assert from 'node:assert/strict';
import { allSignals, allUses, defaultChoice } from '../../../src/consent/choice.ts';
import { hostText } from '../../../src/consent/hostText.ts';
import { choiceText, rightsText, signalText, useText } from '../../../src/consent/signalText.ts';

const t = (message: string, ...args: string[]) => message.replace(/\{(\d)\}/g, (_, i) => args[i]);
/** What a list to choose from shows of a line before it cuts it [measured]. */
const lineLength = 80;

describe('what can be chosen', () => {
  it('is said in one line each, which is not cut', () => {
    const bases = ['own', 'employer_authorised', 'open_source', 'unknown'] as const;
    const words = [
      ...allSignals.map((signal) => signalText(signal, t)),
      ...allUses.map((use) => useText(use, t)),
      ...bases.map((basis) => rightsText(basis, t)),
    ];
    assert.equal(new Set(words.map(({ label }) => label)).size, words.length);
    for (const { label, detail } of words) assert.ok(label !== '' && detail.length <= lineLength, detail);
  });

  it('is summed up whole: what is in and what is not', () => {
    const [recorded, left, permitted, right, time] = choiceText({ ...defaultChoice, days: 7 }, t);
    for (const signal of allSignals) {
      const { label } = signalText(signal, t);
      const isIn = defaultChoice.signals.includes(signal);
      assert.deepEqual([recorded.includes(label), left.includes(label)], [isIn, !isIn], signal);
    }
    assert.deepEqual([permitted, right], ['Permitted: Training models', 'Right to share the code: I leave it open']);
    assert.match(time, /7 days/);
    const none = { ...defaultChoice, uses: { train: false, commercial: false, redistribute: false, publish: false } };
    assert.equal(choiceText(none, t)[2], 'Permitted: nothing');
  });
});

describe('hostText', () => {
  it('names the host, and says where a folder does not last', () => {
    assert.equal(hostText(undefined, 'desk', t), 'this computer');
    assert.equal(hostText('ssh-remote', 'build7', t), 'SSH: build7');
    assert.match(hostText('dev-container', 'a1b2', t), /lost when it is rebuilt/);
    assert.match(hostText('codespaces', 'a1b2', t), /lost/);
    assert.match(hostText('tunnel', 'build7', t), /build7/);
  });
});
