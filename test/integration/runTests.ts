/**
 * Runs the integration tests inside VS Code, in the newest and in the oldest version that the extension supports.
 * `node test/integration/runTests.ts [--version newest|minimum] [--grep pattern]`; `dist/` must have been built.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { findHost } from '../support/vscode/host.ts';
import { BASE_SETTINGS, changeSettings, userSettingsFile } from '../support/vscode/settings.ts';
import { createTestWorkspace } from '../support/vscode/testWorkspace.ts';
import { isVersionName, VERSIONS, type VersionName } from '../support/vscode/versions.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLE = join(ROOT, 'dist/test/integration.cjs');

const { values } = parseArgs({ options: { version: { type: 'string' }, grep: { type: 'string' } } });
if (values.version && !isVersionName(values.version))
  throw new Error(`--version is one of ${Object.keys(VERSIONS).join(', ')}`);
const versions = (values.version ? [values.version] : Object.keys(VERSIONS)) as VersionName[];

await bundleTests();
const failed: string[] = [];
for (const version of versions) {
  if (!(await run(version))) failed.push(version);
}
if (failed.length > 0) {
  console.log(`\nFailed in: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** One file, so that the extension host needs no TypeScript. `require` keeps each test file from running before mocha is ready. */
async function bundleTests(): Promise<void> {
  const files = (await readdir(import.meta.dirname, { recursive: true }))
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  const contents = [
    `import { runMocha } from './index.ts';`,
    `export const run = () => runMocha(() => {`,
    ...files.map((file) => `  require(${JSON.stringify(`./${file}`)});`),
    `});`,
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, sourcefile: relative(ROOT, BUNDLE), loader: 'ts' },
    outfile: BUNDLE,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

async function run(name: VersionName): Promise<boolean> {
  const { vscode } = VERSIONS[name];
  const host = await findHost(name);
  console.log(`\nIntegration tests in VS Code ${vscode} (${name}, ${host.kind})`);
  const workspace = await createTestWorkspace();
  // Short: on macOS VS Code puts a socket there, whose path may have 103 characters.
  const userDataDir = await mkdtemp(join(tmpdir(), 'ust-'));
  try {
    await mkdir(join(userDataDir, 'User'), { recursive: true });
    await changeSettings(userSettingsFile(userDataDir), BASE_SETTINGS);
    await runTests({
      vscodeExecutablePath: host.executable,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: BUNDLE,
      extensionTestsEnv: { UNDERSTUDY_EXPECTED_VSCODE: vscode, UNDERSTUDY_TEST_GREP: values.grep },
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
