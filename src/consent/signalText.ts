/** What can be chosen, in plain words. */
import type { Choice } from './choice.ts';
import { allSignals, allUses } from './choice.ts';
import type { RightsBasis, Signal, Uses } from './receipt.ts';
import type { Translate } from './statusText.ts';

export interface Words {
  label: string;
  detail: string;
}

export function signalText(signal: Signal, t: Translate): Words {
  switch (signal) {
    case 'edits':
      return {
        label: t('Edits key by key'),
        detail: t('With notebooks, saves, files and what other programs change. Always.'),
      };
    case 'terminal':
      return {
        label: t('Terminal commands'),
        detail: t('With exit code; output of builds, tests, linters and the like. Debugging too.'),
      };
    case 'full_output':
      return {
        label: t('Full terminal output'),
        detail: t('Of every other command in this workspace too: all that you type at the prompt.'),
      };
    case 'tests':
      return {
        label: t('Test results'),
        detail: t('By name. Without terminal commands: only the commands that run tests.'),
      };
    case 'errors':
      return {
        label: t('Errors and warnings'),
        detail: t('As the editor shows them, and exceptions in the debugger. Never variables.'),
      };
    case 'git':
      return {
        label: t('Git'),
        detail: t('Commits with message, branch and file names; switches, stashes and the like.'),
      };
    case 'views':
      return {
        label: t('What you look at'),
        detail: t('Lines in view for some seconds, or jumped to. Never searches.'),
      };
    case 'repository':
      return {
        label: t('Which repository it is'),
        detail: t('Public ones can be guessed: oldest commit as a hash, address on a public forge.'),
      };
  }
}

export function useText(use: keyof Uses, t: Translate): Words {
  switch (use) {
    case 'train':
      return { label: t('Training models'), detail: t('What Understudy is made for.') };
    case 'commercial':
      return { label: t('Commercial use'), detail: t('Whoever has the records may earn from them.') };
    case 'redistribute':
      return { label: t('Passing on'), detail: t('Whoever has the records may give them to others.') };
    case 'publish':
      return { label: t('Publishing'), detail: t('The records may be put where everybody can read them.') };
  }
}

export function rightsText(basis: RightsBasis, t: Translate): Words {
  switch (basis) {
    case 'own':
      return { label: t('The code is mine'), detail: t('I wrote it, or hold the rights to it.') };
    case 'employer_authorised':
      return { label: t('My employer authorised me'), detail: t('It holds the rights, and agreed to this.') };
    case 'open_source':
      return { label: t('It is open source'), detail: t('Its licence allows it.') };
    case 'unknown':
      return { label: t('I leave it open'), detail: t('Records say that the right was not named.') };
  }
}

/** What was chosen, whole, one line for each kind. */
export function choiceText({ signals, uses, rights_basis, days }: Choice, t: Translate): string[] {
  const list = (some: Words[]) => some.map(({ label }) => label).join(', ') || t('nothing');
  const left = allSignals.filter((signal) => !signals.includes(signal));
  return [
    t('Recorded: {0}', list(signals.map((signal) => signalText(signal, t)))),
    t('Not recorded: {0}', list(left.map((signal) => signalText(signal, t)))),
    t('Permitted: {0}', list(allUses.filter((use) => uses[use]).map((use) => useText(use, t)))),
    t('Right to share the code: {0}', rightsText(rights_basis, t).label),
    t('For {0} days, in this workspace only', String(days)),
  ];
}
