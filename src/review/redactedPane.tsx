import { t } from './l10n.ts';
import type { RedactionShown } from './messages.ts';

interface Props {
  redactions: readonly RedactionShown[];
  /** Shows the first place where it stands. */
  onFind: (placeholder: string) => void;
}

/** What was taken out, what stands in its place, and by which rule. */
export function RedactedPane({ redactions, onFind }: Props) {
  if (redactions.length === 0) {
    return (
      <p class="empty">
        {t('Nothing was redacted. What no rule knows stays in: select it in the code or the output, and redact it.')}
      </p>
    );
  }
  return (
    <section class="scroll" aria-label={t('Redacted')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('In its place')}</th>
            <th scope="col">{t('Type')}</th>
            <th scope="col">{t('Why')}</th>
            <th scope="col" class="number">
              {t('Times')}
            </th>
          </tr>
        </thead>
        <tbody>
          {redactions.map(({ placeholder, type, rule, explanation, count }) => (
            <tr key={placeholder}>
              <td>
                <button
                  type="button"
                  class="link"
                  title={t('Show where it stands')}
                  onClick={() => onFind(placeholder)}
                >
                  {placeholder}
                </button>
              </td>
              <td class="type">{type.replaceAll('_', ' ')}</td>
              <td>
                {explanation ?? <span class="faint">{t('Not known')}</span>}
                {rule !== null && <span class="faint"> {rule}</span>}
              </td>
              <td class="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
