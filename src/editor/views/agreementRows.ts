import type { Receipt, Uses } from '../../consent/receipt.ts';
import { rightsText, signalText, useText, type Words } from '../../consent/signalText.ts';
import type { Translate } from '../../consent/statusText.ts';
import { joined, type Row } from './row.ts';
import { durationText } from './texts.ts';

/** What was agreed to, and what holds besides. */
export interface AgreementFacts {
  receipt: Pick<Receipt, 'policy_version' | 'signals' | 'uses' | 'rights_basis' | 'valid_until'>;
  /** Whether tasks wait for review. */
  review: boolean;
  /** Milliseconds. */
  graceTime: number;
  /** Who decides about the records; null for the person alone. */
  controller: string | null;
  datasetFolder: string;
  /** The machine that holds the folder, as the person knows it. */
  host: string;
}

/** @param showPolicy the command that opens the policy. @param dateText a day as people write it. */
export function agreementRows(
  { receipt, review, graceTime, controller, datasetFolder, host }: AgreementFacts,
  showPolicy: string,
  dateText: (time: Date) => string,
  t: Translate,
): Row[] {
  const uses = (Object.keys(receipt.uses) as (keyof Uses)[]).filter((use) => receipt.uses[use]);
  const held = review
    ? t('until you have reviewed it')
    : graceTime > 0
      ? t('for {0}', durationText(graceTime, t))
      : t('not at all');
  return [
    {
      id: 'policy',
      icon: 'law',
      label: t('Recording policy, version {0}', receipt.policy_version),
      description: t('valid until {0}', dateText(new Date(receipt.valid_until))),
      command: showPolicy,
    },
    list(
      'signals',
      'record',
      t('What is recorded'),
      receipt.signals.map((signal) => signalText(signal, t)),
    ),
    list(
      'uses',
      'mortar-board',
      t('What it may be used for'),
      uses.map((use) => useText(use, t)),
    ),
    {
      id: 'rights',
      icon: 'key',
      label: t('Right to share the code'),
      description: rightsText(receipt.rights_basis, t).label,
    },
    { id: 'controller', icon: 'account', label: t('Controller'), description: controller ?? t('only you') },
    { id: 'held', icon: 'clock', label: t('Each task is held'), description: held },
    {
      id: 'folder',
      icon: 'folder',
      label: t('Dataset folder'),
      description: joined(host, datasetFolder),
    },
  ];
}

function list(id: string, icon: string, label: string, items: readonly Words[]): Row {
  const children = items.map(({ label, detail }, i) => {
    return { id: `${id}/${i}`, icon: 'circle-small', label, description: detail, tooltip: detail };
  });
  return { id, icon, label, description: items.map((item) => item.label).join(', '), children };
}
