/**
 * Installs the VS Code server that the npm package `code-server` carries. It is a complete VS Code: the same extension
 * host, workbench and built-in extensions as the desktop, to be had from the npm registry alone.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { npm, unpackPackage } from './npm.ts';
import type { HostVersion } from './versions.ts';

/** Grows when the steps below change, so that a cached installation is made anew. */
const RECIPE = 3;

export interface InstalledServer {
  version: HostVersion;
  /** The Node binary that runs it. */
  node: string;
  /** The folder with `out/server-main.js`. */
  root: string;
}

export async function installServer(version: HostVersion): Promise<InstalledServer> {
  if (process.platform !== 'linux') {
    throw new Error(
      `The VS Code server of the npm registry runs on Linux only, not on ${process.platform}: set UNDERSTUDY_TEST_HOST=desktop.`,
    );
  }
  const platform = `${process.platform}-${process.arch}`;
  const folder = await cached(`vscode-server-${platform}-${version.vscode}-${RECIPE}`, async (target) => {
    console.log(`Installing VS Code ${version.vscode} (npm package code-server@${version.codeServer}) …`);
    await unpackPackage(`code-server@${version.codeServer}`, target);
    const root = join(target, 'lib/vscode');
    // `npm ci` refuses the shrinkwrap. Scripts would download and compile; what they are needed for comes prebuilt instead.
    await npm(
      root,
      'install',
      '--omit=dev',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      ...version.extraPackages,
    );
    // The package leaves out what the built-in extensions share: TypeScript, with its language server.
    await npm(join(root, 'extensions'), 'install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund');
    await copyFile(join(import.meta.dirname, 'spdlog.cjs'), join(root, 'node_modules/@vscode/spdlog/index.js'));
    if (version.extraPackages.some((name) => name.includes('ripgrep'))) await placeRipgrep(root, platform);
  });
  return { version, node: await nodeFor(version, platform), root: join(folder, 'lib/vscode') };
}

/** Older versions of `@vscode/ripgrep` download the binary in a script; quick open and search fail without it. */
async function placeRipgrep(root: string, platform: string): Promise<void> {
  const modules = join(root, 'node_modules/@vscode');
  await mkdir(join(modules, 'ripgrep/bin'), { recursive: true });
  await copyFile(join(modules, `ripgrep-${platform}/bin/rg`), join(modules, 'ripgrep/bin/rg'));
}

/** Node by npm too, so that a test never depends on what a machine happens to have. */
async function nodeFor({ node }: HostVersion, platform: string): Promise<string> {
  if (!node) return process.execPath;
  const folder = await cached(`node-${platform}-${node}`, async (target) => {
    console.log(`Installing Node ${node} …`);
    await unpackPackage(`node-${platform}@${node}`, target);
    await rm(join(target, 'include'), { recursive: true, force: true });
  });
  return join(folder, 'bin/node');
}
