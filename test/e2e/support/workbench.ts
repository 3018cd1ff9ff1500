import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { findBrowser } from '../../support/vscode/browser.ts';
import type { VSCodeServer } from '../../support/vscode/server.ts';

export interface WorkbenchOptions {
  /** Or a file that names several: `….code-workspace`. */
  folder: string;
  /** The browser's memory, secrets among it; a temporary folder unless given. Give it to go on after a restart. */
  profileDir?: string;
  size?: { width: number; height: number };
  /** 2 for sharp screenshots. */
  scale?: number;
}

const startTimeout = 60_000;
/** Between two keys: as fast as a quick typist, and slow enough for the workbench to follow. */
const keyDelay = 25;

/** The workbench as a person has it: seen through the page, worked by clicks and keys, and nothing else. */
export class Workbench {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #profileDir: string;
  readonly #isTemporary: boolean;

  private constructor(context: BrowserContext, page: Page, profileDir: string, isTemporary: boolean) {
    this.#context = context;
    this.page = page;
    this.#profileDir = profileDir;
    this.#isTemporary = isTemporary;
  }

  static async open(server: VSCodeServer, options: WorkbenchOptions): Promise<Workbench> {
    const { size = { width: 1280, height: 800 }, scale = 1 } = options;
    const profileDir = options.profileDir ?? (await mkdtemp(join(tmpdir(), 'understudy-profile-')));
    const context = await chromium.launchPersistentContext(profileDir, {
      ...(await findBrowser()),
      viewport: size,
      deviceScaleFactor: scale,
    });
    await keepSecrets(context, server.url);
    const page = context.pages()[0] ?? (await context.newPage());
    const workbench = new Workbench(context, page, profileDir, !options.profileDir);
    const kind = options.folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
    await page.goto(`${server.url}?${kind}=${encodeURIComponent(options.folder)}`);
    await workbench.#ready();
    // In a browser the editor starts now and then without the folders of a workspace file, and is right after a reload.
    if (kind === 'workspace' && (await workbench.#lacksFolders())) await workbench.reload();
    return workbench;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  async close(): Promise<void> {
    await this.#context.close();
    if (this.#isTemporary) await rm(this.#profileDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  /** The status bar's item of the extension. */
  get statusItem(): Locator {
    return this.page.locator('.statusbar-item[id="understudy.understudy.understudy.status"]');
  }

  async status(): Promise<string> {
    return ((await this.statusItem.textContent()) ?? '').trim();
  }

  /** Waits until the status bar says so. */
  async waitForStatus(text: string): Promise<void> {
    await this.statusItem.filter({ hasText: text }).waitFor({ timeout: 30_000 });
  }

  async clickStatus(): Promise<void> {
    await this.statusItem.click();
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async clickDialogButton(label: string): Promise<void> {
    await this.dialog.getByRole('button', { name: label, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }

  /** In dark and in high contrast, and then as it was: `-dark` and `-contrast` are added to the name. */
  async screenshotInThemes(path: string): Promise<void> {
    for (const [theme, suffix] of [
      ['Dark Modern', '-dark'],
      ['Dark High Contrast', '-contrast'],
      ['Light Modern', null],
    ]) {
      await this.runCommand('Preferences: Color Theme');
      await this.page.keyboard.type(theme ?? '', { delay: keyDelay });
      await this.page.keyboard.press('Enter');
      await this.#quickInput.waitFor({ state: 'hidden' });
      await delay(1000);
      if (suffix) await this.screenshot(path.replace(/\.png$/, `${suffix}.png`));
    }
  }

  /** By the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.#quickInput.waitFor();
    await this.page.keyboard.type(title, { delay: keyDelay });
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /** Of the list that asks for one of several things. */
  async choose(text: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** The page inside of the webview that is open. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Shows the views of the extension by a click in the activity bar. */
  async openUnderstudy(): Promise<void> {
    await this.page.locator('.activitybar .action-item a[aria-label^="Understudy"]').click();
    await this.section('Current Task').waitFor();
  }

  /** One of the views of the side bar. */
  section(title: string): Locator {
    return this.page.locator('.sidebar .pane').filter({ has: this.page.locator('.pane-header').getByText(title) });
  }

  /** The row with this text in a view of the side bar. */
  row(title: string, text: string): Locator {
    return this.section(title).locator('.monaco-list-row').filter({ hasText: text });
  }

  /** Clicks on an icon that shows while the pointer is on the row. */
  async clickInRow(row: Locator, label: string): Promise<void> {
    await row.hover();
    await row.locator(`.action-label[aria-label="${label}"]`).click();
  }

  /** Opens the editor's context menu at the cursor, and clicks on an item. */
  async chooseInContextMenu(label: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    const item = this.page.getByRole('menuitem', { name: label });
    await item.hover();
    // A menu takes no click right after it has opened.
    await delay(300);
    await item.click();
    await item.waitFor({ state: 'detached' });
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.notification(/./).first().waitFor({ state: 'detached' });
  }

  /** Answers the input box with this title. */
  async answer(title: string, text: string): Promise<void> {
    await this.#quickInput.locator('.quick-input-title').filter({ hasText: title }).waitFor();
    await this.page.keyboard.type(text, { delay: keyDelay });
    await this.page.keyboard.press('Enter');
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** Chooses in the quick pick with this title: the first item that fits the text. */
  async pick(title: string, text = ''): Promise<void> {
    const shown = this.#quickInput.locator('.quick-input-title').filter({ hasText: title });
    await shown.waitFor();
    await this.#quickInput.locator('.monaco-list-row').first().waitFor();
    await this.page.keyboard.type(text, { delay: keyDelay });
    await this.page.keyboard.press('Enter');
    await shown.waitFor({ state: 'hidden' });
  }

  /** The list to choose from with this title. */
  quickPick(title: string): Locator {
    return this.#quickInput.filter({ has: this.page.locator('.quick-input-title').filter({ hasText: title }) });
  }

  /** The entry of the list that is shown whose name begins so. */
  pickEntry(label: string): Locator {
    return this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${label}"]`);
  }

  /** What the pointer over the status bar's item shows. */
  async tooltip(): Promise<string> {
    await this.statusItem.hover();
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: 'What is recorded' });
    await hover.waitFor();
    return (await hover.textContent()) ?? '';
  }

  /** By quick open. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.#quickInput.waitFor();
    await this.page.keyboard.type(name, { delay: keyDelay });
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    await this.page.locator('.tab.active').filter({ hasText: name }).waitFor();
    await this.editor.waitFor();
  }

  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Puts the cursor at the end of a line, 1-based. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.#quickInput.waitFor();
    await this.page.keyboard.type(String(line), { delay: keyDelay });
    await this.page.keyboard.press('Enter');
    await this.#quickInput.waitFor({ state: 'hidden' });
    await this.page.keyboard.press('End');
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: keyDelay });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await delay(keyDelay);
    }
  }

  /** Saves, and waits until the editor says that nothing is unsaved. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Opens a terminal, or shows the one that is open, and waits until it takes commands. */
  async showTerminal(): Promise<void> {
    await this.page.keyboard.press('Control+`');
    await this.page.locator('.terminal-wrapper.active .xterm').waitFor({ timeout: 30_000 });
    // The mark at the prompt comes from shell integration, without which the extension sees no commands.
    await this.page.locator('.terminal-command-decoration').first().waitFor({ timeout: 30_000 });
    await this.#waitForPrompt(30_000);
  }

  /** Types a command in the terminal and waits until it has ended. */
  async runInTerminal(command: string, timeout = 60_000): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm').click();
    await this.type(command);
    await this.page.keyboard.press('Enter');
    await this.#waitForPrompt(timeout);
  }

  /** The prompt alone on the last line: the shell waits for a command. */
  async #waitForPrompt(timeout: number): Promise<void> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    const end = Date.now() + timeout;
    for (;;) {
      const texts = (await rows.allTextContents()).map((text) => text.replaceAll('\u00a0', ' ').trim());
      const last = texts.filter((text) => text !== '').at(-1);
      if (last === '$') return;
      if (Date.now() > end) throw new Error(`The terminal shows no prompt, but: ${last}`);
      await delay(100);
    }
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: startTimeout });
    await this.statusItem.waitFor({ timeout: startTimeout });
  }

  /** Whether the explorer, once it is filled, says that no folder is open. */
  async #lacksFolders(): Promise<boolean> {
    const explorer = this.page.locator('.explorer-viewlet');
    const empty = explorer.getByText('You have not yet added a folder');
    await empty.or(explorer.locator('.monaco-list-row')).first().waitFor({ timeout: startTimeout });
    return await empty.isVisible();
  }
}

/**
 * In this host the editor keeps secrets in the browser, encrypted with a key that the server hands out: with such a key
 * they outlive a reload, as in a desktop's keyring.
 */
async function keepSecrets(context: BrowserContext, url: string): Promise<void> {
  await context.addCookies([{ name: 'vscode-secret-key-path', value: '/mint-key', url }]);
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
}
