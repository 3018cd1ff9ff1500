import assert from 'node:assert/strict';
import { redactText } from '../../../../src/redaction/redactText.ts';
import { randomToken } from '../../../support/secrets.ts';

const redacted = (text: string) => redactText(text, { context: 'terminal' }).text;

describe('coverNeighbours', () => {
  it('covers columns, carets and counts beside a value, and keeps the lines', () => {
    const token = `ghp_${randomToken(36)}`;
    const trace = (value: string, column: number) =>
      [
        `src/a.js:3:${column}`,
        `const a = '${value}'; b()`,
        `${' '.repeat(column)}^^^`,
        `3 | x('${value}')`,
        `  | ${' '.repeat(column)}~~`,
        `read ${column} bytes, src/b.ts(12,${column})`,
        'finished in 12 ms at 8:30',
      ].join('\n');
    assert.equal(
      redacted(trace(token, 57)),
      trace('REDACTED_SECRET_0001', 0)
        .replace(/^ *\^\^\^/m, '^')
        .replace(/\| *~~/, '|^'),
    );
  });

  it('leaves clock times and hardware addresses beside a value as they are', () => {
    const line = `at 12:30:45 00:00:5E:00:53:09 key ghp_${randomToken(36)}`;
    assert.equal(redacted(line), 'at 12:30:45 00:00:5E:00:53:09 key REDACTED_SECRET_0001');
  });

  it('leaves columns far from a value, and beside a home folder, as they are', () => {
    const far = `${'line\n'.repeat(20)}src/a.js:3:14`;
    assert.ok(redacted(`token = ghp_${randomToken(36)}\n${far}`).endsWith('src/a.js:3:14'));
    assert.match(redacted('at f (/home/zorblatt/x.js:5:21)'), /\/home\/user0001\/x\.js:5:21/);
  });
});

describe('the folder of a workspace', () => {
  it('is one placeholder, whatever stands in it', () => {
    const known = [
      { type: 'home' as const, value: '/home/zorblatt' },
      { type: 'user' as const, value: 'zorblatt' },
      { type: 'workspace' as const, value: '/home/zorblatt/code/thing' },
    ];
    const { text } = redactText('at file:///home/zorblatt/code/thing/a.js:5:21\n/home/zorblatt/b', { known });
    assert.equal(text, 'at file:///workspace0001/a.js:5:21\n/home/user0001/b');
  });
});
