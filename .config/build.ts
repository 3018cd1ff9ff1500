/**
 * Bundles the sources into dist/: the extension, the sealing worker, the page of a review, and the
 * command-line tool as a package of its own.
 * `node .config/build.ts [--watch] [--minify]`
 */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BuildOptions, context, type Plugin } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

const duckdb = '@duckdb/node-api';

const common: BuildOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // VS Code 1.100 and the command-line tool's minimum both run Node 20.
  target: 'node20',
  minify,
  sourcemap: minify ? false : 'linked',
  define: { UNDERSTUDY_VERSION: JSON.stringify(manifest.version), 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
  outExtension: { '.js': '.cjs' },
};

/** What is imported where it is needed stands in a file of its own: the editor compiles only what it runs at its start. */
const separate: Plugin = {
  name: 'separate',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
    ),
};

const bundles: BuildOptions[] = [
  {
    entryPoints: {
      extension: 'src/extension.ts',
      recording: 'src/editor/recording.ts',
      sealingWorker: 'src/sealing/worker.ts',
    },
    external: ['vscode'],
    outdir: 'dist',
    plugins: [separate],
    supported: { 'dynamic-import': false },
  },
  {
    entryPoints: { understudy: 'src/cli/main.ts', sealingWorker: 'src/sealing/worker.ts' },
    // Native, and for pack alone: installed beside the command, not bundled.
    external: [duckdb],
    outdir: 'dist/cli',
  },
  {
    // The page of a review.
    entryPoints: { review: 'src/review/main.tsx', style: 'src/review/review.css' },
    outdir: 'dist/review',
    platform: 'browser',
    format: 'iife',
    // Chromium of VS Code 1.100.
    target: 'chrome132',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outExtension: {},
  },
];

const cliManifest = {
  name: manifest.name,
  version: manifest.version,
  description: 'Reads, checks and makes Understudy datasets',
  license: manifest.license,
  engines: { node: '>=20' },
  bin: { understudy: 'understudy.cjs' },
  optionalDependencies: { [duckdb]: manifest.devDependencies[duckdb] },
  files: ['*.cjs', '*.sql', '*.py'],
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist/cli', { recursive: true });
await copyFile('LICENSE', 'dist/cli/LICENSE');
await writeFile('dist/cli/package.json', `${JSON.stringify(cliManifest, null, 2)}\n`);
for (const name of ['decide.sql', 'pack_spark.py']) await copyFile(`src/pack/${name}`, `dist/cli/${name}`);
for (const bundle of bundles) {
  const build = await context({ ...common, ...bundle });
  await build.rebuild();
  if (watch) await build.watch();
  else await build.dispose();
}
