import assert from 'node:assert/strict';
import { reviewPage } from '../../../../src/editor/review/page.ts';

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
