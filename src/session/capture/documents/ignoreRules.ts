import ignore, { type Ignore } from 'ignore';

/** Never recorded, whatever git says: what holds secrets by custom, what nobody wrote here, and settings. */
const excludedFolder = /^(?:\.git|\.hg|\.svn|node_modules|\.ssh|\.aws|\.gnupg|\.kube|\.docker)$/i;
const excludedFile = new RegExp(
  [
    String.raw`^\.env(?:\..*|rc|-.*)?$|^.*\.env$`,
    String.raw`\.(?:pem|key|p8|p12|pfx|jks|keystore|kdbx|kdb|ppk|gpg|asc|ovpn|tfstate|tfvars|code-workspace)$`,
    String.raw`^id_(?:rsa|dsa|ecdsa|ed25519)|^\.(?:npmrc|yarnrc\.yml|pypirc|netrc|htpasswd|git-credentials|dockercfg|pgpass)$`,
    String.raw`^_netrc$|^credentials(?:\.json)?$|^secrets?\.(?:json|ya?ml|toml|ini)$`,
  ].join('|'),
  'i',
);

/** Whether something stands in a folder that is never looked at, whatever git says. */
export function isExcludedPlace(path: string): boolean {
  return path.split('/').some((name) => excludedFolder.test(name));
}

/**
 * Each kind of ignore file, in the syntax of the first; from the second on those by which people keep files from tools
 * such as this one. None takes back what another one excludes.
 */
export const ignoreFiles = ['.gitignore', '.understudyignore', '.aiexclude', '.aiignore', '.cursorignore'] as const;

/** Reads a file given by its path relative to the top folder; null if there is none. */
export type ReadRelative = (path: string) => string | null;

/**
 * Which files below a folder are not recorded. Paths are relative to it, with forward slashes. Ignore files are read at
 * each question: one that was written a moment ago counts, whether a watcher has told of it or not.
 */
export class IgnoreRules {
  readonly #kinds: IgnoreFileRules[];

  /** `shared`: git's patterns from outside the tree (`.git/info/exclude`, the person's own), weakest first. */
  constructor(read: ReadRelative, shared: () => string = () => '') {
    this.#kinds = ignoreFiles.map((name, i) => new IgnoreFileRules(name, read, i === 0 ? shared : () => ''));
  }

  excludes(path: string): boolean {
    const names = path.split('/');
    if (isExcludedPlace(path) || excludedFile.test(names.at(-1)!)) return true;
    if (/(?:^|\/)\.vscode\/settings\.json$/i.test(path)) return true;
    return this.#kinds.some((kind) => kind.excludes(names));
  }
}

/** The rules of one kind of ignore file. */
class IgnoreFileRules {
  readonly #name: string;
  readonly #read: ReadRelative;
  readonly #shared: () => string;
  readonly #folders = new Map<string, { patterns: string; rules: Ignore | null }>();

  constructor(name: string, read: ReadRelative, shared: () => string) {
    this.#name = name;
    this.#read = read;
    this.#shared = shared;
  }

  excludes(names: readonly string[]): boolean {
    // As in git, nothing inside an ignored folder comes back: the rules in it do not count.
    let patterns = this.#shared();
    for (let depth = 0; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join('/');
      const own = this.#read(depth === 0 ? this.#name : `${folder}/${this.#name}`) ?? '';
      // All that hold in the folder, told from the top, the nearest last.
      patterns += `\n${depth === 0 ? own : own.replace(/^.+$/gm, (line) => rooted(line, folder))}`;
      const entry = names.slice(0, depth + 1).join('/');
      const isFile = depth === names.length - 1;
      if (this.#rulesOf(folder, patterns)?.ignores(isFile ? entry : `${entry}/`)) return true;
    }
    return false;
  }

  #rulesOf(folder: string, patterns: string): Ignore | null {
    let entry = this.#folders.get(folder);
    if (entry?.patterns !== patterns) {
      entry = { patterns, rules: patterns.trim() === '' ? null : ignore().add(patterns) };
      this.#folders.set(folder, entry);
    }
    return entry.rules;
  }
}

/** A pattern of a folder's ignore file as one of the top folder's. */
function rooted(line: string, folder: string): string {
  if (line.startsWith('#')) return '';
  const [, not, pattern] = /^(!?)(.*)$/.exec(line)!;
  if (pattern.trim() === '') return '';
  const place = folder.replace(/[\\*?[\]!# ]/g, '\\$&');
  const anchored = /\/(?=\s*\S)/.test(pattern);
  return `${not}/${place}/${anchored ? pattern.replace(/^\//, '') : `**/${pattern}`}`;
}
