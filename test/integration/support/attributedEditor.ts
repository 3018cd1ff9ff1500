import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { SessionEvent, SessionEventOf } from '../../../src/session/events.ts';
import { buildHistory } from '../../../src/session/history/buildHistory.ts';
import type { Origin } from '../../../src/session/task.ts';
import { fileUri, openEditor, Recording, waitFor } from './recordings.ts';

const run = promisify(execFile);
const { executeCommand } = vscode.commands;

/** Signs follow an edit within this time; in milliseconds. */
export const settle = 400;

export const git = (...args: string[]) => run('git', ['-C', fileUri().fsPath, ...args]);

/** An editor with one file while a recording runs, and what its edits are judged to come from. */
export class AttributedEditor {
  readonly editor: vscode.TextEditor;
  readonly recording: Recording;
  readonly #store: vscode.Disposable[] = [];
  readonly #settings: [section: string, key: string][] = [];

  private constructor(editor: vscode.TextEditor, recording: Recording) {
    this.editor = editor;
    this.recording = recording;
  }

  static async open(file: string, text: string): Promise<AttributedEditor> {
    await writeFile(fileUri(file).fsPath, text);
    const editor = await openEditor(fileUri(file));
    // Of the test before, the document may still be there: it is read anew. What watchers tell of it comes later yet.
    await waitFor('the text', () => editor.document.getText() === text && vscode.window.activeTextEditor === editor);
    await delay(3 * settle);
    return new AttributedEditor(editor, await Recording.start());
  }

  async close(): Promise<void> {
    for (const one of this.#store) one.dispose();
    this.recording.recorder.dispose();
    for (const [section, key] of this.#settings) await update(section, key, undefined);
    await executeCommand('workbench.action.files.revert');
    await executeCommand('workbench.action.closeAllEditors');
    await git('clean', '-fdq');
    await git('checkout', '-q', '.');
  }

  /** Until the end of the test. */
  register(provider: vscode.Disposable): void {
    this.#store.push(provider);
  }

  /** Until the end of the test. */
  async set(section: string, key: string, value: unknown): Promise<void> {
    this.#settings.push([section, key]);
    await update(section, key, value);
  }

  putCaret(line: number, character: number): void {
    this.select(line, character, line, character);
  }

  select(line: number, character: number, toLine: number, toCharacter: number): void {
    this.editor.selection = new vscode.Selection(line, character, toLine, toCharacter);
  }

  async type(text: string): Promise<void> {
    for (const character of text) await executeCommand('type', { text: character });
  }

  get edits(): SessionEventOf<'edit'>[] {
    return this.recording.of('edit');
  }

  async until(what: string, inserted: string): Promise<void> {
    await waitFor(what, () => this.edits.some(({ changes }) => changes.some(({ text }) => text.includes(inserted))));
  }

  /** What the edits were judged to come from, each once where the next one says the same. */
  async origins(): Promise<Origin[]> {
    await delay(settle);
    const steps = this.recording.tasks().flatMap((task) => task.steps);
    return runsOf(steps.flatMap((step) => (step.kind === 'edit' ? [step.origin] : [])));
  }

  /** The same of a recording made elsewhere: it tells edits and where the cursors went, and nothing of why. */
  async originsOnImport(): Promise<Origin[]> {
    await delay(settle);
    const unknown = { clipboard: null, dirty: null };
    return judge(
      this.recording.events.flatMap((event): SessionEvent[] => {
        if (event.kind === 'edit') return [{ ...event, ...unknown, active: null, reason: null }];
        if (event.kind === 'sign') return [{ ...event, ...unknown, cause: null }];
        return event.kind === 'open' || event.kind === 'base' ? [event] : [];
      }),
    );
  }

  /** The same where the clipboard can be compared with, as on a desktop; it held nothing of what was put in. */
  async originsWithClipboard(): Promise<Origin[]> {
    await delay(settle);
    return judge(
      this.recording.events.map((event) =>
        event.kind === 'edit' && event.active ? { ...event, clipboard: false } : event,
      ),
    );
  }
}

function judge(events: SessionEvent[]): Origin[] {
  const all: Origin[] = [];
  buildHistory(events, (_edit, { origin }) => all.push(origin));
  return runsOf(all);
}

function runsOf(origins: Origin[]): Origin[] {
  return origins.filter((origin, index) => origin !== origins[index - 1]);
}

async function update(section: string, key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
}
