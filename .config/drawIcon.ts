/** Draws media/icon.png from media/icon.svg: `node .config/drawIcon.ts`. The marketplace takes no SVG. */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { findBrowser } from '../test/support/vscode/browser.ts';

const size = 256;
const browser = await chromium.launch(await findBrowser());
const page = await browser.newPage({ viewport: { width: size, height: size } });
await page.setContent(`<style>body { margin: 0 }</style>${await readFile('media/icon.svg', 'utf8')}`);
await writeFile('media/icon.png', await page.screenshot({ omitBackground: true }));
await browser.close();
