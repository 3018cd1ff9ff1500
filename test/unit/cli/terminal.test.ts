import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bold, green, renderLine, visible } from '../../../src/cli/terminal.ts';

describe('terminal', () => {
  const hostile = fc.string({
    unit: fc.oneof(fc.constantFrom('\u001b', '\u009b', '\u202e', '[', 'm', '\n', '\r'), fc.string()),
  });
  /** What a terminal may obey: our own two colours. */
  const own = /\x1b\[(?:1|22|32|39)m/g;
  const obeyed = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

  it('lets nothing through that steers it, with colours and without', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        assert.doesNotMatch(renderLine([one, bold(other)], false), obeyed);
        const colored = renderLine([one, bold(other), green(one)], true);
        assert.doesNotMatch(colored.replace(own, ''), obeyed);
      }),
    );
  });

  it('shows controls as codes that JSON reads as what they were', () => {
    assert.equal(visible('a\u001b[2J\tb\n\u009b'), 'a\\u001b[2J\tb\\n\\u009b');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(JSON.parse(visible(JSON.stringify(text))), text);
      }),
    );
  });

  it('colours what is not empty', () => {
    assert.equal(renderLine([bold('a'), bold(''), 'b'], true), '\x1b[1ma\x1b[22mb');
    assert.equal(renderLine([bold('a'), 'b'], false), 'ab');
  });
});
