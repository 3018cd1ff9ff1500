/**
 * What recording costs the editor: `npm run bench:capture -- TRACE…`, with keystroke traces of the `editing-traces` form.
 * Runs inside a real VS Code (`--version minimum` for the oldest supported one); see `captureInHost.ts` for what is measured.
 */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForHost, runInside } from '../support/vscode/runInside.ts';
import { isVersionName } from '../support/vscode/versions.ts';

const { values, positionals } = parseArgs({
  options: { version: { type: 'string', default: 'newest' } },
  allowPositionals: true,
});
const traces = positionals.map((file) => resolve(file));
const missing = traces.find((file) => !existsSync(file));
if (traces.length === 0 || missing || !isVersionName(values.version)) {
  console.error(
    missing
      ? `${missing} is not there.`
      : 'Name keystroke traces: npm run bench:capture -- rustcode.json.gz [--version newest|minimum]',
  );
  process.exit(2);
}

const bundle = join(import.meta.dirname, '../../dist/test/bench.cjs');
await bundleForHost(`export { run } from './captureInHost.ts';`, import.meta.dirname, bundle);
const title = `${cpus()[0].model}, ${cpus().length} processors: capture`;
const passed = await runInside(values.version, bundle, { UNDERSTUDY_BENCH_TRACES: JSON.stringify(traces) }, title);
process.exitCode = passed ? 0 : 1;
