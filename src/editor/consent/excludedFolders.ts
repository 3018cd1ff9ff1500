import { workspace } from 'vscode';
import * as z from 'zod';
import { settings } from '../names.ts';

const patterns = z.array(z.string());

/** Folders of which nothing is recorded. A setting that is not understood excludes everything. */
export function excludedFolders(): string[] {
  return patterns.safeParse(workspace.getConfiguration().get(settings.excludedFolders, [])).data ?? ['**'];
}
