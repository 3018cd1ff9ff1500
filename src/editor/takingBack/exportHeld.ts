import { homedir } from 'node:os';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { keys, type Memory } from '../../consent/memory.ts';
import type { Pause } from '../../consent/pause.ts';
import type { Exported, ExportRequest } from '../../sealing/exportHeld.ts';
import { runWorker, SealingError } from '../../sealing/runWorker.ts';
import type { KnownValue } from '../../session/events.ts';
import { codeOf, type Log } from '../log.ts';
import { settings } from '../names.ts';

export interface ExportOptions {
  workerFile: string;
  datasetFolder: string;
  journals: string;
  key: Buffer | null;
  /** What the editor keeps for this workspace. */
  memory: Memory;
  /** Of all windows of the host. */
  pause: Pause | null;
  /** What the person wants redacted always. */
  own: () => Promise<readonly KnownValue[]>;
  log: Log;
}

const limits = { time: 3_600_000, memory: 1024 };

/** Asks where to, says what the zip holds, and writes it. */
export async function exportHeld(options: ExportOptions): Promise<void> {
  const proceed = l10n.t('Choose Where To…');
  const detail = l10n.t(
    "The zip holds the whole dataset folder, the tasks that are open or held in all workspaces, this workspace's agreement with its dates, your settings, and your list of always redacted values. Open and held tasks are not redacted yet: the zip holds raw text, secrets among it. Put it where only you can read it, and delete it when you are done.",
  );
  const title = l10n.t('Export what is held about you?');
  if ((await window.showWarningMessage(title, { modal: true, detail }, proceed)) !== proceed) return;
  const target = await window.showSaveDialog({
    title: l10n.t('Export What Is Held About Me'),
    defaultUri: Uri.joinPath(Uri.file(homedir()), 'understudy-export.zip'),
    filters: { Zip: ['zip'] },
  });
  if (!target) return;
  await exportTo(target.fsPath, options);
}

export async function exportTo(out: string, options: ExportOptions): Promise<void> {
  const { workerFile, datasetFolder, journals, key, log } = options;
  const request: ExportRequest = {
    out,
    datasetFolder,
    journals,
    key: key?.toString('hex') ?? null,
    texts: await textsOf(options),
  };
  const progress = { location: ProgressLocation.Notification, title: l10n.t('Exporting what is held about you') };
  try {
    const done = await window.withProgress(progress, () => runWorker(workerFile, 'export', request, limits));
    log.write('exported', done.files);
    void window.showInformationMessage(doneText(out, done));
  } catch (error) {
    log.write('export_failed', error instanceof SealingError ? error.origin : codeOf(error));
    void window.showErrorMessage(l10n.t('The export could not be written to {0}. Choose another place.', out));
  }
}

function doneText(out: string, { files, unreadable }: Exported): string {
  const done = l10n.t('{0} files are in {1}.', files, out);
  if (unreadable === 0) return done;
  return `${done} ${l10n.t('{0} held tasks cannot be read, here or anywhere: their key is gone.', unreadable)}`;
}

async function textsOf({ memory, pause, own, datasetFolder }: ExportOptions): Promise<Record<string, string>> {
  const configuration = workspace.getConfiguration();
  const chosen = Object.fromEntries(Object.values(settings).map((name) => [name, configuration.inspect(name) ?? null]));
  const kept = Object.fromEntries(Object.values(keys).map((key) => [key, memory.get(key) ?? null]));
  const values = (await own().catch(() => [])).map(({ value }) => value);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    'README.txt': readme(datasetFolder),
    'workspace.json': json(kept),
    'pause.json': json(pause),
    'settings.json': json(chosen),
    'always-redacted.json': json(values),
  };
}

function readme(datasetFolder: string): string {
  return [
    'What Understudy holds about you on this machine.',
    '',
    `dataset/              the dataset folder ${datasetFolder}: records, examples, policies and receipts`,
    'journals/*.jsonl      tasks that are open or held, decrypted: RAW TEXT that is not redacted yet',
    'journals/*.json       since when they are held, and what for',
    'workspace.json        what the editor keeps for this workspace: agreement with its dates, choices, project id',
    'pause.json            the pause that holds in all windows, if there is one',
    'settings.json         your settings of Understudy',
    'always-redacted.json  what you want redacted always',
    'storage/              what else lies beside the journals: when the steps of the last hour were over, decrypted; keyed',
    '                      hashes of values looked for; what you take back and is not done yet',
    '',
    'Not in here: the key of the journals, and what other workspaces agreed to, which VS Code shows to them alone. Open',
    'one of them and export again.',
    '',
  ].join('\n');
}
