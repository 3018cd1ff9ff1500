/**
 * Runs the integration tests inside VS Code, in the newest and in the oldest version that the extension supports.
 * `node test/integration/runTests.ts [--version newest|minimum] [--grep pattern]`; `dist/` must have been built.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForHost, runInside } from '../support/vscode/runInside.ts';
import { isVersionName, VERSIONS, type VersionName } from '../support/vscode/versions.ts';

const BUNDLE = join(import.meta.dirname, '../../dist/test/integration.cjs');

const { values } = parseArgs({ options: { version: { type: 'string' }, grep: { type: 'string' } } });
if (values.version && !isVersionName(values.version))
  throw new Error(`--version is one of ${Object.keys(VERSIONS).join(', ')}`);
const versions = (values.version ? [values.version] : Object.keys(VERSIONS)) as VersionName[];

await bundleTests();
const failed: string[] = [];
for (const version of versions) {
  const passed = await runInside(version, BUNDLE, { UNDERSTUDY_TEST_GREP: values.grep }, 'Integration tests');
  if (!passed) failed.push(version);
}
if (failed.length > 0) {
  console.log(`\nFailed in: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** `require` keeps each test file from running before mocha is ready. */
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
  await bundleForHost(contents, import.meta.dirname, BUNDLE);
}
