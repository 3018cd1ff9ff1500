import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { findHost } from './host.ts';
import { BASE_SETTINGS, changeSettings, userSettingsFile } from './settings.ts';
import { createTestWorkspace } from './testWorkspace.ts';
import { VERSIONS, type VersionName } from './versions.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** One file, so that the extension host needs no TypeScript. @param contents an entry that exports `run()`. */
export async function bundleForHost(contents: string, resolveDir: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir, sourcefile: relative(ROOT, outfile), loader: 'ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** Calls a bundle's `run()` in the extension host of a real VS Code, on a workspace of its own. @returns whether it passed. */
export async function runInside(
  name: VersionName,
  bundle: string,
  env: Record<string, string | undefined>,
  title: string,
): Promise<boolean> {
  const { vscode } = VERSIONS[name];
  const host = await findHost(name);
  console.log(`\n${title} in VS Code ${vscode} (${name}, ${host.kind})`);
  const workspace = await createTestWorkspace();
  // Short: on macOS VS Code puts a socket there, whose path may have 103 characters.
  const userDataDir = await mkdtemp(join(tmpdir(), 'ust-'));
  try {
    await mkdir(join(userDataDir, 'User'), { recursive: true });
    await changeSettings(userSettingsFile(userDataDir), BASE_SETTINGS);
    await runTests({
      vscodeExecutablePath: host.executable,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: bundle,
      extensionTestsEnv: { UNDERSTUDY_EXPECTED_VSCODE: vscode, ...env },
      launchArgs: [
        workspace.folder,
        `--user-data-dir=${userDataDir}`,
        `--extensions-dir=${join(userDataDir, 'extensions')}`,
      ],
    });
    return true;
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error;
    return false;
  } finally {
    await workspace.dispose();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
