import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ClipboardComparison } from '../../src/editor/capture/clipboard.ts';
import { AttributedEditor, git, settle } from './support/attributedEditor.ts';
import { fileUri, openEditor, waitFor } from './support/recordings.ts';

const { executeCommand } = vscode.commands;

/** A language of our own: no other extension completes or formats it. */
const file = 'attributed.txt';
const selector = { language: 'plaintext', pattern: '**/attributed.txt' };

describe('attribution', () => {
  let session: AttributedEditor;
  let editor: vscode.TextEditor;
  const register = (provider: vscode.Disposable) => session.register(provider);
  const putCaret = (line: number, character: number) => session.putCaret(line, character);
  const type = (text: string) => session.type(text);
  const until = (what: string, inserted: string) => session.until(what, inserted);
  const origins = () => session.origins();
  const originsOnImport = () => session.originsOnImport();

  beforeEach(async () => {
    session = await AttributedEditor.open(file, 'const alpha = 1;\n\nfunction use() {\n  return alpha;\n}\n');
    editor = session.editor;
  });

  afterEach(() => session.close());

  it('tells typing with pairs, line breaks, word deletion and several cursors', async () => {
    putCaret(1, 0);
    await type('call(a)');
    await executeCommand('type', { text: '\n' });
    await type('if (b) {');
    await executeCommand('type', { text: '\n' });
    await executeCommand('deleteWordLeft');
    await executeCommand('deleteLeft');
    editor.selections = [0, 2].map((line) => new vscode.Selection(line, 0, line, 0));
    await type('xy');
    assert.deepEqual(await origins(), ['typed']);
  });

  it('tells what the editor does to lines', async () => {
    putCaret(3, 4);
    for (const command of ['indentLines', 'copyLinesDownAction', 'moveLinesUpAction', 'deleteLines'])
      await executeCommand(`editor.action.${command}`);
    assert.deepEqual(await origins(), ['typed']);
  });

  it('tells a paste', async () => {
    await vscode.env.clipboard.writeText('const pasted = alpha + 1;');
    putCaret(1, 0);
    await executeCommand('editor.action.clipboardPasteAction');
    await until('the paste', 'pasted');
    assert.deepEqual(await origins(), ['pasted']);
  });

  it('compares with the clipboard, and says no more than whether it is the same', async () => {
    await vscode.env.clipboard.writeText('same();\nlines();\n');
    const comparison = new ClipboardComparison();
    const compare = (text: string) =>
      new Promise((resolve) => comparison.compare([{ offset: 0, length: 0, text }], resolve));
    assert.equal(await compare('same();\r\nlines();'), true);
    assert.equal(await compare('other();'), false);
  });

  it('tells a paste of several lines over a selection', async () => {
    await vscode.env.clipboard.writeText('one();\ntwo();\n');
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    await executeCommand('editor.action.clipboardPasteAction');
    await until('the paste', 'two');
    assert.deepEqual(await origins(), ['pasted']);
  });

  it('tells a snippet, and what is typed into its places', async () => {
    putCaret(1, 0);
    const loop = new vscode.SnippetString('for (const ').appendPlaceholder('item').appendText(' of ');
    const snippet = loop.appendPlaceholder('items').appendText(') {\n\t').appendTabstop(0).appendText('\n}').value;
    await executeCommand('editor.action.insertSnippet', { snippet });
    await until('the snippet', 'for (const');
    await delay(settle);
    await type('x');
    assert.deepEqual(await origins(), ['completion', 'typed']);
  });

  it('tells a suggestion, and what it adds elsewhere', async () => {
    register(
      vscode.languages.registerCompletionItemProvider(selector, {
        provideCompletionItems() {
          const item = new vscode.CompletionItem('alphabetically', vscode.CompletionItemKind.Function);
          item.preselect = true;
          item.sortText = '!';
          item.additionalTextEdits = [
            vscode.TextEdit.insert(new vscode.Position(0, 0), "import { alphabetically } from './order';\n"),
          ];
          return [item];
        },
      }),
    );
    putCaret(1, 0);
    await type('alphabe');
    await delay(settle);
    await executeCommand('editor.action.triggerSuggest');
    await delay(1500);
    await executeCommand('acceptSelectedSuggestion');
    await until('the suggestion', 'alphabetically');
    const found = await origins();
    assert.deepEqual(new Set(found), new Set(['typed', 'completion', 'refactoring']), found.join());
  });

  it('tells an inline suggestion', async () => {
    register(
      vscode.languages.registerInlineCompletionItemProvider(selector, {
        provideInlineCompletionItems(document, position) {
          const typed = document.lineAt(position.line).text.slice(0, position.character);
          const range = new vscode.Range(position.line, 0, position.line, position.character);
          return [new vscode.InlineCompletionItem(`${typed}sole.log(alpha);\nuse();`, range)];
        },
      }),
    );
    putCaret(1, 0);
    await type('con');
    await waitForInline();
    assert.deepEqual(await origins(), ['typed', 'completion']);
  });

  it('tells an inline suggestion on an empty line', async () => {
    register(
      vscode.languages.registerInlineCompletionItemProvider(selector, {
        provideInlineCompletionItems: (_document, position) => [
          new vscode.InlineCompletionItem('use(alpha);', new vscode.Range(position, position)),
        ],
      }),
    );
    putCaret(1, 0);
    await waitForInline();
    assert.deepEqual(await origins(), ['completion']);
  });

  for (const part of ['Word', 'Line'])
    it(`tells an inline suggestion taken ${part.toLowerCase()} by ${part.toLowerCase()}`, async () => {
      const whole = 'use first, second.third;\nuse(alpha);\nuse();';
      register(
        vscode.languages.registerInlineCompletionItemProvider(selector, {
          provideInlineCompletionItems(document, position) {
            const typed = document.getText(new vscode.Range(new vscode.Position(1, 0), position));
            return [new vscode.InlineCompletionItem(whole.slice(typed.length), new vscode.Range(position, position))];
          },
        }),
      );
      putCaret(1, 0);
      await type('use ');
      await waitForInline(`acceptNext${part}`);
      for (let more = part === 'Word' ? 4 : 1; more > 0; more--)
        await executeCommand(`editor.action.inlineSuggest.acceptNext${part}`);
      assert.deepEqual(await origins(), ['typed', 'completion']);
      assert.deepEqual(await originsOnImport(), ['typed', 'completion']);
    });

  it('tells an inline suggestion that takes the rest of the line', async () => {
    register(
      vscode.languages.registerInlineCompletionItemProvider(selector, {
        provideInlineCompletionItems: (document, position) => [
          new vscode.InlineCompletionItem('use(first, second)', document.lineAt(position.line).range),
        ],
      }),
    );
    putCaret(1, 0);
    await type('use()');
    putCaret(1, 4);
    await waitForInline();
    assert.deepEqual(await origins(), ['typed', 'completion']);
    assert.deepEqual(await originsOnImport(), ['typed', 'completion']);
  });

  /** A suggestion is shown when it likes: asked for until it can be accepted. */
  async function waitForInline(accept = 'commit'): Promise<void> {
    const before = session.edits.length;
    for (let round = 0; round < 15 && session.edits.length === before; round++) {
      // It is not shown beside the list of suggestions.
      await executeCommand('hideSuggestWidget');
      await executeCommand('editor.action.inlineSuggest.trigger');
      await delay(settle);
      await executeCommand(`editor.action.inlineSuggest.${accept}`);
      await delay(100);
    }
    assert.equal(session.edits.length, before + 1, 'no inline suggestion was accepted');
  }

  const indenter = (by: string) =>
    vscode.languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: (document) => [
        vscode.TextEdit.replace(
          new vscode.Range(0, 0, document.lineCount, 0),
          document.getText().replace(/^ *(?=\S)/gm, by),
        ),
      ],
    });

  it('tells a formatter', async () => {
    register(indenter('    '));
    putCaret(1, 0);
    await executeCommand('editor.action.formatDocument');
    await waitFor('the format', () => session.edits.length > 0);
    assert.deepEqual(await origins(), ['formatter']);
  });

  it('tells a formatter that runs on save', async () => {
    register(indenter('   '));
    await session.set('editor', 'formatOnSave', true);
    putCaret(1, 0);
    await type('x');
    await executeCommand('workbench.action.files.save');
    await waitFor('the save', () => session.recording.of('save').length > 0);
    assert.deepEqual(await origins(), ['typed', 'formatter']);
  });

  it('tells a rename', async () => {
    const provider: vscode.RenameProvider = {
      provideRenameEdits(document, _position, name) {
        const edit = new vscode.WorkspaceEdit();
        for (const { index } of document.getText().matchAll(/\balpha\b/g))
          edit.replace(
            document.uri,
            new vscode.Range(document.positionAt(index), document.positionAt(index + 5)),
            name,
          );
        return edit;
      },
    };
    register(vscode.languages.registerRenameProvider(selector, provider));
    putCaret(0, 8);
    // The box in which the name is typed cannot be reached from here; what it does with the answer can.
    const edit = await executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      editor.document.uri,
      new vscode.Position(0, 8),
      'gamma',
    );
    await vscode.workspace.applyEdit(edit, { isRefactoring: true });
    assert.deepEqual(await origins(), ['refactoring']);
  });

  it('tells a code action', async () => {
    const collection = vscode.languages.createDiagnosticCollection('test');
    register(collection);
    const range = new vscode.Range(3, 2, 3, 8);
    collection.set(editor.document.uri, [new vscode.Diagnostic(range, 'no value')]);
    register(
      vscode.languages.registerCodeActionsProvider(selector, {
        provideCodeActions(document) {
          const action = new vscode.CodeAction('Give a value', vscode.CodeActionKind.QuickFix);
          action.edit = new vscode.WorkspaceEdit();
          action.edit.replace(document.uri, new vscode.Range(3, 9, 3, 14), 'alpha ?? beta');
          action.isPreferred = true;
          return [action];
        },
      }),
    );
    putCaret(3, 4);
    await delay(settle);
    await executeCommand('editor.action.codeAction', { kind: 'quickfix', apply: 'first' });
    await until('the fix', '?? beta');
    assert.deepEqual(await origins(), ['refactoring']);
  });

  it('tells edits of another extension, in sight and out of it', async () => {
    const written = '\nfunction added() {\n  return use() + use();\n}\n\nadded();\nadded();\nadded();\n';
    const edit = new vscode.WorkspaceEdit();
    putCaret(0, 3);
    edit.insert(editor.document.uri, new vscode.Position(5, 0), written);
    edit.insert(fileUri('src', 'sum.js'), new vscode.Position(0, 0), '// sums\n');
    await vscode.workspace.applyEdit(edit);
    await waitFor('both', () => session.edits.length === 2);
    assert.deepEqual(await origins(), ['agent']);
    await (await vscode.workspace.openTextDocument(fileUri('src', 'sum.js'))).save();
  });

  it('tells a file that another program writes', async () => {
    await writeFile(fileUri(file).fsPath, 'const alpha = 2;\n\nfunction use() {\n  return alpha;\n}\n');
    await waitFor('the new text', () => session.edits.length > 0);
    assert.deepEqual(await origins(), ['external']);
  });

  it('tells the first key in a saved document from what the disk brings', async () => {
    putCaret(1, 0);
    await type('a');
    await editor.document.save();
    await type('b');
    assert.deepEqual(await origins(), ['typed']);
  });

  it('tells what git brings back', async () => {
    const sum = fileUri('src', 'sum.js');
    await writeFile(sum.fsPath, `// changed\n${await readFile(sum.fsPath, 'utf8')}`);
    await openEditor(sum);
    await delay(2 * settle);
    await git('checkout', '--', 'src/sum.js');
    await waitFor('the old text', () => session.edits.length > 0);
    await waitFor("git's index", () => session.recording.of('git_index').length > 0, 3000).catch(() => {});
    assert.deepEqual(await origins(), ['git']);
  });

  it('tells undo and redo', async () => {
    putCaret(1, 0);
    await type('ab');
    await executeCommand('undo');
    await executeCommand('redo');
    assert.deepEqual(await origins(), ['typed', 'undo', 'redo']);
  });

  it('tells what is taken back and done again where nothing names it', async () => {
    editor.selection = new vscode.Selection(3, 2, 3, 15);
    await executeCommand('deleteLeft');
    for (const command of ['undo', 'redo', 'undo']) await executeCommand(command);
    assert.deepEqual(await origins(), ['typed', 'undo', 'redo', 'undo']);
    // What a key takes away it takes away again.
    assert.deepEqual(await originsOnImport(), ['typed', 'undo', 'typed', 'undo']);
  });
});
