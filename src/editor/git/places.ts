/** Whether folders are those that somebody agreed for. */
import type { Place } from '../../consent/place.ts';
import { hasCommit, headCommit, oldestCommit, timeOf } from './repositoryFacts.ts';

export async function readPlace(folders: readonly string[]): Promise<Place> {
  // In a history too long to be read in time any commit of it tells as much.
  const rootOf = async (path: string) => (await oldestCommit(path)) ?? (await headCommit(path));
  return await Promise.all(folders.map(async (path) => ({ path, root: await rootOf(path) })));
}

/**
 * Whether each folder is one of those agreed for, and in it still the same repository. Where there was no commit yet, work
 * that begins after the agreement is the work agreed for; a history that is older came from elsewhere.
 */
export async function isAgreedPlace(agreed: Place, folders: readonly string[], agreedAt: Date): Promise<boolean> {
  const holds = async (path: string) => {
    const folder = agreed.find((one) => one.path === path);
    if (!folder) return false;
    if (folder.root !== null) return await hasCommit(path, folder.root);
    const root = await oldestCommit(path);
    // Git counts in seconds.
    return root === null || (await timeOf(path, root)) + 1000 > agreedAt.getTime();
  };
  return folders.length > 0 && (await Promise.all(folders.map(holds))).every(Boolean);
}
