import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs git in a folder, with an identity and without the settings of the machine. */
export function gitIn(folder: string): (...args: string[]) => string {
  const env = {
    ...process.env,
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: 'true' },
    ...{ GIT_AUTHOR_NAME: 'Author', GIT_AUTHOR_EMAIL: 'author@example.com' },
    ...{ GIT_COMMITTER_NAME: 'Author', GIT_COMMITTER_EMAIL: 'author@example.com' },
  };
  return (...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe', env }).trim();
}

/** A repository for a test, with a branch `main` that has no commit yet. */
export class GitRepository {
  readonly folder: string;
  readonly git: (...args: string[]) => string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.git = gitIn(folder);
    this.git('init', '-q', '-b', 'main');
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  /** Writes a file and commits it. */
  commit(name: string, message = name, text = `${message}\n`, ...options: string[]): string {
    this.write(name, text);
    this.git('add', '.');
    this.git('commit', '-qm', message, ...options);
    return this.git('rev-parse', 'HEAD');
  }

  /** For a command that ends red, as a merge with conflicts does. */
  tryGit(...args: string[]): void {
    try {
      this.git(...args);
    } catch {
      // Wanted.
    }
  }
}
