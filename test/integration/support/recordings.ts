import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Exclusions } from '../../../src/consent/exclusions.ts';
import type { Signal } from '../../../src/consent/receipt.ts';
import { Recorder } from '../../../src/editor/capture/recorder.ts';
import { Log } from '../../../src/editor/log.ts';
import type { SessionEvent, SessionEventOf } from '../../../src/session/events.ts';
import { buildHistory } from '../../../src/session/history/buildHistory.ts';
import type { Task } from '../../../src/session/task.ts';

/** A recorder whose tasks go into a list: everything in front of the journal, for real. */
export class Recording {
  readonly events: SessionEvent[] = [];
  readonly recorder: Recorder;
  ended = 0;

  private constructor(recorder: Recorder, events: SessionEvent[]) {
    this.recorder = recorder;
    this.events = events;
  }

  static async start(
    signals: readonly Signal[] = ['edits', 'terminal', 'tests', 'errors', 'git'],
    exclusions?: Exclusions,
  ): Promise<Recording> {
    const events: SessionEvent[] = [];
    const log = new Log(vscode.window.createOutputChannel('recorder under test', { log: true }));
    const sink = { append: (event: SessionEvent) => void events.push(event), full: false, close: () => {} };
    const recorder = await Recorder.create(() => sink, signals, log, [], exclusions);
    await recorder.resume();
    return new Recording(recorder, events);
  }

  of<K extends SessionEvent['kind']>(kind: K): SessionEventOf<K>[] {
    return this.events.filter((event): event is SessionEventOf<K> => event.kind === kind);
  }

  /** The tasks as sealing will see them; the last one ends here. */
  tasks(): Task<string>[] {
    this.recorder.dispose();
    const { tasks, faults } = buildHistory(this.events);
    if (faults.length > 0) throw new Error(faults.join('; '));
    return tasks;
  }
}

export async function waitFor<T>(what: string, look: () => T | undefined | false, timeout = 30_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await delay(50);
  }
}

export function fileUri(...path: string[]): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.Uri.joinPath(folder.uri, ...path);
}

export async function openEditor(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}
