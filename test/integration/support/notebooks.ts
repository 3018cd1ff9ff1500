import vm from 'node:vm';
import * as vscode from 'vscode';
import { fileUri, waitFor } from './recordings.ts';

const { executeCommand } = vscode.commands;
const { NotebookCellOutput: Output, NotebookCellOutputItem: Item } = vscode;

/** A notebook as it stands on the disk. */
export function notebookOf(...cells: { text: string; language?: string }[]): string {
  const lines = (text: string) => text.split(/(?<=\n)/);
  return JSON.stringify({
    cells: cells.map(({ text, language = 'javascript' }) =>
      language === 'markdown'
        ? { cell_type: 'markdown', metadata: {}, source: lines(text) }
        : { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: lines(text) },
    ),
    metadata: { language_info: { name: 'javascript' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** Runs cells of JavaScript, for real: what they print goes to `print`, and their last value is their result. */
export class TestKernel implements vscode.Disposable {
  readonly #controller = vscode.notebooks.createNotebookController('test-kernel', 'jupyter-notebook', 'Test kernel');
  readonly #context = vm.createContext({});
  #runs = 0;

  constructor() {
    this.#controller.supportedLanguages = ['javascript'];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.executeHandler = async (cells) => {
      for (const cell of cells) await this.#run(cell);
    };
  }

  async select(): Promise<void> {
    await executeCommand('notebook.selectKernel', { id: 'test-kernel', extension: 'understudy.understudy' });
  }

  dispose(): void {
    this.#controller.dispose();
  }

  async #run(cell: vscode.NotebookCell): Promise<void> {
    const execution = this.#controller.createNotebookCellExecution(cell);
    execution.executionOrder = ++this.#runs;
    execution.start(Date.now());
    await execution.clearOutput();
    const printed = new Output([]);
    await execution.appendOutput(printed);
    this.#context.print = (text: string) => void execution.appendOutputItems(Item.stdout(`${text}\n`), printed);
    let success = true;
    try {
      const value = vm.runInContext(cell.document.getText(), this.#context);
      const forms = [Item.text(`<b>${value}</b>`, 'text/html'), Item.text(String(value))];
      if (value !== undefined) void execution.appendOutput(new Output(forms));
    } catch (error) {
      success = false;
      void execution.appendOutput(new Output([Item.error(error as Error)]));
    }
    execution.end(success, Date.now());
  }
}

/** A notebook in an editor, and what a person does with it. */
export class TestNotebook {
  readonly document: vscode.NotebookDocument;

  private constructor(document: vscode.NotebookDocument) {
    this.document = document;
  }

  static async show(name: string): Promise<TestNotebook> {
    const uri = fileUri(name);
    // What `openNotebookDocument` has opened stays open for minutes [measured].
    await executeCommand('vscode.openWith', uri, 'jupyter-notebook');
    const isIt = (document: vscode.NotebookDocument) => document.uri.toString() === uri.toString();
    return new TestNotebook(await waitFor(name, () => vscode.workspace.notebookDocuments.find(isIt)));
  }

  get texts(): string[] {
    return this.document.getCells().map(({ document }) => document.getText());
  }

  /** Puts the cursor at the end of a cell's text. */
  async edit(index: number): Promise<void> {
    await this.focus(index);
    await executeCommand('notebook.cell.edit');
    await executeCommand('cursorBottom');
  }

  /** Selects a cell from outside of its text. */
  async focus(index: number): Promise<void> {
    await executeCommand('notebook.cell.quitEdit');
    await executeCommand('notebook.focusTop');
    for (let i = 0; i < index; i++) await executeCommand('list.focusDown');
  }

  async type(text: string): Promise<void> {
    for (const character of text) await executeCommand('type', { text: character });
  }

  async apply(...edits: vscode.NotebookEdit[]): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.set(this.document.uri, edits);
    await vscode.workspace.applyEdit(edit);
  }

  async replaceText(index: number, text: string): Promise<void> {
    const { document } = this.document.cellAt(index);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  async run(index: number): Promise<void> {
    const ranges = [{ start: index, end: index + 1 }];
    await executeCommand('notebook.cell.execute', { ranges, document: this.document.uri });
  }
}
