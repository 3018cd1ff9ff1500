import assert from 'node:assert/strict';
import { isDefined } from '../../../src/trajectory/testDefinition.ts';
import { text } from '../../support/tasks.ts';

const file = (base: string | null, final: string | null) => ({
  path: text('a'),
  language: null,
  encoding: null,
  eol: null,
  base: base === null ? null : text(base),
  final: final === null ? null : text(final),
});

describe('isDefined', () => {
  const definitions: [string, string][] = [
    ['sums > of roots > takes "odd" (a.b) [c] $1', `it('takes "odd" (a.b) [c] $1', () => {})`],
    ['a.test.ts > sums > adds', 'test("adds", adds)'],
    ['adds', 'test(`adds`, adds)'],
    ['tests/test_a.py::TestSum::test_adds[1-2]', 'class TestSum:\n    def test_adds(a, b):'],
    ['test_a.Sum.test_adds', 'def test_adds(self):'],
    ['example.com/pkg > TestSum/with_zero', 'func TestSum(t *testing.T) {'],
    ['tests::sums::adds', '#[test]\nfn adds() {'],
    ['pkg.SumTest.adds', 'void adds() {'],
    ['SumTest::testAdds with data set #0', 'public function testAdds(): void'],
  ];
  for (const [name, definition] of definitions) {
    it(`finds ${name}`, () => {
      assert.equal(isDefined(name, [file(definition, definition)]), true);
      assert.equal(isDefined(name, [file('other', definition)]), false);
      assert.equal(isDefined(name, [file(null, definition)]), false);
      assert.equal(isDefined(name, [file('other', 'other'), file(null, null)]), null);
    });
  }

  it('takes no other mention for the definition, and no short name', () => {
    assert.equal(isDefined('sums > adds', [file('', 'const adds = 1; // adds')]), null);
    assert.equal(isDefined('a', [file('', "it('a')")]), null);
    assert.equal(isDefined('', [file('', "''")]), null);
  });
});
