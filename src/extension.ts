/** The composition root: what there is, and what calls it. */
import { type ExtensionContext, Uri, commands as vscodeCommands, window } from 'vscode';
import { deleteDataset, openDatasetFolder } from './editor/datasetCommands.ts';
import { Log } from './editor/log.ts';
import { commands } from './editor/names.ts';
import { providePolicy, showPolicy } from './editor/policyDocument.ts';
import { Recording } from './editor/recording.ts';

let recording: Recording | null = null;

export function activate(context: ExtensionContext): void {
  const channel = window.createOutputChannel('Understudy', { log: true });
  const log = new Log(channel);
  const current = new Recording(context, log);
  recording = current;

  const register = (command: string, run: (argument?: unknown) => unknown) =>
    vscodeCommands.registerCommand(command, run);
  context.subscriptions.push(
    channel,
    current,
    providePolicy(),
    register(commands.toggle, () => current.click()),
    register(commands.startTask, () => current.startTask()),
    register(commands.finishTask, () => current.finishTask()),
    register(commands.stop, () => current.stop()),
    register(commands.openDatasetFolder, () => openDatasetFolder(context)),
    register(commands.deleteDataset, () => deleteDataset(context, log)),
    register(commands.showPolicy, showPolicy),
    register(commands.previewRedaction, (file) => current.preview.open(file instanceof Uri ? file : undefined)),
    register(commands.alwaysRedact, () => current.alwaysRedact()),
    register(commands.forgetAlwaysRedacted, () => current.forgetAlwaysRedacted()),
  );
  void current.refresh();
}

/** Waits until what was recorded is on the disk. */
export async function deactivate(): Promise<void> {
  await recording?.close();
}
