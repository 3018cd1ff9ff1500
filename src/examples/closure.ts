/** Whether files hold all that running them needs, as far as their imports tell. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

const script = /\.[cm]?[jt]sx?$/;
const endings = ['', '.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];
const imports =
  /(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*|\bexport\s+\*\s+from\s*)(?:'([^'\n]+)'|"([^"\n]+)")/g;
const builtins: ReadonlySet<string> = new Set(builtinModules);

/**
 * What the JavaScript and TypeScript among the files imports and no file, no package of a manifest and no module of Node
 * is; sorted. Files that a program opens by itself are not seen.
 * @param files texts by path
 */
export function missingImports(files: ReadonlyMap<string, string>): string[] {
  const packages = packagesOf(files);
  const missing = new Set<string>();
  for (const [path, text] of files) {
    if (!script.test(path)) continue;
    for (const [, single, double] of text.matchAll(imports)) {
      const name = single ?? double;
      const isThere = name.startsWith('.')
        ? isFile(posix.join(posix.dirname(path), name), files)
        : isPackage(name, packages);
      if (!isThere) missing.add(`${name} (${path})`);
    }
  }
  return [...missing].sort();
}

function isFile(path: string, files: ReadonlyMap<string, string>): boolean {
  // TypeScript names what it will be compiled to.
  const source = path.replace(/\.([cm]?)js$/, '.$1ts');
  return [path, source].some((name) => endings.some((ending) => files.has(name + ending)));
}

function isPackage(name: string, packages: ReadonlySet<string>): boolean {
  if (name.startsWith('node:') || builtins.has(name.split('/')[0])) return true;
  return packages.has(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
}

/** Packages that the manifests among the files ask for. */
export function packagesOf(files: ReadonlyMap<string, string>): Set<string> {
  const names = new Set<string>();
  for (const [path, text] of files) {
    if (posix.basename(path) !== 'package.json') continue;
    const manifest = parsed(text);
    for (const key of ['dependencies', 'devDependencies']) {
      const found = manifest?.[key];
      if (typeof found === 'object' && found !== null) for (const name of Object.keys(found)) names.add(name);
    }
  }
  return names;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
