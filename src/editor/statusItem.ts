import { type Disposable, l10n, MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { State } from '../consent/state.ts';
import { holdText, statusText, troubleText } from '../consent/statusText.ts';
import { commands, statusItemId } from './names.ts';

/** The one status-bar item: always there, and its text always tells the state. */
export class StatusItem implements Disposable {
  readonly #item = window.createStatusBarItem(statusItemId, StatusBarAlignment.Left);
  readonly #datasetFolder: () => string;

  constructor(datasetFolder: () => string) {
    this.#datasetFolder = datasetFolder;
    this.#item.name = 'Understudy';
    this.#item.command = commands.toggle;
  }

  /** @param detail more about a trouble than its kind tells. */
  show(state: State, detail: string | null = null): void {
    this.#item.text = statusText(state, l10n.t);
    const label = this.#item.text.replace(/\$\([\w-]+\)\s*/, '');
    this.#item.accessibilityInformation = { label, role: 'button' };
    this.#item.tooltip = this.#tooltip(state, detail);
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #tooltip(state: State, detail: string | null): MarkdownString {
    const lines = [explanation(state)];
    if (state.kind === 'recording' || state.kind === 'paused') {
      lines.push(l10n.t('Records go to {0}', `\`${this.#datasetFolder()}\``));
      lines.push(
        [
          link(l10n.t('Finish task'), commands.finishTask),
          link(l10n.t('Open dataset folder'), commands.openDatasetFolder),
          link(l10n.t('Stop recording'), commands.stop),
        ].join(' · '),
      );
    }
    lines.push(link(l10n.t('What is recorded'), commands.showPolicy));
    const tooltip = new MarkdownString();
    if (state.kind === 'trouble' && detail) {
      tooltip.appendText(detail);
      tooltip.appendMarkdown('\n\n');
    }
    tooltip.appendMarkdown(lines.join('\n\n'));
    tooltip.isTrusted = { enabledCommands: Object.values(commands) };
    return tooltip;
  }
}

function link(text: string, command: string): string {
  return `[${text}](command:${command})`;
}

function explanation(state: State): string {
  switch (state.kind) {
    case 'off':
      return l10n.t('Nothing is recorded. Click to read what would be, and to decide.');
    case 'recording':
      return l10n.t(
        'What you edit, look at, run, debug and commit in this workspace is recorded, and what other programs change. Click to pause.',
      );
    case 'paused':
      return l10n.t('Nothing is recorded while paused. Click to resume.');
    case 'held':
      return holdText(state.why, l10n.t);
    case 'trouble':
      return troubleText(state.what, l10n.t);
  }
}
