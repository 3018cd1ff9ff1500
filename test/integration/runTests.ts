/**
 * Runs the integration tests inside VS Code: `node test/integration/runTests.ts [--version newest|minimum] [--grep pattern]`;
 * `dist/` must have been built.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForHost, runInside } from '../support/vscode/runInside.ts';
import { isVersionName, VERSIONS, type VersionName } from '../support/vscode/versions.ts';

const { values } = parseArgs({ options: { version: { type: 'string', default: 'newest' }, grep: { type: 'string' } } });
const { version, grep } = values;
if (!isVersionName(version)) throw new Error(`--version is one of ${Object.keys(VERSIONS).join(', ')}`);
const bundle = await bundleTests(version);
const passed = await runInside(version, bundle, { UNDERSTUDY_TEST_GREP: grep }, 'Integration tests');
if (!passed) process.exitCode = 1;

/** `require` keeps each test file from running before mocha is ready. */
async function bundleTests(version: VersionName): Promise<string> {
  const files = (await readdir(import.meta.dirname, { recursive: true }))
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  const contents = [
    `import { runMocha } from './index.ts';`,
    `export const run = () => runMocha(() => {`,
    ...files.map((file) => `  require(${JSON.stringify(`./${file}`)});`),
    `});`,
  ].join('\n');
  const bundle = join(import.meta.dirname, `../../dist/test/integration-${version}.cjs`);
  await bundleForHost(contents, import.meta.dirname, bundle);
  return bundle;
}
