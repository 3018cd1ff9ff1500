import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Texts by path; what is null is not there. */
export type Files = Record<string, string | null>;

/** What `git apply` makes of files: the texts at the paths that are asked for. */
export function gitApply(before: Files, patch: string, paths: readonly string[]): Files {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-patch-'));
  try {
    for (const [path, text] of Object.entries(before)) {
      if (text === null) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync('git', ['-C', folder, 'init', '-q']);
    execFileSync('git', ['-C', folder, 'apply', '--whitespace=nowarn'], { input: patch });
    return Object.fromEntries(
      paths.map((path) => [path, existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
