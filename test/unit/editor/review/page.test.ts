import assert from 'node:assert/strict';
import { reviewPage } from '../../../../src/editor/review/page.ts';
import { revisionsOf, runsOf } from '../../../../src/editor/review/reviewedTask.ts';
import type { RecordRevision } from '../../../../src/trajectory/revision.ts';

describe('the page of a review', () => {
  const parts = { script: 'https://host/review.js', style: 'https://host/style.css', nonce: 'n0nce', title: 'Review' };

  it('lets in nothing but its own script and styles', () => {
    const html = reviewPage({ ...parts, language: 'en', strings: {} });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1].replaceAll('&#39;', "'");
    assert.equal(policy, "default-src 'none'; script-src 'nonce-n0nce'; style-src 'nonce-n0nce'");
    assert.doesNotMatch(html, /unsafe|\sstyle="|\son\w+=/);
    for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) assert.match(tag, /nonce="n0nce"/);
  });

  it('takes strings that hold marks of HTML', () => {
    const html = reviewPage({ ...parts, language: 'en', strings: { a: '"><script>alert(1)</script>' } });
    assert.equal([...html.matchAll(/<script/g)].length, 1);
  });
});

describe('revisions of a task in parts', () => {
  const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
  const cut = (trajectoryId: string): RecordRevision => ({ trajectoryId, revision: { kind: 'cut', from: 0, to: 0 } });
  const redact: RecordRevision = { trajectoryId: a, revision: { kind: 'redact', value: 'falcon' } };

  it('change a part where they are its own, or of the whole task', () => {
    const kinds = (id: string) => revisionsOf(id, [cut(a), redact, cut(b)]).map(({ kind }) => kind);
    assert.deepEqual(
      [kinds(a), kinds(b)],
      [
        ['cut', 'redact'],
        ['redact', 'cut'],
      ],
    );
  });

  it('are written in their order, those of one record at once', () => {
    const runs = runsOf([cut(a), redact, cut(b), cut(a)]).map(([id, own]) => [id[0], own.length]);
    assert.deepEqual(runs, [
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ]);
  });
});
