import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SessionEvent } from '../session/events.ts';
import { readEditingTrace } from '../session/import/editingTrace.ts';
import { ImportError } from '../session/import/parseInput.ts';
import { readSessionEvents } from '../session/import/sessionEvents.ts';
import { readWorkspaceRecording } from '../session/import/workspaceRecording.ts';
import type { SealSource } from './sealRequest.ts';

/** @throws ImportError when the file cannot be read, or is not of the format. */
export async function importHistory(source: Extract<SealSource, { kind: 'import' }>): Promise<SessionEvent[]> {
  const { path, format, language } = source;
  const text = await readText(path);
  switch (format) {
    case 'session-events':
      return readSessionEvents(text, path);
    case 'editing-trace':
      return readEditingTrace(text, path, basename(path).replace(/(?:\.json)?(?:\.gz)?$/i, ''), language);
    case 'workspace-recording':
      return readWorkspaceRecording(text, path);
  }
}

/** The file as UTF-8 text; a gzip file is unpacked. */
async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return new TextDecoder('utf-8', { fatal: true }).decode(isGzip ? gunzipSync(bytes) : bytes);
  } catch (error) {
    throw new ImportError(`${path} cannot be read as UTF-8 text: ${(error as Error).message}`);
  }
}
