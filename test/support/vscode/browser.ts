import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { cached } from './cache.ts';

const run = promisify(execFile);

/** How to launch Chromium; to be spread into Playwright's launch options. */
export interface Browser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const INSTALLED = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
} as Partial<Record<NodeJS.Platform, string[]>>;

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  // A page in the background must not be slowed down: VS Code waits on timers and animation frames.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  // Containers often have a /dev/shm of 64 MB, too small for a workbench.
  '--disable-dev-shm-usage',
];

/** `CHROME_PATH`, else an installed Chrome or Chromium, else the one that the npm package `@sparticuz/chromium` ships. */
export async function findBrowser(): Promise<Browser> {
  // Chromium's sandbox does not work for root, which is who one is in most containers.
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  const env = { ...process.env } as Record<string, string>;
  const installed = process.env.CHROME_PATH || findInstalled();
  if (installed) return { executablePath: installed, args, env };

  const folder = await unpackChromium();
  return {
    executablePath: join(folder, 'chromium'),
    // It is a build for serverless platforms: it has no sandbox helper and no GPU process.
    args: [...new Set([...args, '--no-sandbox', '--no-zygote', '--in-process-gpu'])],
    env: {
      ...env,
      LD_LIBRARY_PATH: [join(folder, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

function findInstalled(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = (INSTALLED[process.platform] ?? []).flatMap((name) =>
    name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find(existsSync);
}

async function unpackChromium(): Promise<string> {
  const root = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chrome or Chromium found: set CHROME_PATH.');
  return await cached(`chromium-${version}`, async (folder) => {
    console.log(`Unpacking Chromium ${version} …`);
    await inflate(join(root, 'bin/chromium.br'), join(folder, 'chromium'));
    await chmod(join(folder, 'chromium'), 0o755);
    for (const name of ['al2023.tar', 'swiftshader.tar', 'fonts.tar']) {
      const archive = join(folder, name);
      await inflate(join(root, `bin/${name}.br`), archive);
      await run('tar', ['-xf', archive], { cwd: folder });
      await rm(archive);
    }
    // The one in the package names folders of a serverless platform only.
    await writeFile(join(folder, 'fonts.conf'), FONTS_CONF);
  });
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

/** The machine's fonts first, so that code is monospaced where it can be, then the package's own. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`;
