import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { settings } from './names.ts';

/** Where the records go. A path that is not absolute would mean another folder in each window: it counts as unset. */
export function datasetFolder(context: ExtensionContext): string {
  const chosen = workspace.getConfiguration().get<string>(settings.datasetFolder, '').trim();
  const path = /^~[/\\]/.test(chosen) ? join(homedir(), chosen.slice(2)) : chosen;
  return isAbsolute(path) ? path : join(context.globalStorageUri.fsPath, 'dataset');
}
