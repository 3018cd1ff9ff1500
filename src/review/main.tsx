/** The page of a review, as the editor shows it. What it shows may be hostile: it is only ever text. */
import { render } from 'preact';
import * as z from 'zod';
import { App, type Place } from './app.tsx';
import { useNonce } from './editors.ts';
import type { ExamplePlace } from './examplesPane.tsx';
import { t, useStrings } from './l10n.ts';
import { type FromPage, type Shown, toPage } from './messages.ts';

/** What VS Code gives to the pages that it shows. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Place): void;
};

// The page's policy lets nothing be compiled.
z.config({ jitless: true });

const place = z.strictObject({
  span: z.strictObject({ anchor: z.int().nonnegative(), active: z.int().nonnegative() }),
  tab: z.string(),
});

const code = acquireVsCodeApi();
const root = document.getElementById('root') as HTMLElement;
useNonce((document.currentScript as HTMLScriptElement).nonce);
useStrings(JSON.parse(root.dataset.strings ?? '{}'));

let shown: Shown | null = null;
let isBusy = true;
let example: (ExamplePlace & { text: string }) | null = null;

const post = (message: FromPage) => code.postMessage(message);
/** Only for as long as the tab is open, and only numbers and the name of a tab. */
const onPlace = (state: Place) => code.setState(state);
const before = place.safeParse(code.getState()).data ?? null;

function draw(): void {
  const app = shown ? (
    <App shown={shown} isBusy={isBusy} example={example} place={before} onPlace={onPlace} post={post} />
  ) : (
    <p class="empty">{t('The task is read…')}</p>
  );
  render(app, root);
}

window.addEventListener('message', ({ data }) => {
  const message = toPage.parse(data);
  if (message.type === 'show') {
    shown = message;
    example = null;
  } else if (message.type === 'busy') isBusy = message.busy;
  else example = message;
  draw();
});
draw();
post({ type: 'ready' });
