import { l10n, type QuickPickItem, window } from 'vscode';
import type { Choice, ReviewChoice } from '../../consent/reviewChoice.ts';
import { graceTime } from '../settings.ts';

function labels(): Record<Choice, string> {
  return {
    review: l10n.t('Keep Reviewing'),
    grace: l10n.t('Seal After {0} Minutes', graceTime() / 60_000),
  };
}

/** Asks, once the first tasks are decided on, what is to become of later ones. Without an answer they wait as well. */
export async function askWhenToSeal(review: ReviewChoice): Promise<void> {
  const { review: keep, grace } = labels();
  const question = l10n.t(
    'You have decided on the first tasks of this workspace. Shall later ones wait for your review too, or be sealed by themselves after their end? "Understudy: Choose When Tasks Are Sealed" changes it later.',
  );
  const answer = await window.showInformationMessage(question, keep, grace);
  if (answer) await review.choose(answer === grace ? 'grace' : 'review');
}

/** Lets the person choose at any time. */
export async function chooseWhenToSeal(review: ReviewChoice): Promise<void> {
  if (review.isRequired) {
    void window.showInformationMessage(l10n.t('Your organisation wants every task reviewed before it is sealed.'));
    return;
  }
  const { review: keep, grace } = labels();
  const current = review.chosen ?? 'review';
  const item = (choice: Choice, label: string, detail: string): QuickPickItem & { choice: Choice } => ({
    choice,
    label,
    detail,
    description: choice === current ? l10n.t('as it is now') : '',
  });
  const picked = await window.showQuickPick(
    [
      item(
        'review',
        keep,
        l10n.t('Every task waits until you keep it. Without a decision it is discarded after 7 days.'),
      ),
      item(
        'grace',
        grace,
        l10n.t('Until then you can look at it and withdraw it. The first three tasks wait in any case.'),
      ),
    ],
    { title: l10n.t('When Are Tasks of This Workspace Sealed?') },
  );
  if (picked) await review.choose(picked.choice);
}

/** What becomes of the task that is open, or opens next, once it has ended. */
export function fateOfTasks(review: ReviewChoice): string {
  return review.waits
    ? l10n.t('A task that has ended waits for your review.')
    : l10n.t('A task that has ended is sealed after {0} minutes.', graceTime() / 60_000);
}
