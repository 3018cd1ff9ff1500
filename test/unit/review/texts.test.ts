import assert from 'node:assert/strict';
import { exampleFields } from '../../../src/review/exampleFields.ts';
import { t, useStrings } from '../../../src/review/l10n.ts';
import { fromPage, toPage } from '../../../src/review/messages.ts';
import { placeholderPattern } from '../../../src/review/placeholders.ts';
import { revisionText } from '../../../src/review/revisionText.ts';
import { publicationOf, sampleRecord } from '../../support/records.ts';

describe('the messages of a review', () => {
  it('take what both sides say', () => {
    const record = sampleRecord();
    const show = {
      type: 'show',
      kind: 'sealed',
      record,
      outcome: record.outcome,
      part: 0,
      parts: 1,
      redactions: [],
      examples: [],
      revisions: [],
    };
    assert.deepEqual(toPage.parse(show), show);
    const cut = { type: 'revise', revision: { kind: 'cut', from: 0, to: 3 } };
    assert.deepEqual(fromPage.parse(cut), cut);
  });

  it('take nothing else from the page', () => {
    for (const message of [
      null,
      'keep',
      { type: 'open', path: '/etc/passwd' },
      { type: 'keep', taskId: '00' },
      { type: 'revise', revision: { kind: 'cut', from: -1, to: 0 } },
      { type: 'revise', revision: { kind: 'redact', value: '' } },
      { type: 'revise', revision: { kind: 'outcome', status: 'perfect' } },
      { type: 'example', format: 'next_edit', row: 1.5 },
    ]) {
      assert.equal(fromPage.safeParse(message).success, false, JSON.stringify(message));
    }
  });
});

describe('an example as people read it', () => {
  const { examples } = publicationOf(sampleRecord());
  const first = (format: string) => examples.find((one) => one.format === format)?.rows[0] as object;

  it('has its fields by name, groups opened, and texts apart from words', () => {
    const fields = exampleFields(first('next_edit'));
    const kind = (name: string) => fields.find((field) => field.name === name)?.kind;
    assert.deepEqual([kind('input.path'), kind('input.excerpt'), kind('target.patch')], ['word', 'text', 'text']);
  });

  it('has its messages with what is called', () => {
    const row = (first('agent_trajectory') ?? first('agent_trajectory_raw')) as object;
    const field = exampleFields(row).find(({ kind }) => kind === 'messages');
    assert.ok(field?.kind === 'messages');
    assert.equal(field.messages[0].role, 'user');
    assert.ok(
      field.messages.some(({ calls }) => calls[0]?.name === 'execute_bash' && calls[0].argument === 'npm test'),
    );
  });

  it('takes whatever stands in a file', () => {
    assert.deepEqual(exampleFields({ a: null, b: [], c: { d: [1, 2] }, e: [{ role: 3 }] }), [
      { kind: 'word', name: 'a', value: '–' },
      { kind: 'word', name: 'b', value: '–' },
      { kind: 'word', name: 'c.d', value: '1, 2' },
      { kind: 'word', name: 'e.1.role', value: '3' },
    ]);
  });

  it('shows the texts in a list as they are, and a long list whole', () => {
    const patch = '@@ -1 +1 @@\n-1\n+2\n';
    assert.deepEqual(exampleFields({ edit_history: [{ path: 'a', patch }] }), [
      { kind: 'word', name: 'edit_history.1.path', value: 'a' },
      { kind: 'text', name: 'edit_history.1.patch', value: patch },
    ]);
    const [field] = exampleFields({ steps: Array.from({ length: 60 }, (_, index) => ({ index })) });
    assert.deepEqual([field.kind, field.name], ['text', 'steps']);
  });
});

describe('placeholderPattern', () => {
  const shown = (placeholder: string) => ({ placeholder, type: 'secret', count: 1, rule: null, explanation: null });

  it('finds placeholders as they stand, the longest first', () => {
    const pattern = placeholderPattern([shown('user0001'), shown('user0001@example.com'), shown('+1-555-0100')]);
    const found = 'user0001@example.com, user0001, +1-555-0100, 1-555-0100'.match(pattern as RegExp);
    assert.deepEqual(found, ['user0001@example.com', 'user0001', '+1-555-0100']);
  });

  it('leaves out those that look like anything', () => {
    assert.equal(placeholderPattern([shown('0'), shown('^')]), null);
  });
});

describe('a change in few words', () => {
  it('counts steps from one, and does not repeat what was redacted', () => {
    assert.equal(revisionText({ kind: 'cut', from: 2, to: 2 }, t), 'step 3 dropped');
    assert.equal(revisionText({ kind: 'cut', from: 2, to: 4 }, t), 'steps 3–5 cut');
    assert.equal(revisionText({ kind: 'redact', value: 'falcon' }, t), '6 characters redacted');
  });
});

describe('the strings of the page', () => {
  afterEach(() => useStrings({}));
  it('are those of the bundle, and English where it has none', () => {
    useStrings({ 'steps {0}–{1} cut': 'Schritte {0} bis {1} entfernt' });
    assert.equal(t('steps {0}–{1} cut', '3', '5'), 'Schritte 3 bis 5 entfernt');
    assert.equal(t('{0} of {1}', '1', '2'), '1 of 2');
  });
});
