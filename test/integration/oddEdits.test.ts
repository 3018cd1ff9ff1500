import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Origin } from '../../src/session/task.ts';
import { AttributedEditor, settle } from './support/attributedEditor.ts';
import { fileUri, waitFor } from './support/recordings.ts';

const { executeCommand } = vscode.commands;
const code = 'const alpha = 1;\n\nfunction use() {\n  return alpha;\n}\n';

/** Edits that look like what they are not. */
describe('attribution of odd edits', () => {
  let session: AttributedEditor;
  const open = async (text: string, file = 'odd.js') => {
    session = await AttributedEditor.open(file, text);
  };
  afterEach(() => session.close());

  async function assertOrigins(expected: Origin[]): Promise<void> {
    const found = await session.origins();
    assert.deepEqual(found, expected, JSON.stringify(session.edits.map(({ changes }) => changes)));
  }

  async function save(): Promise<void> {
    await executeCommand('workbench.action.files.save');
    await waitFor('the save', () => session.recording.of('save').length > 0);
  }

  type Place = [line: number, character: number, toLine?: number, toCharacter?: number];
  const commands: [command: string, text: string, place: Place][] = [
    ['editor.action.joinLines', code, [2, 3]],
    ['editor.action.moveLinesDownAction', code, [0, 4]],
    ['editor.action.sortLinesAscending', 'c\nb\na\n', [0, 0, 2, 1]],
    ['editor.action.removeDuplicateLines', 'a\nb\na\n', [0, 0, 2, 1]],
    ['editor.action.indentLines', code, [2, 0, 4, 1]],
    ['editor.action.commentLine', code, [2, 0, 4, 1]],
    ['editor.action.blockComment', code, [3, 2, 3, 8]],
    ['editor.action.blockComment', code, [3, 4]],
    ['editor.action.duplicateSelection', code, [3, 2, 3, 8]],
    ['editor.action.insertLineAfter', code, [3, 4]],
    ['editor.action.transposeLetters', code, [3, 11]],
    ['editor.action.transformToUppercase', code, [3, 11]],
    ['deleteAllLeft', code, [3, 11]],
  ];
  for (const [command, text, [line, character, toLine = line, toCharacter = character]] of commands)
    it(`takes ${command} ${toLine === line && toCharacter === character ? 'at the cursor' : 'of a selection'} for a key`, async () => {
      await open(text);
      session.select(line, character, toLine, toCharacter);
      await executeCommand(command);
      await waitFor('the edit', () => session.edits.length > 0);
      await assertOrigins(['typed']);
    });

  it('takes comments of markup for keys', async () => {
    await open('<p>\n  <b>x</b>\n</p>\n', 'odd.html');
    session.putCaret(1, 4);
    await executeCommand('editor.action.commentLine');
    await executeCommand('editor.action.commentLine');
    await assertOrigins(['typed']);
  });

  it('takes brackets that are closed, typed over, put around and deleted for keys', async () => {
    await open(code);
    session.putCaret(1, 0);
    await session.type('f("a") {\n');
    await executeCommand('deleteLeft');
    session.select(0, 6, 0, 11);
    await session.type('(');
    await assertOrigins(['typed']);
  });

  it('takes what an input method composes for keys', async () => {
    await open(code);
    session.putCaret(1, 0);
    const compose = (text: string, replacePrevCharCnt: number) =>
      executeCommand('compositionType', { text, replacePrevCharCnt, replaceNextCharCnt: 0, positionDelta: 0 });
    await executeCommand('compositionStart');
    await compose('k', 0);
    await compose('かん', 1);
    await compose('漢字', 2);
    await executeCommand('compositionEnd');
    await assertOrigins(['typed']);
  });

  it('takes what is dictated for keys', async () => {
    await open(code);
    session.putCaret(1, 0);
    await executeCommand('type', { text: 'hello world' });
    await assertOrigins(['typed']);
  });

  it('tells what a save tidies from what was typed before it', async () => {
    await open('a  \nb\t\nc');
    await session.set('files', 'trimTrailingWhitespace', true);
    await session.set('files', 'insertFinalNewline', true);
    session.putCaret(2, 1);
    await session.type('x');
    await save();
    await assertOrigins(['typed', 'formatter']);
  });

  it('tells the last break of line that a save puts in, and one that was typed right before', async () => {
    await open('a');
    await session.set('files', 'insertFinalNewline', true);
    session.putCaret(0, 1);
    await session.type('\n');
    await save();
    await session.type('b');
    await save();
    assert.deepEqual(
      session.edits.map(({ changes }) => changes[0].text),
      ['\n', 'b', '\n'],
    );
    await assertOrigins(['typed', 'formatter']);
  });

  it('tells imports that are put in order at a save', async () => {
    await open("import { b } from './b';\nimport { a } from './a';\n\na(b);\n", 'odd.txt');
    const kind = vscode.CodeActionKind.SourceOrganizeImports;
    await session.set('editor', 'codeActionsOnSave', { [kind.value]: 'explicit' });
    session.register(
      vscode.languages.registerCodeActionsProvider(
        { pattern: '**/odd.txt' },
        {
          provideCodeActions({ uri }) {
            const action = new vscode.CodeAction('Organize', kind);
            action.edit = new vscode.WorkspaceEdit();
            const ordered = "import { a } from './a';\nimport { b } from './b';\n";
            action.edit.replace(uri, new vscode.Range(0, 0, 2, 0), ordered);
            return [action];
          },
        },
        { providedCodeActionKinds: [kind] },
      ),
    );
    session.putCaret(3, 5);
    await session.type('x');
    await save();
    await assertOrigins(['typed', 'refactoring']);
  });

  it('tells a paste from how it is formatted', async () => {
    await open(code, 'odd.txt');
    await session.set('editor', 'formatOnPaste', true);
    session.register(
      vscode.languages.registerDocumentRangeFormattingEditProvider(
        { pattern: '**/odd.txt' },
        {
          provideDocumentRangeFormattingEdits: (document) =>
            [...document.getText().matchAll(/=(?=\d)/g)].map(({ index }) =>
              vscode.TextEdit.insert(document.positionAt(index + 1), ' '),
            ),
        },
      ),
    );
    await vscode.env.clipboard.writeText('let a =1;\nlet b =2;\n');
    session.putCaret(1, 0);
    await executeCommand('editor.action.clipboardPasteAction');
    await session.until('the format', ' ');
    await waitFor('the format', () => session.edits.length > 1);
    await assertOrigins(['pasted', 'formatter']);
  });

  it('takes what the middle button puts in for a paste, whatever the clipboard holds', async () => {
    await open(code);
    session.putCaret(1, 0);
    // As VS Code itself does with what is selected elsewhere (X11).
    await executeCommand('paste', { text: 'alpha.beta', pasteOnNewLine: false, multicursorText: null });
    assert.deepEqual(await session.originsWithClipboard(), ['pasted']);
    await assertOrigins(['pasted']);
  });

  it('tells a paste at several selections of the same word from a rename', async () => {
    await open(code);
    await vscode.env.clipboard.writeText('gamma');
    const places = [new vscode.Selection(0, 6, 0, 11), new vscode.Selection(3, 9, 3, 14)];
    session.editor.selections = places;
    await delay(settle);
    await executeCommand('editor.action.clipboardPasteAction');
    await session.until('the paste', 'gamma');
    assert.deepEqual(await session.originsOnImport(), ['pasted']);
    await assertOrigins(['pasted']);
  });

  it('tells a rename over several files, open and closed', async () => {
    await open(code.replace('use', 'sum'));
    const edit = new vscode.WorkspaceEdit();
    for (const path of [['src', 'sum.js'], ['test', 'sum.test.js'], ['odd.js']]) {
      const uri = fileUri(...path);
      const before = (await readFile(uri.fsPath, 'utf8')).split(/\bsum\b/)[0].split('\n');
      const [line, character] = [before.length - 1, before[before.length - 1].length];
      edit.replace(uri, new vscode.Range(line, character, line, character + 3), 'total');
    }
    await vscode.workspace.applyEdit(edit, { isRefactoring: true });
    await waitFor('all', () => session.edits.length === 3);
    await assertOrigins(['refactoring']);
  });

  it('tells what is typed into mirrored places of a snippet, one after the other', async () => {
    await open(code);
    session.putCaret(1, 0);
    const { value: snippet } = new vscode.SnippetString()
      .appendPlaceholder('name', 1)
      .appendText(' ')
      .appendTabstop(1)
      .appendText(' ')
      .appendPlaceholder('x', 2);
    await executeCommand('editor.action.insertSnippet', { snippet });
    await session.until('the snippet', 'name');
    await delay(settle);
    await session.type('ab');
    await executeCommand('jumpToNextSnippetPlaceholder');
    await session.type('c');
    await assertOrigins(['completion', 'typed']);
  });

  it('tells a snippet around what was selected', async () => {
    await open(code);
    session.select(3, 2, 3, 15);
    const { value: snippet } = new vscode.SnippetString('if (')
      .appendPlaceholder('x')
      .appendText(') {\n\t')
      .appendVariable('TM_SELECTED_TEXT', '')
      .appendText('\n}');
    await executeCommand('editor.action.insertSnippet', { snippet });
    await session.until('the snippet', 'if (x)');
    await assertOrigins(['completion']);
  });

  it('tells an abbreviation of markup that is written out', async () => {
    await open('<body>\n\n</body>\n', 'odd.html');
    session.putCaret(1, 0);
    await session.type('ul>li*2');
    await delay(2 * settle);
    await executeCommand('editor.emmet.action.expandAbbreviation');
    await session.until('the markup', '<ul>');
    await assertOrigins(['typed', 'completion']);
  });

  it('tells keys that type over an inline suggestion from its rest', async () => {
    await open(code, 'odd.txt');
    const whole = 'console.log(alpha);';
    session.register(
      vscode.languages.registerInlineCompletionItemProvider(
        { pattern: '**/odd.txt' },
        {
          provideInlineCompletionItems(document, { line }) {
            const { text } = document.lineAt(line);
            const range = new vscode.Range(line, 0, line, text.length);
            return whole.startsWith(text) ? [new vscode.InlineCompletionItem(whole, range)] : [];
          },
        },
      ),
    );
    session.putCaret(1, 0);
    await session.type('con');
    await delay(settle);
    await session.type('sole');
    for (let round = 0; round < 15 && !session.edits.at(-1)?.changes[0].text.includes('log'); round++) {
      await executeCommand('hideSuggestWidget');
      await executeCommand('editor.action.inlineSuggest.trigger');
      await delay(settle);
      await executeCommand('editor.action.inlineSuggest.commit');
      await delay(100);
    }
    await session.until('the rest', 'log');
    await assertOrigins(['typed', 'completion']);
  });

  for (const [command, origin] of [
    ['replaceOne', 'typed'],
    ['replaceAll', 'refactoring'],
  ] as const)
    it(`tells what is found and replaced by ${command}`, async () => {
      await open(code);
      session.select(0, 6, 0, 11);
      await executeCommand('editor.actions.findWithArgs', { searchString: 'alpha', replaceString: 'a.b()' });
      await delay(3 * settle);
      await executeCommand(`editor.action.${command}`);
      await session.until('the edit', 'a.b()');
      await executeCommand('closeFindWidget');
      assert.deepEqual(await session.originsWithClipboard(), [origin]);
    });

  it('tells text that another extension puts in place of a selection', async () => {
    await open(code);
    session.select(3, 2, 3, 15);
    await delay(settle);
    await session.editor.edit((builder) => builder.replace(new vscode.Range(3, 2, 3, 15), 'throw new Error(alpha);'));
    await waitFor('the edit', () => session.edits.length > 0);
    await assertOrigins(['agent']);
  });

  it('tells undo and redo of words and of a suggestion where nothing names them', async () => {
    await open(code);
    session.putCaret(1, 0);
    await session.type('one two ');
    for (const command of ['undo', 'undo', 'redo', 'redo']) await executeCommand(command);
    await session.type('alp');
    await executeCommand('editor.action.triggerSuggest');
    await delay(1500);
    await executeCommand('acceptSelectedSuggestion');
    await session.until('the suggestion', 'alpha');
    for (const command of ['undo', 'redo']) await executeCommand(command);
    // Words are taken away by a key, too.
    assert.deepEqual(await session.originsOnImport(), ['typed', 'redo', 'typed', 'completion', 'undo', 'redo']);
  });
});
