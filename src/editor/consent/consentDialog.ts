import { env, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import {
  allSignals,
  allUses,
  type Choice,
  defaultChoice,
  needsRights,
  settledSignals,
  validities,
} from '../../consent/choice.ts';
import { narrowSignals, type OrganisationPolicy } from '../../consent/organisation.ts';
import type { Pause } from '../../consent/pause.ts';
import type { RightsBasis, Uses } from '../../consent/receipt.ts';
import { choiceText, rightsText, signalText, useText, type Words } from '../../consent/signalText.ts';
import { untilText } from '../../consent/statusText.ts';

export interface ConsentQuestion {
  datasetFolder: string;
  /** Where that folder is. */
  host: string;
  organisation: OrganisationPolicy;
  /** Of all windows of the host: then recording begins when it ends. */
  pause: Pause | null;
  showPolicy: () => unknown;
}

/**
 * Asks for consent: what the person agreed to in the modal dialog, which says all of it; null for anything else. Nothing but
 * its button grants, also on the way through the choices.
 */
export async function askConsent(question: ConsentQuestion): Promise<Choice | null> {
  let choice: Choice | null = within(defaultChoice, question.organisation);
  while (choice) {
    const answer = await askFor(choice, question);
    if (answer === 'agree') return choice;
    if (answer === 'policy') await question.showPolicy();
    if (answer !== 'choose') return null;
    choice = await choose(choice, question.organisation);
  }
  return null;
}

/** Nobody is asked to agree to what the organisation takes away. */
function within(choice: Choice, organisation: OrganisationPolicy): Choice {
  return {
    ...choice,
    signals: narrowSignals(choice.signals, organisation),
    uses: usesOf(allUses.filter((use) => choice.uses[use] && !organisation.dropUses.includes(use))),
    days: Math.min(choice.days, organisation.maxDays),
  };
}

async function askFor(choice: Choice, question: ConsentQuestion): Promise<'agree' | 'choose' | 'policy' | null> {
  const { datasetFolder, host, organisation, pause } = question;
  const agree = l10n.t('Agree');
  const chooses = l10n.t('Choose…');
  const policy = l10n.t('Read the full policy');
  const { controller } = organisation;
  const detail = [
    ...(pause ? [pausedText(pause)] : []),
    choiceText(choice, l10n.t).join('\n'),
    l10n.t(
      'Never recorded: chats, other extensions, searches, ignored files and .env files, anything outside this workspace, clock times. Nothing is sent anywhere, and nobody is measured.',
    ),
    l10n.t(
      'Purpose: training examples for machine learning. A task that ended waits ten minutes, the first three until you reviewed them (at most seven days); then secrets and identifiers are taken out, which is not perfect, and it is kept in {0} on {1} until you delete it.',
      datasetFolder,
      host,
    ),
    controller
      ? l10n.t('Who decides about the records: {0} ({1}).', controller.name, controller.contact)
      : l10n.t('Who decides about the records: only you.'),
    l10n.t(
      'Click the status bar to pause. "Understudy: Stop Recording" takes your agreement back, "Understudy: Withdraw Everything of This Workspace" deletes all that was recorded in it. A trained model cannot unlearn. By agreeing you confirm that you may share the code in this workspace in this way.',
    ),
  ].join('\n\n');
  const title = l10n.t('Record your work in this workspace as training examples?');
  const answer = await window.showInformationMessage(title, { modal: true, detail }, agree, chooses, policy);
  if (answer === agree) return 'agree';
  if (answer === chooses) return 'choose';
  return answer === policy ? 'policy' : null;
}

/** Tells somebody who has just agreed why nothing is recorded yet. @returns whether they want it to be. */
export async function askToResume(pause: Pause): Promise<boolean> {
  const resume = l10n.t('Resume');
  return (await window.showInformationMessage(pausedText(pause), resume)) === resume;
}

function pausedText({ until }: Pause): string {
  if (until === null)
    return l10n.t('A pause holds in all windows on this host: nothing is recorded until somebody resumes.');
  const end = untilText(until, { now: Date.now(), language: env.language });
  return l10n.t(
    'A pause holds in all windows on this host: nothing is recorded until {0}, or until somebody resumes.',
    end,
  );
}

type Item<Value> = QuickPickItem & { value: Value };

/** Step by step; null when the person went back. */
async function choose(from: Choice, organisation: OrganisationPolicy): Promise<Choice | null> {
  const signals = await pickMany(
    l10n.t('What may be recorded (1 of 4)'),
    allSignals
      .filter((signal) => narrowSignals(allSignals, organisation).includes(signal))
      .map((signal) => itemOf(signal, signalText(signal, l10n.t), from.signals.includes(signal))),
    'edits',
  );
  if (!signals) return null;
  const uses = await pickMany(
    l10n.t('What records may be used for (2 of 4)'),
    allUses
      .filter((use) => !organisation.dropUses.includes(use))
      .map((use) => itemOf(use, useText(use, l10n.t), from.uses[use])),
  );
  if (!uses) return null;
  const rights_basis = await pickRights(usesOf(uses));
  if (!rights_basis) return null;
  const days = await pickOne(
    l10n.t('For how long (4 of 4)'),
    l10n.t('Then it is off until you click and agree anew'),
    [...new Set(validities.map((days) => Math.min(days, organisation.maxDays)))].map((days) =>
      itemOf(days, { label: l10n.t('{0} days', String(days)), detail: '' }),
    ),
  );
  if (!days) return null;
  return { signals: settledSignals(signals), uses: usesOf(uses), rights_basis, days };
}

function pickRights(uses: Uses): Promise<RightsBasis | null> {
  const named = ['own', 'employer_authorised', 'open_source'] as const;
  const isNeeded = needsRights(uses);
  return pickOne<RightsBasis>(
    l10n.t('Why you may share the code (3 of 4)'),
    isNeeded
      ? l10n.t('Commercial use, passing on and publishing need a right')
      : l10n.t('Agreeing is no licence to the code'),
    (isNeeded ? named : [...named, 'unknown' as const]).map((basis) => itemOf(basis, rightsText(basis, l10n.t))),
  );
}

function usesOf(chosen: readonly (keyof Uses)[]): Uses {
  const [train, commercial, redistribute, publish] = allUses.map((use) => chosen.includes(use));
  return { train, commercial, redistribute, publish };
}

function itemOf<Value>(value: Value, { label, detail }: Words, picked = false): Item<Value> {
  return { value, label, detail, picked, kind: QuickPickItemKind.Default };
}

async function pickOne<Value>(title: string, placeHolder: string, items: Item<Value>[]): Promise<Value | null> {
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.value ?? null;
}

/** @param always cannot be taken out. */
function pickMany<Value>(title: string, items: Item<Value>[], always?: Value): Promise<Value[] | null> {
  return new Promise((resolve) => {
    const pick = window.createQuickPick<Item<Value>>();
    Object.assign(pick, { title, items, canSelectMany: true, ignoreFocusOut: true, matchOnDetail: true });
    pick.placeholder = l10n.t('Select with the space bar, go on with Enter, go back with Escape');
    pick.selectedItems = items.filter(({ picked }) => picked);
    pick.onDidChangeSelection((selected) => {
      const fixed = items.filter(({ value }) => value === always && !selected.some((one) => one.value === value));
      if (fixed.length > 0) pick.selectedItems = [...fixed, ...selected];
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.map(({ value }) => value));
      pick.dispose();
    });
    // Behind an accepted answer this comes too late to count.
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}
