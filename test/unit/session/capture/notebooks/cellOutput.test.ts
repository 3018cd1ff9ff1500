import assert from 'node:assert/strict';
import { renderTerminal } from '../../../../../src/redaction/terminalText.ts';
import { type CellOutput, readOutputs } from '../../../../../src/session/capture/notebooks/cellOutput.ts';
import { errorOutput, ipythonError, output, stdout } from '../../../../support/cellOutputs.ts';

/** As it will stand in the record. */
async function rendered(...outputs: CellOutput[]): Promise<string> {
  return renderTerminal(readOutputs(outputs).pieces.join(''), null);
}

describe('readOutputs', () => {
  it('puts what was printed and the result below each other', async () => {
    const printed = stdout('one\n', 'two', ' and three');
    const warned = output(['application/vnd.code.notebook.stderr', 'careful\n']);
    const text = await rendered(printed, warned, output(['text/plain', '42']));
    assert.equal(text, 'one\ntwo and three\ncareful\n42');
  });

  it('takes the text of a result that has other forms too, and names those that it leaves out', async () => {
    const table = output(['text/html', '<table>secret</table>'], ['text/plain', '   a\n0  1']);
    const picture: CellOutput = [{ mime: 'image/png', data: new Uint8Array([137, 80, 78, 71]) }];
    assert.equal(await rendered(table, picture), '   a\n0  1\n[left out: text/html]\n[left out: image/png]');
  });

  it('tells an error with its traceback, in no colour', async () => {
    assert.equal(
      await rendered(stdout('before\n'), ipythonError),
      `before
---------------------------------------------------------------------------
ZeroDivisionError                         Traceback (most recent call last)
Cell In[1], line 4
      1 def mean(values):
      2     return sum(values) / len(values)
----> 4 mean([])

Cell In[1], line 2, in mean(values)
      1 def mean(values):
----> 2     return sum(values) / len(values)

ZeroDivisionError: division by zero`,
    );
  });

  it('says which error it was where the traceback does not, and where there is none', async () => {
    assert.equal(await rendered(errorOutput('TypeError', 'no list', '')), 'TypeError: no list');
    assert.equal(await rendered(errorOutput('', 'no list', '')), 'no list');
    assert.equal(await rendered(errorOutput('TypeError', 'no list', 'at f:1')), 'at f:1\nTypeError: no list');
    const stack = 'TypeError: no list\n    at f:1';
    assert.equal(await rendered(errorOutput('TypeError', 'no list', stack)), stack);
    assert.equal(await rendered(output(['application/vnd.code.notebook.error', 'not json'])), 'not json');
  });

  it('carries out what a progress bar writes over itself', async () => {
    assert.equal(await rendered(stdout('10%\r', '55%\r', '100%\n')), '100%');
  });

  it('keeps the beginning and the end of what is over the limit, and reads no more of it than it can keep', () => {
    const line = `${'x'.repeat(99)}\n`;
    for (const lines of [5_000, 200_000]) {
      const { pieces, truncated } = readOutputs([stdout('first\n', line.repeat(lines), 'last\n')]);
      assert.equal(truncated, true);
      assert.match(pieces.join(''), /^first\n/);
      assert.match(pieces.join(''), /\nlast\n$/);
      assert.ok(pieces.join('').length <= 256 * 1024);
    }
    const wide = readOutputs([stdout('€'.repeat(1_000_000))]);
    assert.equal(wide.truncated, true);
  });

  it('has nothing to say of a cell that gave nothing', () => {
    assert.deepEqual(readOutputs([]), { pieces: [], truncated: false, bytes: 0 });
    assert.deepEqual(readOutputs([[]]).pieces, []);
  });
});
