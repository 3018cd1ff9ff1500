import { hostname } from 'node:os';
import { type Disposable, env, l10n, MarkdownString, StatusBarAlignment, window } from 'vscode';
import { hostText } from '../consent/hostText.ts';
import type { EffectiveConsent } from '../consent/organisation.ts';
import { signalText } from '../consent/signalText.ts';
import type { State } from '../consent/state.ts';
import { holdText, statusText, troubleText, untilText } from '../consent/statusText.ts';
import { commands, statusItemId } from './names.ts';

export interface StatusView {
  state: State;
  /** More about a trouble than its kind tells. */
  detail?: string | null;
  /** What may be recorded. */
  consent?: EffectiveConsent | null;
  /** What becomes of a task that has ended. */
  fate?: string;
  /** What the person should know besides. */
  warnings?: string[];
}

/** The one status-bar item: always there, and its text always tells the state. */
export class StatusItem implements Disposable {
  readonly #item = window.createStatusBarItem(statusItemId, StatusBarAlignment.Left);
  readonly #datasetFolder: () => string;
  #view: StatusView = { state: { kind: 'off' } };
  #steps = 0;

  constructor(datasetFolder: () => string) {
    this.#datasetFolder = datasetFolder;
    this.#item.name = 'Understudy';
    this.#item.command = commands.toggle;
  }

  show(view: StatusView): void {
    this.#view = view;
    this.#showText();
    this.#item.tooltip = this.#tooltip(view);
    this.#item.show();
  }

  /** How many steps the open task has. */
  showSteps(steps: number): void {
    if (steps === this.#steps) return;
    this.#steps = steps;
    if (this.#view.state.kind === 'recording') this.#showText();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #showText(): void {
    const { state } = this.#view;
    const text = statusText(state, l10n.t, { steps: this.#steps, now: Date.now(), language: env.language });
    this.#item.text = text;
    const words = text.replace(/\$\([\w-]+\)\s*/, '');
    this.#item.accessibilityInformation = { label: `${words}. ${explanation(state)}`, role: 'button' };
  }

  #tooltip({ state, detail, consent, fate, warnings = [] }: StatusView): MarkdownString {
    const tooltip = new MarkdownString('', true);
    const add = (text: string) => tooltip.appendMarkdown(`${text}\n\n`);
    if (state.kind === 'trouble' && detail) tooltip.appendText(detail).appendMarkdown('\n\n');
    add(explanation(state));
    for (const warning of warnings) add(`$(warning) ${warning}`);
    if (consent && state.kind !== 'off') {
      const signals = consent.signals.map((signal) => signalText(signal, l10n.t).label).join(', ');
      add(state.kind === 'recording' ? l10n.t('Recorded: {0}', signals) : l10n.t('Agreed to: {0}', signals));
      add(
        l10n.t(
          'Records go to {0} on {1}',
          `\`${this.#datasetFolder().replaceAll('`', '')}\``,
          hostText(env.remoteName, hostname(), l10n.t),
        ),
      );
      if (fate) add(fate);
    }
    add(actionsIn(state).join(' · '));
    tooltip.isTrusted = { enabledCommands: Object.values(commands) };
    return tooltip;
  }
}

function actionsIn({ kind }: State): string[] {
  const finish = link(l10n.t('Finish task'), commands.finishTask);
  return [
    ...(kind === 'recording' ? [link(l10n.t('Pause…'), commands.pause), finish] : []),
    ...(kind === 'paused' ? [link(l10n.t('Resume'), commands.toggle), finish] : []),
    ...(kind === 'off' ? [] : [link(l10n.t('Held tasks…'), commands.heldTasks)]),
    ...(kind === 'off' ? [] : [link(l10n.t('Open dataset folder'), commands.openDatasetFolder)]),
    ...(kind === 'off' ? [] : [link(l10n.t('Stop recording'), commands.stop)]),
    link(l10n.t('What is recorded'), commands.showPolicy),
  ];
}

function link(text: string, command: string): string {
  return `[${text}](command:${command})`;
}

function explanation(state: State): string {
  switch (state.kind) {
    case 'off':
      return l10n.t('Nothing is recorded. Click to read what would be, and to decide.');
    case 'recording':
      return l10n.t('Your work in this workspace is recorded, as you agreed. Click to pause.');
    case 'paused':
      return state.until === null
        ? l10n.t('Nothing is recorded in any window on this host until somebody resumes. Click to resume.')
        : l10n.t(
            'Nothing is recorded in any window on this host until {0}. Click to resume.',
            untilText(state.until, { now: Date.now(), language: env.language }),
          );
    case 'held':
      return holdText(state.why, l10n.t);
    case 'trouble':
      return troubleText(state.what, l10n.t);
  }
}
