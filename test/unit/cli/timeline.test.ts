import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderLine } from '../../../src/cli/terminal.ts';
import { timeline } from '../../../src/cli/timeline.ts';
import { anyRecord, RecordBuilder, sampleRecord } from '../../support/records.ts';

const shown = (...args: Parameters<typeof timeline>) => timeline(...args).map((line) => renderLine(line, false));

describe('timeline', () => {
  it('tells the whole task', () => {
    const lines = shown(sampleRecord());
    const expected = [
      'instruction  Greet by the right name (commit, written afterwards)',
      'outcome      succeeded by test_names, see the steps marked *',
      '             adds a greeting: failed → passed',
      '    0*    <1m  test $ npm test  exit 1, ran <10s',
      "               error: Cannot find name 'nam'. Did you mean 'name'? ts 2552",
      '               names src/greet.js:2:18',
      'tools        node 24.1.0',
      '    2*   <10s  edit src/greet.js  typed, 1 change',
      "               -  return 'Hi ' + nam;",
      "               +  return 'Hi ' + name;",
      '    5    <10s  edit test/greet.test.js  completion, 1 change',
      '    6    <10s  file delete old.js',
      '    7    <10s  diagnostics src/greet.js  none  1 resolved by step 2',
      '               ✔ adds a greeting',
      '    9    <10s  git commit Greet by the right name  on main',
    ];
    for (const line of expected) assert.ok(lines.includes(line), line);
  });

  it('tells the run of a cell by the cell', () => {
    const cell = { kind: 'command', file_id: 0, exit_code: 1, output: 'NameError: x' as never } as const;
    const lines = shown(new RecordBuilder('notebook', [{ path: 'a.ipynb#3', base: 'x' }]).step(cell).build());
    const at = lines.findIndex((line) => line.endsWith('command a.ipynb#3  exit 1'));
    assert.equal(lines[at + 1]?.trim(), 'NameError: x');
  });

  it('shows each edit as it was made, not the sum of all', () => {
    const lines = shown(
      new RecordBuilder('detour', [{ path: 'a', base: 'one\n' }])
        .replace(0, 'one', 'two')
        .replace(0, 'two', 'one')
        .build(),
    );
    const changes = lines.map((line) => line.trim()).filter((line) => /^[+-]/.test(line));
    assert.deepEqual(changes, ['-one', '+two', '-two', '+one']);
  });

  it('shows the end of a long output, gaps, and messages of many lines', () => {
    const lines = shown(
      new RecordBuilder('long', [{ path: 'a', base: '' }])
        .run('make', 2, Array.from({ length: 100 }, (_, i) => `line ${i}\n`).join(''))
        .step({ kind: 'git', action: 'commit', message: 'Title\n\nWhy so' as never })
        .build({ gaps: [{ after_step: 0, reason: 'paused' }] }),
    ).map((line) => line.trim());
    assert.ok(lines.includes('… 88 lines') && lines.includes('line 99') && !lines.includes('line 87'));
    assert.ok(lines.includes('something is missing here: paused'));
    assert.ok(lines.includes('Why so'));
  });

  it('shows what was looked at', () => {
    const lines = shown(
      new RecordBuilder('looked', [{ path: 'a', base: null }])
        .step({
          kind: 'view',
          file_id: 0,
          action: 'jump',
          visible_lines: [{ start: 4, end: 33 }],
          excerpts: [{ offset: 90, text: Array.from({ length: 30 }, (_, i) => `line ${i + 5}`).join('\n') as never }],
        })
        .build(),
    ).map((line) => line.trim());
    assert.ok(lines.includes('0    <10s  view a  jump, lines 5-34'));
    assert.ok(lines.includes('line 5') && lines.includes('… 18 lines') && !lines.includes('line 34'));
  });

  it('shows where a debugged program stopped, why, and how it ended', () => {
    const place = { path: 'a.js' as never, line: 4 };
    const lines = shown(
      new RecordBuilder('debugged', [{ path: 'a.js', base: '' }])
        .step({ kind: 'debug', action: 'exception', message: 'Error: no\n    at a.js:5' as never, ...place })
        .step({ kind: 'debug', action: 'exited', exit_code: 1 })
        .build(),
    ).map((line) => line.trim().replace(/\s+/g, ' '));
    assert.ok(
      lines.some((line) => line.endsWith('debug exception a.js:5')),
      lines.join('\n'),
    );
    assert.ok(lines.includes('Error: no') && lines.some((line) => line.endsWith('debug exited exit 1')));
  });

  it('is one line of text each, whatever the record holds', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        for (const line of shown(record)) assert.doesNotMatch(line, /[\n\r\x1b]/);
      }),
    );
  });
});
