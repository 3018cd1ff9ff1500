/** Pieces of real work: how a stretch of a file stood, again and again, while somebody wrote it. */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { audit } from '../../src/redaction/audit.ts';

export interface History {
  /** As VS Code names it. */
  language: string;
  extension: string;
  /** At least two. */
  versions: string[];
}

/** Characters of a stretch, and lines around what changes in it. */
const longest = 16_000;
const context = 25;
/** Keystrokes of a trace in one stretch, and in one version of it. */
const strokes = { history: 360, version: 40 };

const languages: Record<string, string> = {
  '.ts': 'typescript',
  '.js': 'javascript',
  '.py': 'python',
  '.rs': 'rust',
  '.svelte': 'svelte',
  '.md': 'markdown',
  '.json': 'json',
};

/** Stretches of a keystroke trace of the `editing-traces` form, which may be gzipped. */
export function historiesOfTrace(file: string, extension: string): History[] {
  const bytes = readFileSync(file);
  const trace: { startContent: string; txns: { patches: [number, number, string][] }[] } = JSON.parse(
    (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'),
  );
  const histories: History[] = [];
  let text = trace.startContent;
  let versions = [text];
  let kept = { head: text.length, tail: text.length };
  let count = 0;
  for (const { patches } of trace.txns) {
    for (const [at, deleted, inserted] of patches) {
      kept = { head: Math.min(kept.head, at), tail: Math.min(kept.tail, text.length - at - deleted) };
      text = text.slice(0, at) + inserted + text.slice(at + deleted);
      if (++count % strokes.version === 0) versions.push(text);
      if (count % strokes.history > 0) continue;
      histories.push(...historyOf(versions, kept, extension));
      versions = [text];
      kept = { head: text.length, tail: text.length };
    }
  }
  return histories;
}

/** What commits changed, file by file. Empty where there is no repository. */
export function historiesOfGit(folder: string): History[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const histories: History[] = [];
  try {
    const log = git(
      'log',
      '--no-merges',
      '--no-renames',
      '--diff-filter=M',
      '--raw',
      '--no-abbrev',
      '--format=',
      '-400',
    );
    for (const [, before, after, path] of log.matchAll(/^:\d+ \d+ (\w+) (\w+) M\t(.+)$/gm)) {
      if (!(extname(path) in languages)) continue;
      const versions = [git('cat-file', 'blob', before), git('cat-file', 'blob', after)];
      histories.push(...historyOf(versions, unchangedEnds(versions), extname(path)));
    }
  } catch {
    // No repository, or no git.
  }
  return histories;
}

/** The sources of a folder as if their last thirds were just written: for a copy of the project without its history. */
export function historiesOfSources(folder: string): History[] {
  return globSync('src/**/*.ts', { cwd: folder })
    .sort()
    .flatMap((path) => {
      const lines = readFileSync(join(folder, path), 'utf8').split(/(?<=\n)/);
      const versions = [4, 5, 6].map((sixths) => lines.slice(0, Math.ceil((lines.length * sixths) / 6)).join(''));
      return historyOf(versions, { head: versions[0].length, tail: 0 }, extname(path));
    });
}

/** None where the stretch is too long, or holds what redaction would cover. */
function historyOf(texts: string[], kept: { head: number; tail: number }, extension: string): History[] {
  const [first] = texts;
  const from = linesBack(first, Math.min(kept.head, first.length));
  const tail = Math.max(0, first.length - linesOn(first, Math.max(from, first.length - kept.tail)));
  const versions = texts
    .map((text) => text.slice(from, text.length - tail))
    .filter((text, i, all) => i === 0 || text !== all[i - 1]);
  const isFit =
    versions.length > 1 &&
    versions.every((text) => text.length <= longest && /^[\x09\x0a\x20-\x7e]*$/.test(text)) &&
    audit(versions, []).length === 0;
  return isFit ? [{ language: languages[extension] ?? 'plaintext', extension, versions }] : [];
}

/** How many characters at both ends all versions share. */
export function unchangedEnds([one, other]: string[]): { head: number; tail: number } {
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < shorter - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  return { head, tail };
}

/** The beginning of a line some lines before. */
function linesBack(text: string, at: number): number {
  for (let lines = 0; at > 0; at--) if (text[at - 1] === '\n' && lines++ === context) break;
  return at;
}

/** The end of a line some lines on. */
function linesOn(text: string, at: number): number {
  for (let lines = 0; at < text.length; at++) if (text[at] === '\n' && lines++ === context) break;
  return at;
}
