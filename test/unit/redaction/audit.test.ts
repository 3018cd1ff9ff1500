import assert from 'node:assert/strict';
import { audit } from '../../../src/redaction/audit.ts';
import { Dictionary } from '../../../src/redaction/dictionary/dictionary.ts';
import { randomToken } from '../../support/secrets.ts';

describe('audit', () => {
  const secret = randomToken(24);
  const dictionary = new Dictionary([{ value: 0, type: 'secret', texts: [secret] }]);

  it('finds a piece of a value anywhere in a row', () => {
    assert.deepEqual(audit({ steps: [{ output: `-- ${secret.slice(5, 11)} --` }] }, [dictionary]), [
      secret.slice(5, 11),
    ]);
  });

  it('finds what the rules know, though no dictionary does', () => {
    const token = `ghp_${randomToken(36)}`;
    assert.deepEqual(audit([{ final_text: `x("${token}")` }], []), [token]);
  });

  it('passes placeholders, ids and hashes', () => {
    const row = { text: 'password = "REDACTED_SECRET_0001"', id: 'a1'.repeat(16), sha256: 'b2'.repeat(32) };
    assert.deepEqual(audit(row, [dictionary]), []);
  });
});
