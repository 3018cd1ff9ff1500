import type { Translate } from '../consent/statusText.ts';
import type { Revision } from '../trajectory/revision.ts';
import { outcomeText } from './stepText.ts';

/** A change in few words. What was redacted is not repeated. */
export function revisionText(revision: Revision, t: Translate): string {
  switch (revision.kind) {
    case 'cut': {
      const { from, to } = revision;
      if (from === to) return t('step {0} dropped', String(from + 1));
      return t('steps {0}–{1} cut', String(from + 1), String(to + 1));
    }
    case 'redact':
      return t('{0} characters redacted', String([...revision.value].length));
    case 'instruction':
      return revision.text === null ? t('instruction removed') : t('instruction changed');
    case 'outcome':
      return t('outcome: {0}', outcomeText(revision.status, t));
  }
}
