/**
 * Whether a dataset folder tells more of people than its texts do: by its structured fields, and by names, modes and times
 * of its files. What is found is named by its place and its kind, never by its value.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedFiles } from './checkedFiles.ts';
import { fixedTime } from './files.ts';
import { type Known, knownEntries } from './knownEntries.ts';
import { markerFile } from './layout.ts';
import { readLines } from './lines.ts';
import { privacyFaults } from './privacyFaults.ts';
import { recordSchemas } from './schemas.ts';

/** The fixed times count revisions and versions up from their first: ten years of them are never reached. */
const times = { from: fixedTime().getTime(), to: fixedTime().getTime() + 10 * 365 * 86_400_000 };
const othersBits = 0o077;

export async function validatePrivacy(folder: string, files: CheckedFiles): Promise<void> {
  await visit(folder, '', knownEntries, files);
}

async function visit(folder: string, inside: string, known: Known, files: CheckedFiles): Promise<void> {
  await checkMetadata(folder, inside === '' ? '.' : inside, files);
  for (const entry of await files.entries(inside)) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const subfolder = entry.isDirectory() ? known.folder?.(entry.name) : undefined;
    if (subfolder) await visit(folder, name, subfolder, files);
    else if (entry.isFile() && (name === markerFile || known.file?.(entry.name))) {
      await checkMetadata(folder, name, files);
      if (entry.name.endsWith('.jsonl')) await checkRows(folder, name, files);
    } else files.note(name, 'privacy: not written by Understudy');
  }
}

async function checkMetadata(folder: string, name: string, files: CheckedFiles): Promise<void> {
  const found = await lstat(join(folder, name)).catch(() => null);
  if (!found) return files.note(name, 'privacy: cannot be read');
  const { mode, mtimeMs } = found;
  if (process.platform !== 'win32' && mode & othersBits)
    files.note(name, 'privacy: others on this machine can open it');
  if (mtimeMs < times.from || mtimeMs > times.to) files.note(name, 'privacy: its time tells when it was written');
}

/** A row that is no JSON, or not in its schema, is told of elsewhere. */
async function checkRows(folder: string, name: string, files: CheckedFiles): Promise<void> {
  const format = name.replace(/^.*\//, '').replace(/\.jsonl$/, '');
  const type = Object.hasOwn(recordSchemas, format) ? recordSchemas[format] : null;
  let row = 0;
  try {
    for await (const line of readLines(join(folder, name))) {
      row++;
      for (const { field, fault } of privacyFaults(type && { name: format, type }, parsed(line))) {
        files.note(name, `privacy: row ${row}: ${field}: ${fault}`);
      }
    }
  } catch {
    files.note(name, 'privacy: cannot be read');
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
