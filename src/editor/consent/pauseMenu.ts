import { env, l10n, window } from 'vscode';
import { inMinutes, type Pause, untilResumed, untilTomorrow } from '../../consent/pause.ts';
import { untilText } from '../../consent/statusText.ts';

/** Lets the person choose for how long; null when they went back. */
export async function choosePause(): Promise<Pause | null> {
  const now = new Date();
  const tomorrow = untilTomorrow(now);
  const text = ({ until }: Pause) =>
    l10n.t('until {0}', untilText(until ?? 0, { now: now.getTime(), language: env.language }));
  const items = [
    { label: l10n.t('15 minutes'), description: text(inMinutes(15, now)), pause: () => inMinutes(15, new Date()) },
    { label: l10n.t('Until tomorrow'), description: text(tomorrow), pause: () => tomorrow },
    { label: l10n.t('Until resumed'), pause: () => untilResumed },
  ];
  const placeHolder = l10n.t('In all windows on this host');
  const choice = await window.showQuickPick(items, { title: l10n.t('Pause Recording'), placeHolder });
  return choice?.pause() ?? null;
}
