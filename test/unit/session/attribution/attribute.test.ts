import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionEvent } from '../../../../src/session/events.ts';
import { eventsOf, ordinaryActions } from '../../../support/histories.ts';
import { runs } from '../../../support/runs.ts';
import { live, type Replacement, Sitting, verdictsOf } from './support.ts';

const code = `import { b } from './b';

const total = sum(values);
  if (total) {
    use(total);
  }
`;
const sitting = (text = code) => new Sitting(text);

describe('attribute', () => {
  it('believes what the editor says of undo and redo, whatever they look like', () => {
    for (const reason of ['undo', 'redo'] as const) {
      const edit = sitting().edit([['sum', 'computeTheSum']], { ...live, reason, dirty: false, clipboard: true });
      assert.deepEqual(edit.verdict(), { origin: reason, originConfidence: 1, rule: reason });
    }
  });

  it('takes keystrokes at the cursor for typing', () => {
    const end = sitting().after('use(total);');
    const cases: [string, number?][] = [['x'], ['é'], ['😀'], ['()'], ['\n    '], ['\n     * '], ['** */'], ['']];
    for (const [text] of cases)
      assert.equal(
        sitting()
          .edit([[end, text, text === '' ? 1 : 0]], { ...live, at: end + (text === '' ? 1 : 0) })
          .origin(),
        'typed',
        text,
      );
    assert.equal(
      sitting('    {')
        .edit([[0, '  }', 4]], { ...live, at: 4 })
        .origin(),
      'typed',
      'a brace that goes back',
    );
    assert.equal(
      sitting('<b>')
        .edit([[3, '</b>']], { ...live, at: 3 })
        .origin(),
      'typed',
      'a tag that closes',
    );
    assert.equal(
      sitting('f()')
        .edit([[2, ')', 1]], { ...live, at: 2 })
        .origin(),
      'typed',
      'a bracket typed over',
    );
    assert.equal(
      sitting()
        .edit([['values', 'x']], { ...live, at: [[sitting().after('sum('), sitting().after('sum(values')]] })
        .origin(),
      'typed',
    );
    assert.equal(
      sitting('a\nb')
        .edit(
          [
            [0, 'x'],
            [2, 'x'],
          ],
          {
            ...live,
            at: [
              [0, 0],
              [2, 2],
            ],
          },
        )
        .origin(),
      'typed',
      'two cursors',
    );
    assert.equal(
      sitting('abc')
        .edit(
          [
            [0, '('],
            [3, ')'],
          ],
          { ...live, at: [[0, 3]] },
        )
        .origin(),
      'typed',
      'a selection in brackets',
    );
  });

  it('takes what is done to the lines of the cursor for typing, less surely', () => {
    const at = sitting().after('use(');
    const line = sitting().after('if (total) {\n');
    const done: [string, [number, string, number][]][] = [
      ['indent', [[line, '      ', 4]]],
      ['comment', [[line + 4, '// ', 0]]],
      ['copy', [[line, '    use(total);\n', 0]]],
      [
        'move',
        [
          [line - '  if (total) {\n'.length, '', 15],
          [line + '    use(total);'.length, '\n  if (total) {', 0],
        ],
      ],
    ];
    for (const [name, changes] of done) {
      const { origin, originConfidence } = sitting()
        .edit(changes, { ...live, at })
        .verdict();
      assert.equal(origin, 'typed', name);
      assert.ok((originConfidence ?? 1) < 0.7, name);
    }
  });

  it('takes what is done to lines of one key for typing, whatever it looks like', () => {
    const done: [name: string, text: string, at: number | [number, number][], changes: Replacement[]][] = [
      ['join', 'a(\n  b)', 1, [['a(\n  b)', 'a( b)']]],
      [
        'move across an empty line',
        'a;\n\nb;\n',
        1,
        [
          [0, '\n'],
          [2, '', 1],
        ],
      ],
      [
        'indent to the next stop',
        'a;\n  b;\n',
        [[0, 9]],
        [
          [0, '    '],
          [3, '    ', 2],
        ],
      ],
      [
        'comment a part',
        'a + b;',
        [[4, 5]],
        [
          [4, '/* '],
          [5, ' */'],
        ],
      ],
      ['comment nothing', 'a', 1, [[1, '/*  */']]],
      [
        'comment markup',
        '<b>',
        1,
        [
          [0, '<!-- '],
          [3, ' -->'],
        ],
      ],
      ['duplicate', 'use(a);', [[4, 5]], [[5, 'a']]],
      ['each line once', 'a\nb\na\n', [[0, 5]], [[0, 'a\nb', 5]]],
      ['swap letters', 'ab', 1, [[0, 'ba', 2]]],
    ];
    for (const [name, text, at, changes] of done)
      assert.equal(
        sitting(text)
          .edit(changes, { ...live, at })
          .origin(),
        'typed',
        name,
      );
    const upper = sitting('alpha').edit([[0, 'ALPHA', 5]], { ...live, at: 2 });
    assert.equal(upper.origin(), 'typed', 'the case of a word around the cursor');
    const completed = sitting('alpha').edit([[0, 'Alpha', 5]], { ...live, at: 5 });
    assert.equal(completed.origin(), 'completion', 'the case of a word in front of it');
  });

  it('takes what the clipboard held for a paste, and what the keyboard put in at once', () => {
    const at = sitting().after('use(total);');
    const paste = () => sitting().edit([[at, ' use(more);\n use(most);']], { ...live, at });
    assert.equal(paste().sign({ clipboard: true }).origin(), 'pasted');
    assert.equal(
      paste()
        .sign({ at: at + 23, cause: 'keyboard' })
        .origin(),
      'pasted',
    );
    assert.notEqual(
      paste()
        .sign({ at: at + 23, cause: 'none' })
        .origin(),
      'pasted',
    );
    const primary = paste().sign({ at: at + 23, cause: 'keyboard', clipboard: false });
    assert.equal(primary.origin(), 'pasted', 'what was selected, by the middle button');
    const written = sitting().edit([[at, '漢字']], { ...live, at });
    assert.equal(
      written.sign({ at: at + 2, cause: 'keyboard', clipboard: false }).origin(),
      'typed',
      'an input method',
    );
  });

  it('takes text that changes as an input method goes on for typing, with or without a sign', () => {
    const at = sitting().after('use(total);');
    const shown = (text: string, now: string) =>
      sitting()
        .edit([[at, text]], { ...live, at })
        .edit([[at, now, text.length]], { ...live, at: at + text.length });
    assert.equal(
      shown('n', 'ni h')
        .sign({ at: at + 4, cause: 'keyboard' })
        .origin(),
      'typed',
    );
    assert.equal(shown('かん', '漢字').origin(), 'typed');
    assert.equal(
      shown('n', 'never')
        .sign({ at: at + 5, cause: 'none' })
        .origin(),
      'completion',
    );
  });

  it('takes keys that come at once for typing, though the cursor is told late', () => {
    const keys = sitting('f();').edit([[0, 'a']], { ...live, at: 0 });
    assert.equal(keys.edit([[1, 'b']], { ...live, at: 0 }).origin(), 'typed');
    assert.notEqual(
      sitting('f();')
        .edit([[1, 'b']], { ...live, at: 0 })
        .origin(),
      'typed',
    );
  });

  it('takes the same text in many places for no key and no agent', () => {
    const all = sitting('a.b(); a.b();').edit(
      [
        [0, 'c()', 3],
        [7, 'c()', 3],
      ],
      { ...live, at: [[0, 3]] },
    );
    assert.equal(all.origin(), 'refactoring');
  });

  it('takes what was copied for no paste where the cursor is elsewhere', () => {
    const elsewhere = sitting().edit([['sum', 'copied.text']], { ...live, at: 0, clipboard: true });
    assert.notEqual(elsewhere.origin(), 'pasted');
    const line = sitting().edit([[sitting().after('values);\n'), 'copied;\n']], { ...live, at: sitting().after('if') });
    assert.equal(line.sign({ clipboard: true }).origin(), 'pasted', 'a line, above that of the cursor');
  });

  it('takes what mends the ends of lines at a save for a formatter, and keys for keys', () => {
    const save = (session: Sitting) => session.tell({ kind: 'save', t: session.t + 20, doc: 0 }).origin();
    const text = 'a;  \nb;  \nc;';
    const end = text.length;
    const ended = () => sitting(text).edit([[end, '\n']], { ...live, at: end });
    const stays = () =>
      ended()
        .sign({ at: end + 1, cause: 'none' })
        .sign({ at: end, cause: 'none' });
    assert.equal(save(stays()), 'formatter');
    assert.equal(save(ended()), 'formatter', 'an older editor tells nothing of a cursor that stays');
    assert.equal(save(ended().sign({ at: end + 1, cause: 'none' })), 'typed', 'the cursor went behind it');
    assert.equal(stays().origin(), 'typed', 'no save');
    const trim: [number, string, number][] = [
      [2, '', 2],
      [7, '', 2],
    ];
    assert.equal(save(sitting(text).edit(trim, { ...live, at: 4 })), 'formatter');
    assert.equal(save(sitting(text).edit([[3, '', 1]], { ...live, at: 4 })), 'typed');
  });

  it('knows a suggestion by the letters that it completes, also where they were all typed', () => {
    for (const now of ['totalCount', 'total', 'theTotal']) {
      const at = sitting().after('use(total');
      const edit = sitting()
        .edit([[at - 5, now, 5]], { ...live, at })
        .sign({ at: at - 5 + now.length, cause: 'none' });
      assert.deepEqual([edit.origin(), edit.verdict().rule], ['completion', 'suggestion'], now);
    }
    const at = sitting('x.ref').after('x.ref');
    assert.equal(
      sitting('x.ref')
        .edit([[1, '.references', 4]], { ...live, at })
        .origin(),
      'completion',
      'with its dot',
    );
    assert.notEqual(
      sitting()
        .edit([['total', 'value']], { ...live, at: sitting().after('const total') })
        .origin(),
      'completion',
    );
  });

  it('knows an inline suggestion that goes on with the line, or stands at the cursor', () => {
    const text = 'function add(\n';
    const whole = 'function add(a, b) {\n  return a + b;\n}';
    assert.equal(
      sitting(text)
        .edit([[0, whole, 13]], { ...live, at: 13 })
        .origin(),
      'completion',
    );
    const put = sitting(text).edit([[13, 'a, b) {}']], { ...live, at: 13 });
    assert.equal(put.sign({ at: 21, cause: 'none' }).origin(), 'completion');
  });

  it('knows an inline suggestion that takes the rest of the line, or indents it otherwise', () => {
    const rest = sitting('  use();').edit([['  use();', '  use(a, b);']], { ...live, at: '  use('.length });
    assert.equal(rest.verdict().rule, 'inline_suggestion');
    const deeper = sitting('    ').edit([['    ', '  use(a);']], { ...live, at: 4 });
    assert.equal(deeper.verdict().rule, 'inline_suggestion');
    const begun = sitting('use').edit([['use', 'use(a, b);']], { ...live, at: 3 });
    assert.equal(begun.sign({ at: 10, cause: 'none' }).verdict().rule, 'inline_suggestion', 'from the line on');
  });

  it('knows an inline suggestion at several cursors', () => {
    const at: [number, number][] = [
      [3, 3],
      [7, 7],
    ];
    const edit = (added: string) =>
      sitting('use\nuse')
        .edit(
          [
            [0, 'use(a, b);', 3],
            [7, added],
          ],
          { ...live, at },
        )
        .origin();
    assert.equal(edit('(a, b);'), 'completion');
    assert.notEqual(edit('other'), 'completion');
  });

  it('knows an inline suggestion that brings its import along', () => {
    const at = sitting().after('use(total);');
    const edit = sitting().edit(
      [
        [0, "import { c } from './c';\n"],
        [at, ' use(c);'],
      ],
      { ...live, at },
    );
    assert.equal(edit.sign({ at: at + 25 + 8, cause: 'none' }).verdict().rule, 'insertion');
  });

  it('knows a suggestion taken word by word, and leaves what is typed around it', () => {
    const take = (parts: string[], gap = 150, known: object = {}) => {
      const session = sitting('f(');
      for (const part of parts) {
        const at = session.text.length;
        session.t += gap - 1000;
        session.edit([[at, part]], { ...known, at }).sign({ at: at + part.length, cause: 'none' });
      }
      return session.verdicts().map(({ rule }) => rule);
    };
    const word = 'part_by_part';
    for (const known of [{}, live]) {
      assert.deepEqual(take(['file', ', ', 'at', '.', 'start'], 150, known), [word, word, word, word, word]);
      assert.deepEqual(take(['x', 'y', ' ', 'file', '.', 'start', ';'], 150, known).slice(0, 2), ['keys', 'keys']);
      assert.equal(take(['file', '.', 'start', ';'], 150, known).at(-1), 'keys');
    }
    assert.ok(!take(['a', 'b', '.', 'c', ' ']).includes(word), 'typing');
    assert.ok(!take(['file', '.', 'start'], 900).includes(word), 'slowly');
    assert.ok(!take(['file', 'file']).includes(word), 'pasted twice');
    assert.deepEqual(take([' (a) {\n', '  use(a);\n']), [word, word], 'line by line');
    assert.ok(!take(['  use(a);\n', '  use(a);\n']).includes(word), 'lines pasted twice');
  });

  it('takes text at the cursor that gives way unselected for a suggestion of the next edit', () => {
    const over = sitting('return alpha;').edit([['alpha', 'beta + 1']], { at: 'return alpha'.length });
    assert.equal(over.sign({ at: 'return beta + 1'.length }).verdict().rule, 'rewritten');
    const text = 'a\n\n  b();\n  c();\n  d();\n\ne';
    const block = () => sitting(text).edit([['\n  b();\n  c();\n  d();\n', '']], { at: 'a\n\n  b();\n  '.length });
    assert.deepEqual(
      [block().sign({ at: 2 }).origin(), block().sign({ at: 2 }).verdict().rule],
      ['completion', 'rewritten'],
    );
    assert.equal(block().origin(), 'completion', 'the cursor goes along with the text');
    assert.notEqual(block().sign({ at: 0 }).origin(), 'completion', 'the cursor stays elsewhere');
    assert.equal(block().sign({ at: 2, cause: 'command' }).origin(), 'typed', 'keys of another extension');
    const lines = sitting(text).edit([['  b();\n  c();\n', '']], { ...live, at: 'a\n\n'.length });
    assert.equal(lines.origin(), 'typed', 'lines from the cursor on');
  });

  it('knows members and files offered before a letter is typed, where there was time to pick one', () => {
    const pick = (front: string, item: string, wait: number, known: object = {}) => {
      const session = sitting(front.slice(0, -1)).edit([[front.length - 1, front.slice(-1)]], { at: front.length - 1 });
      session.t += wait - 1000;
      return session.edit([[front.length, item]], { ...known, at: front.length, clipboard: true }).origin();
    };
    for (const [front, item] of [
      ["import './", 'files.js'],
      ['total.', 'toFixed()'],
    ]) {
      assert.equal(pick(front, item, 2000), 'completion', front);
      assert.equal(pick(front, item, 300), 'pasted', 'sooner than a list is read');
      assert.equal(pick(front, item, 2000, live), 'pasted', 'there the clipboard is known');
    }
    assert.equal(pick('a / ', 'files', 2000), 'pasted', 'no path');
    assert.equal(pick('total.', 'x', 2000), 'typed');
  });

  it('takes text of unknown origin for a suggestion only where there was time to read one', () => {
    const put = (text: string, wait: number) => {
      const session = sitting('f(').edit([[2, 'a']], { at: 2 });
      session.t += wait - 1000;
      return session.edit([[3, text]], { at: 3 }).origin();
    };
    assert.equal(put('bc + d', 3000), 'completion');
    assert.equal(put('bc + d', 300), 'pasted');
    assert.equal(put('bc + d', 90_000), 'pasted');
    assert.equal(put('bc();\nd();\n', 3000), 'pasted', 'whole lines');
    const inSight = sitting('a\n').edit([[2, 'b();\nc();\n']], { ...live, at: 2 });
    assert.equal(
      inSight.sign({ at: 12, cause: 'none' }).origin(),
      'pasted',
      'in a browser, where no clipboard is told',
    );
    const applied = inSight.sign({ clipboard: false });
    assert.equal(applied.origin(), 'agent', 'lines that were not copied');
    const clicked = sitting('f()\n').edit([[2, 'a']], { at: 2 });
    assert.equal(clicked.edit([[5, 'bc + d']], { at: 5, still: 250 }).origin(), 'pasted', 'the cursor just came there');
    const lines = sitting('a\n').edit([[2, 'b();\nc();\n']], { at: 2 });
    assert.equal(lines.sign({ at: 12 }).origin(), 'pasted', 'where nobody would reread a file');
  });

  it('knows what is taken back and done again where nothing names it', () => {
    const pasted = () => sitting('a;\n').edit([[3, 'one();\ntwo();\n']], { at: 3, clipboard: true });
    const back = () => pasted().edit([['one();\ntwo();\n', '']], { at: 17 });
    assert.equal(back().origin(), 'undo');
    assert.equal(
      back()
        .edit([[3, 'one();\ntwo();\n']], { at: 3 })
        .origin(),
      'redo',
    );
    const inSight = pasted().edit([['one();\ntwo();\n', '']], { ...live, at: 17 });
    assert.notEqual(inSight.origin(), 'undo', 'there it would be named');
    const deleted = sitting('let alpha;').edit([[8, '', 1]], { at: 9 });
    for (let end = 8; end > 4; end--) deleted.edit([[end - 1, '', 1]], { at: end });
    assert.equal(deleted.edit([[4, 'alpha']], { at: 4 }).origin(), 'undo', 'keys that go on from each other');
    const typed = sitting('').edit([[0, 'a']], { at: 0 });
    assert.equal(typed.edit([[0, '', 1]], { at: 1 }).origin(), 'typed', 'a key does the same');
  });

  it('takes the lines of a paste that the editor indents at once for a part of it', () => {
    const paste = (wait: number) => {
      const session = sitting('{\n}').edit([[2, 'a();\n    b();\n']], { at: 2, clipboard: true });
      session.t += wait - 1000;
      return session.edit([[7, '  ', 4]], { at: 16 }).origin();
    };
    assert.equal(paste(1), 'pasted');
    assert.equal(paste(40), 'formatter');
  });

  it('knows a formatter that puts down the whole text anew, the cursor in it', () => {
    const whole = sitting('if(a){\nb()\n}').edit([['if(a){\nb()\n}', 'if (a) {\n  b()\n}']], { ...live, at: 8 });
    assert.equal(whole.origin(), 'formatter');
    const spaced = sitting('a=b;').edit([[1, ' ']], { ...live, at: 4 });
    assert.equal(spaced.origin(), 'formatter', 'in the line of the cursor');
    const merged = sitting('a\n\nb\n').edit([
      [0, ' '],
      [3, '  '],
    ]);
    assert.equal(merged.origin(), 'unknown', 'neither editor nor cursor is known');
  });

  it('knows a suggestion of the next edit by the jump of the cursor', () => {
    const at = sitting().after('const total');
    const edit = () =>
      sitting().edit(
        [
          ['total = ', 'count = '],
          ['use(total', 'use(count'],
        ],
        { ...live, at },
      );
    const end = sitting().after('use(total');
    assert.equal(edit().sign({ at: end, cause: 'none' }).origin(), 'completion');
    assert.notEqual(edit().sign({ at, cause: 'none' }).origin(), 'completion');
  });

  it('knows a snippet by the place in it that is selected', () => {
    const at = sitting('\n').after('');
    const edit = sitting('\n').edit([[0, 'for (const x of xs) {\n\t\n}']], { ...live, at });
    assert.deepEqual(edit.sign({ at: [11, 12], cause: 'none' }).verdict().rule, 'snippet');
  });

  it('knows what is chosen in a place of a snippet', () => {
    const replace = (session: Sitting) => session.edit([['one', 'two']], { ...live, at: [[4, 7]] });
    const edit = () => replace(sitting('').edit([[0, 'let one = 1;']], { ...live, at: 0 }));
    assert.equal(edit().sign({ at: 7, cause: 'none', clipboard: false }).verdict().rule, 'choice');
    assert.equal(
      edit()
        .sign({ at: [4, 7], cause: 'none', clipboard: false })
        .origin(),
      'refactoring',
    );
    assert.equal(edit().sign({ at: 7, cause: 'none', clipboard: true }).origin(), 'pasted');
    const found = replace(sitting('let one = 1;')).sign({ at: 7, cause: 'none', clipboard: false });
    assert.equal(found.origin(), 'typed', 'into the box in which what is found is replaced');
  });

  it('knows a snippet around what was selected, and text that another extension puts there instead', () => {
    const edit = () => sitting('use(a);').edit([['use(a);', 'if (x) {\n  use(a);\n}']], { ...live, at: [[0, 7]] });
    assert.equal(
      edit()
        .sign({ at: [4, 5], cause: 'none', clipboard: false })
        .verdict().rule,
      'snippet',
    );
    assert.equal(
      edit()
        .sign({ at: [0, 20], cause: 'none', clipboard: false })
        .origin(),
      'agent',
    );
  });

  it('takes changes of white space all over for a formatter, and those of style on save', () => {
    const spaces = sitting().edit(
      [
        ['  if', 'if'],
        ['    use', '  use'],
        ['  }', '}'],
      ],
      { ...live, at: 0 },
    );
    assert.equal(spaces.origin(), 'formatter');
    const style = sitting('a("x")\nb("y")\n').edit(
      [
        [2, "'", 1],
        [4, "'", 1],
        [6, ';'],
        [13, ';'],
      ],
      { ...live, at: 7 },
    );
    assert.equal(style.origin(), 'formatter');
    const quotes = sitting('a("x")\n').edit([['"x"', "'x'"]], { ...live, at: 7 });
    assert.equal(quotes.tell({ kind: 'save', t: quotes.t + 40, doc: 0 }).origin(), 'formatter');
  });

  it('puts a renamed word together from the letters that differ', () => {
    const at = sitting('beta(beta)').after('be');
    const edit = sitting('beta(beta)').edit(
      [
        [0, 'gamm', 3],
        [5, 'gamm', 3],
      ],
      { ...live, at },
    );
    assert.deepEqual([edit.origin(), edit.verdict().rule], ['refactoring', 'rename']);
    const places = sitting('beta(beta)').edit(
      [
        [1, 'ext', 1],
        [6, 'ext', 1],
      ],
      { at: 2 },
    );
    assert.equal(places.origin(), 'refactoring', 'the cursor in it');
  });

  it('takes imports that come and go for refactoring, and small repairs at an error', () => {
    const imports = sitting().edit([["import { b } from './b';\n", '']], { ...live, at: sitting().after('use(') });
    assert.equal(imports.origin(), 'refactoring');
    const repair = sitting();
    const [start, end] = [repair.after('use('), repair.after('use(total')];
    const items = [{ severity: 'error' as const, source: null, code: null, message: 'm', start, end }];
    repair.tell({ kind: 'diagnostics', t: repair.t, doc: 0, version: 1, items });
    assert.equal(repair.edit([[start, 'await ']], { ...live, at: 0 }).origin(), 'refactoring');
  });

  it('takes what is done elsewhere for the work of another extension', () => {
    const text = '\nfunction more() {\n  return 1;\n}\n\nmore();\nmore();\n';
    assert.equal(
      sitting()
        .edit([[code.length, text]], { ...live, at: 3 })
        .origin(),
      'agent',
    );
    assert.equal(
      sitting()
        .edit([[code.length, text]], { active: false, dirty: true })
        .origin(),
      'agent',
    );
    const stream = sitting();
    for (const word of [' one', ' two', ' three', ' four']) {
      stream.t -= 970;
      stream.edit([[stream.text.length, word]], { at: 3 });
    }
    stream.t -= 970;
    stream.edit([[sitting().after("'./b';\n"), 'const more = 1;', 0]], { at: sitting().after("'./b';\n") });
    assert.deepEqual(new Set(stream.verdicts().map(({ origin }) => origin)), new Set(['agent']), 'also at the cursor');
  });

  it('tells the disk from the first edit of a saved document, and git from other programs', () => {
    const edit = () => sitting().edit([['values', 'x']], { active: true, dirty: false, at: sitting().after('values') });
    assert.equal(edit().origin(), 'external');
    assert.notEqual(edit().sign({ dirty: true }).origin(), 'external');
    for (const kind of ['git', 'git_index'] as const) {
      const moved = edit();
      const t = moved.t + 1000;
      const event = {
        kind: 'git' as const,
        t,
        action: 'checkout' as const,
        message: null,
        branch: 'b',
        paths: [],
        moved: false,
      };
      moved.tell(kind === 'git' ? event : { kind, t });
      assert.equal(moved.origin(), 'git', kind);
    }
    const command = { kind: 'command_start' as const, command: 0, cwd: '.', columns: null, observed: true };
    const late = edit();
    late.events.splice(1, 0, { ...command, t: late.t - 1500, line: 'cd a && git restore .' });
    assert.equal(late.origin(), 'git');
  });

  it('says that it does not know where nothing tells', () => {
    const edit = sitting().edit([['sum', 'computeTheSum']], { at: 0 });
    assert.deepEqual(edit.verdict(), { origin: 'unknown', originConfidence: null, rule: null });
  });

  it('takes text that is typed character by character for typing, wherever and however fast', () => {
    const typing = fc.record({
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      base: fc.constantFrom('', code, '\t\t', 'a\r\nb'),
      place: fc.nat(),
      pace: fc.integer({ min: 1, max: 3000 }),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(typing, ({ text, base, place, pace, known }) => {
        const session = sitting(base);
        let at = place % (base.length + 1);
        for (const character of text) {
          session.t += pace - 1000;
          session.edit([[at, character]], known ? { ...live, at } : { at });
          at += character.length;
        }
        for (const { origin } of session.verdicts()) assert.equal(origin, 'typed');
      }),
      { numRuns: runs },
    );
  });

  it('never throws, lets undo and redo win, and is as sure as a number from 0 to 1 can say', () => {
    const signs = fc.record({
      active: fc.option(fc.boolean()),
      dirty: fc.option(fc.boolean()),
      clipboard: fc.option(fc.boolean()),
      cause: fc.constantFrom('keyboard', 'mouse', 'command', 'none', null),
      at: fc.nat(40),
    });
    fc.assert(
      fc.property(ordinaryActions, fc.array(signs, { minLength: 1 }), (actions, told) => {
        let next = 0;
        const events = eventsOf(code, actions).flatMap((event): SessionEvent[] => {
          if (event.kind !== 'edit') return [event];
          const { cause, at, ...more } = told[next++ % told.length];
          const { t, doc, version } = event;
          const selections = [{ anchor: at, active: at }];
          const bare = { kind: 'sign' as const, t, doc, version, clipboard: null, dirty: null };
          return [
            { ...event, ...more },
            { ...bare, selections, cause },
          ];
        });
        const edits = events.filter((event) => event.kind === 'edit');
        const verdicts = verdictsOf(events);
        assert.equal(verdicts.length, edits.filter(({ changes }) => changes.length > 0).length);
        for (const [index, { origin, originConfidence }] of verdicts.entries()) {
          const { reason, active } = edits[index];
          if (reason) assert.equal(origin, reason);
          else assert.ok(active === null || (origin !== 'undo' && origin !== 'redo'));
          assert.equal(originConfidence === null, origin === 'unknown');
          if (originConfidence !== null) assert.ok(originConfidence > 0 && originConfidence <= 1);
        }
      }),
      { numRuns: runs },
    );
  });
});
