/** What redaction does to sources that hold no secrets, and how fast it looks through them. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { contextOfPath } from '../../src/redaction/context.ts';
import { detect } from '../../src/redaction/detectors/detect.ts';
import type { Context } from '../../src/redaction/detectors/rule.ts';
import { redactText } from '../../src/redaction/redactText.ts';

const extensions = 'ts,mts,cts,js,mjs,cjs,jsx,tsx,py,rs,go,java,c,h,cc,cs,rb,php,sh,md,json,yml,yaml,toml,html,css,txt';
const longestFile = 400_000;
const rounds = 3;

export interface CleanFile {
  path: string;
  text: string;
}

export interface CleanResult {
  files: number;
  characters: number;
  filesTouched: number;
  charactersTouched: number;
  /** Of `detect` over each file as one text, which is what redacting a text that nobody edited searches it with. */
  megabytesPerSecond: number;
  /** 'rule: value' and how often. */
  touched: Map<string, number>;
}

/** Source files below the folders that people wrote: no bundles, no minified ones, each text once. */
export async function readClean(folders: readonly string[], limit: number): Promise<CleanFile[]> {
  const files = new Map<string, CleanFile>();
  let size = 0;
  for (const folder of folders) {
    const paths: string[] = [];
    for await (const path of glob(`**/*.{${extensions}}`, { cwd: folder })) paths.push(path);
    for (const path of paths.sort()) {
      if (size > limit) break;
      if (/\.min\.|(?:^|\/)\.vscode-test\//.test(path)) continue;
      const text = read(join(folder, path));
      if (text === '' || text.length > longestFile || /[^\n]{1000}/.test(text) || files.has(text)) continue;
      files.set(text, { path, text });
      size += text.length;
    }
  }
  return [...files.values()];
}

/** @param context of every file; by its path when left out. */
export function measureClean(files: readonly CleanFile[], context?: Context): CleanResult {
  const touched = new Map<string, number>();
  let characters = 0;
  let charactersTouched = 0;
  let filesTouched = 0;
  for (const { path, text } of files) {
    const inContext = context ?? contextOfPath(path);
    characters += text.length;
    const found = detect(text, inContext);
    if (found.length === 0) continue;
    filesTouched++;
    for (const [start, end] of redactText(text, { context: inContext }).spans) charactersTouched += end - start;
    for (const { rule, start, end } of found) {
      const key = `${rule.id}: ${text.slice(start, Math.min(end, start + 100))}`;
      touched.set(key, (touched.get(key) ?? 0) + 1);
    }
  }
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    for (const { path, text } of files) detect(text, context ?? contextOfPath(path));
    return performance.now() - begin;
  });
  const bytes = files.reduce((total, { text }) => total + Buffer.byteLength(text), 0);
  const megabytesPerSecond = bytes / 1e3 / Math.min(...times);
  return { files: files.length, characters, filesTouched, charactersTouched, megabytesPerSecond, touched };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A folder that is called like a file.
    return '';
  }
}
