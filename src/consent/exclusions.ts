import ignore from 'ignore';

/** What is never recorded, wherever it is open. */
export interface Exclusions {
  paths: readonly string[];
  /** Identifiers of languages, as VS Code has them. */
  languages: readonly string[];
}

/** A pattern that takes back what others exclude is none of these. */
export const exclusionPattern = /^(?!!)\S.*$/;

/**
 * Whether files and folders are excluded by patterns, written like those of a `.gitignore` at the top of the file system: an
 * absolute path stands for all below it.
 */
export class ExcludedPaths {
  readonly #rules: ReturnType<typeof ignore> | null;

  /** @param home what `~` stands for. */
  constructor(patterns: readonly string[], home: string) {
    const used = patterns.filter((pattern) => exclusionPattern.test(pattern));
    this.#rules = used.length > 0 ? ignore().add(used.map((pattern) => rooted(pattern.trim(), home))) : null;
  }

  /** @param path absolute. */
  excludes(path: string, isFolder = false): boolean {
    const inside = slashed(path).replace(/^\/+|\/+$/g, '');
    return this.#rules !== null && inside !== '' && this.#rules.ignores(isFolder ? `${inside}/` : inside);
  }
}

function rooted(pattern: string, home: string): string {
  const path = /^~(?=[/\\]|$)/.test(pattern) ? home + pattern.slice(1) : pattern;
  return /^[A-Za-z]:/.test(path) ? `/${slashed(path)}` : path.startsWith('#') ? `\\${path}` : path;
}

/** As it stands below the top of all: `C:\a` as `C/a`. A backslash in any other path is a part of a name. */
function slashed(path: string): string {
  return /^[A-Za-z]:/.test(path) ? path[0] + path.slice(2).replaceAll('\\', '/') : path;
}
