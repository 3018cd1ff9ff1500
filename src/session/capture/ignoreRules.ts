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

/** Reads a file given by its path relative to the top folder; null if there is none. */
export type ReadRelative = (path: string) => string | null;

/**
 * Which files below a folder are not recorded. Paths are relative to it, with forward slashes. Ignore files are read at
 * each question: one that was written a moment ago counts, whether a watcher has told of it or not.
 */
export class IgnoreRules {
  readonly #read: ReadRelative;
  readonly #shared: string;
  readonly #folders = new Map<string, { patterns: string; rules: Ignore }>();

  /** `shared`: patterns from outside the tree (`.git/info/exclude`, the person's own), weakest first. */
  constructor(read: ReadRelative, shared = '') {
    this.#read = read;
    this.#shared = shared;
  }

  excludes(path: string): boolean {
    const names = path.split('/');
    if (isExcludedPlace(path) || excludedFile.test(names.at(-1)!)) return true;
    if (/(?:^|\/)\.vscode\/settings\.json$/i.test(path)) return true;
    // As in git, nothing inside an ignored folder comes back: the rules in it do not count.
    for (let depth = 0; depth < names.length; depth++) {
      const entry = names.slice(0, depth + 1).join('/');
      const isFile = depth === names.length - 1;
      if (this.#patternsOf(names.slice(0, depth).join('/')).rules.ignores(isFile ? entry : `${entry}/`)) return true;
    }
    return false;
  }

  /** All patterns that hold in a folder, told from the top, the nearest last. */
  #patternsOf(folder: string): { patterns: string; rules: Ignore } {
    const inherited = folder === '' ? this.#shared : this.#patternsOf(parentOf(folder)).patterns;
    const own = this.#read(folder === '' ? '.gitignore' : `${folder}/.gitignore`) ?? '';
    const patterns = `${inherited}\n${folder === '' ? own : own.replace(/^.+$/gm, (line) => rooted(line, folder))}`;
    let entry = this.#folders.get(folder);
    if (entry?.patterns !== patterns) {
      entry = { patterns, rules: ignore().add(patterns) };
      this.#folders.set(folder, entry);
    }
    return entry;
  }
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
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
