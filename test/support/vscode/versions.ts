/** The VS Code versions that every test in a real workbench runs on. */

export type VersionName = 'newest' | 'minimum';

export interface HostVersion {
  /** VS Code's own version, as `vscode.version` reports it; also the desktop build to download. */
  vscode: string;
  /** The npm package `code-server` that carries this version's server and workbench. */
  codeServer: string;
  /** The Node version that the server is run by: the one its desktop twin embeds. `null` is the Node that runs the tests. */
  node: string | null;
  /** What the server needs beside its own dependencies, because install scripts that would compile or download are skipped. */
  extraPackages: string[];
}

/** Both have prebuilt binaries for Linux, so that no compiler is needed. */
const NODE_PTY = 'node-pty@1.2.0-beta.15';
const RIPGREP = `@vscode/ripgrep-${process.platform}-${process.arch}@1.18.0`;

export const VERSIONS: Record<VersionName, HostVersion> = {
  newest: { vscode: '1.139.1', codeServer: '4.139.1', node: null, extraPackages: [] },
  // The oldest that starts this way; `engines.vscode` asks for it.
  minimum: { vscode: '1.100.3', codeServer: '4.100.3', node: '20.19.1', extraPackages: [NODE_PTY, RIPGREP] },
};

export const isVersionName = (name: string): name is VersionName => Object.hasOwn(VERSIONS, name);
