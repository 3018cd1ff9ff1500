/** The composition root: what there is, and what calls it. What takes long to load is loaded when it is called. */
import { type ExtensionContext, Uri, commands as vscodeCommands, window } from 'vscode';
import { providePolicy } from './editor/consent/policyDocument.ts';
import { LazyRecording } from './editor/lazyRecording.ts';
import { Log } from './editor/log.ts';
import { commands } from './editor/names.ts';
import type { Recording } from './editor/recording.ts';
import { openWalkthrough } from './editor/walkthrough.ts';

let recording: LazyRecording | null = null;

export function activate(context: ExtensionContext): void {
  const channel = window.createOutputChannel('Understudy', { log: true });
  const log = new Log(channel);
  const current = new LazyRecording(context, log);
  recording = current;

  const register = (command: string, run: (argument?: unknown) => unknown) =>
    vscodeCommands.registerCommand(command, run);
  const record = (command: string, run: (recording: Recording, argument?: unknown) => unknown) =>
    register(command, async (argument) => run(await current.load(), argument));
  context.subscriptions.push(
    channel,
    current,
    providePolicy(),
    record(commands.toggle, (it) => it.onOff.click()),
    record(commands.startTask, (it) => it.startTask()),
    record(commands.finishTask, (it) => it.finishTask()),
    record(commands.stop, (it) => it.onOff.stop()),
    record(commands.pause, (it) => it.onOff.choosePause()),
    record(commands.pauseNow, (it) => it.onOff.pauseNow()),
    record(commands.openDatasetFolder, (it) => it.openDatasetFolder()),
    record(commands.deleteDataset, (it) => it.deleteDataset()),
    record(commands.showPolicy, (it) => it.onOff.showPolicy()),
    record(commands.previewRedaction, (it, file) => it.preview.open(file instanceof Uri ? file : undefined)),
    record(commands.alwaysRedact, (it) => it.alwaysRedact()),
    record(commands.forgetAlwaysRedacted, (it) => it.forgetAlwaysRedacted()),
    record(commands.editInstruction, (it, task) => it.tasks.editInstruction(task)),
    record(commands.keepTask, (it, task) => it.tasks.keep(task)),
    record(commands.withdrawTask, (it, task) => it.tasks.withdraw(task)),
    record(commands.revealTask, (it, task) => it.tasks.reveal(task)),
    record(commands.showMoreSealed, (it) => it.tasks.sealedTree.showMore()),
    register(commands.openWalkthrough, () => openWalkthrough(context.extension.id)),
    record(commands.heldTasks, (it) => it.tasks.pickHeld()),
    record(commands.review, (it, target) => it.tasks.review(target)),
    record(commands.chooseReview, (it) => it.tasks.chooseReview()),
    record(commands.forget, (it) => it.takeBack.forget()),
    record(commands.withdrawWorkspace, (it) => it.takeBack.withdrawWorkspace()),
    record(commands.withdrawAndReset, (it) => it.takeBack.withdrawAndReset()),
    record(commands.exportHeld, (it) => it.exportHeld()),
  );
}

/** Waits until what was recorded is on the disk. */
export async function deactivate(): Promise<void> {
  await recording?.close();
}
