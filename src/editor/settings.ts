import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { workspace } from 'vscode';
import { settings } from './names.ts';

/** Where the records go. A path that is not absolute would mean another folder in each window: it counts as unset. @param unset where none is chosen */
export function datasetFolder(unset: string): string {
  const chosen = workspace.getConfiguration().get<string>(settings.datasetFolder, '').trim();
  const path = /^~[/\\]/.test(chosen) ? join(homedir(), chosen.slice(2)) : chosen;
  return isAbsolute(path) ? path : unset;
}

/** How long a task is held behind its end, in milliseconds. */
export function graceTime(): number {
  const minutes = workspace.getConfiguration().get<unknown>(settings.graceMinutes);
  return (typeof minutes === 'number' && minutes >= 0 && minutes <= 60 ? minutes : 10) * 60_000;
}
