/** Finds the `.env*` files of a folder that are kept out of its repository. */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoredBy } from '../git/gitFacts.ts';

const deepest = 5;
const mostFolders = 1500;
const mostFiles = 50;
const longest = 64 * 1024;
const skipped = /^(?:node_modules|bower_components|vendor|dist|build|out|target|coverage|venv|__pycache__|\..+)$/;
const template = /\.(?:example|sample|template|dist|defaults?|schema)$/i;

/** Their texts. A file that cannot be read, or is too long for one, is passed over. */
export async function readDotenvFiles(folder: string): Promise<string[]> {
  const found = await find(folder);
  if (found.length === 0) return [];
  const ignored = await ignoredBy(folder, found);
  const secret = ignored ?? found.filter((path) => !template.test(path));
  return (await Promise.all(secret.map(read))).filter((text) => text !== null);
}

async function find(folder: string): Promise<string[]> {
  const found: string[] = [];
  let folders = [folder];
  let seen = 0;
  for (let depth = 0; depth <= deepest && folders.length > 0; depth++) {
    const inner: string[] = [];
    for (const path of folders) {
      if (++seen > mostFolders) return found;
      for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
        if (entry.isDirectory()) {
          if (!skipped.test(entry.name)) inner.push(join(path, entry.name));
        } else if (/^\.env(?:$|[.-])|\.env$/.test(entry.name)) {
          if (found.push(join(path, entry.name)) >= mostFiles) return found;
        }
      }
    }
    folders = inner;
  }
  return found;
}

/** No more than may be of use is read, whatever stands there by then. */
async function read(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (size > longest) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longest), 0, longest, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close().catch(() => {});
  }
}
