/**
 * Poses as the `code` executable of the desktop, for `runTests()` of `@vscode/test-electron`: it takes the same
 * arguments, runs the tests module in a VS Code server's extension host, prints what the tests print, and exits with
 * their exit code. `node code.ts <version> [arguments of code]`
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.ts';
import { VSCodeServer } from './server.ts';
import { TEST_OUTPUT } from './testOutput.ts';
import { isVersionName } from './versions.ts';

/** From the page's start to the first line that a test prints. */
const START_TIMEOUT = 60_000;

const [version = '', ...args] = process.argv.slice(2);
if (!isVersionName(version)) throw new Error(`Unknown version ${version}`);

const { values, positionals } = parseArgs({
  args,
  // The desktop takes many more, which mean nothing here.
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});
const [folder] = positionals;
const testsPath = values.extensionTestsPath;
if (!folder || typeof testsPath !== 'string') throw new Error('A folder and --extensionTestsPath are needed.');

const server = await VSCodeServer.start({
  version,
  userDataDir: values['user-data-dir'] as string | undefined,
  extensionsDir: values['extensions-dir'] as string | undefined,
  automation: true,
});
const browser = await chromium.launch({
  ...(await findBrowser()),
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
});

/** What VS Code itself logs: of interest only where no test could run. */
const logged: string[] = [];
let printed = false;

/** However the run ends; and should we be killed, the pipes that close with us end browser and server. */
async function exit(code: number): Promise<void> {
  if (code !== 0 && !printed) console.error(logged.join('\n'));
  await Promise.allSettled([browser.close(), server.dispose()]);
  process.exit(code);
}

function fail(message: string): void {
  console.error(message);
  void exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void exit(130));
setTimeout(() => printed || fail('No test started.'), START_TIMEOUT).unref();

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
// As on the desktop, where an extension may read the clipboard.
await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
page.on('crash', () => fail('The workbench crashed.'));
await page.exposeFunction('codeAutomationExit', (code: number) => exit(code));
await page.exposeFunction('codeAutomationLog', (type: string, entry: unknown[]) => {
  const text = entry.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
  if (!text.startsWith(TEST_OUTPUT)) {
    logged.push(`[${type}] ${text}`);
    return;
  }
  printed = true;
  console.log(text.slice(TEST_OUTPUT.length));
});

const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
const developed = (values.extensionDevelopmentPath ?? []) as string[];
const payload = [
  ...developed.map((path) => ['extensionDevelopmentPath', remote(path)]),
  ['extensionTestsPath', remote(testsPath)],
  ['skipWelcome', 'true'],
];
await page.goto(
  `${server.url}?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
);
