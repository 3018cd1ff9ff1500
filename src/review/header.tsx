import { useEffect, useRef, useState } from 'preact/hooks';
import { type Outcome, outcome as outcomeSchema } from '../trajectory/record.ts';
import type { Revision } from '../trajectory/revision.ts';
import { Icon } from './icons.tsx';
import { t } from './l10n.ts';
import type { Shown } from './messages.ts';
import { revisionText } from './revisionText.ts';
import { basisText, outcomeText } from './stepText.ts';

interface Props {
  shown: Shown;
  isBusy: boolean;
  onRevise: (revision: Revision) => void;
  onUndo: () => void;
  onKeep: () => void;
  onWithdraw: () => void;
  onPart: (part: number) => void;
}

/** What the task was, how it ended, and what is to become of it. */
export function Header({ shown, isBusy, onRevise, onUndo, onKeep, onWithdraw, onPart }: Props) {
  const { record, outcome, kind, revisions, part, parts } = shown;
  const isHeld = kind === 'held';
  return (
    <header>
      <div class="task">
        <Instruction
          text={record.instruction.text ?? ''}
          onChange={(text) => onRevise({ kind: 'instruction', text: text || null })}
        />
        <p class="facts">
          {[
            isHeld ? t('Not sealed yet') : t('Sealed, revision {0}', String(record.revision)),
            sourceText(shown),
            record.steps.length === 1 ? t('1 step') : t('{0} steps', String(record.steps.length)),
            record.files.length === 1 ? t('1 file') : t('{0} files', String(record.files.length)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {parts > 1 && (
        <label class="field">
          <span>{t('Part')}</span>
          <select
            aria-label={t('Part')}
            value={String(part)}
            onChange={(event) => onPart(Number(event.currentTarget.value))}
          >
            {Array.from({ length: parts }, (_, i) => (
              <option key={i} value={String(i)}>
                {t('{0} of {1}', String(i + 1), String(parts))}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field" title={basisText(outcome.basis, t)}>
        <span>{t('Outcome')}</span>
        <select
          aria-label={t('Outcome')}
          class={outcome.status}
          value={outcome.status}
          onChange={(event) => {
            const status = event.currentTarget.value as Outcome['status'];
            onRevise({ kind: 'outcome', status });
          }}
        >
          {outcomeSchema.shape.status.options.map((status) => (
            <option key={status} value={status}>
              {outcomeText(status, t)}
            </option>
          ))}
        </select>
      </label>
      <div class="actions">
        <button type="button" class="secondary" onClick={onWithdraw}>
          {t('Withdraw…')}
        </button>
        <button type="button" class="primary" disabled={!isHeld && revisions.length === 0} onClick={onKeep}>
          {isHeld ? t('Keep') : t('Save')}
        </button>
      </div>
      {revisions.length > 0 && <Changes revisions={revisions} isHeld={isHeld} isBusy={isBusy} onUndo={onUndo} />}
    </header>
  );
}

/** Takes effect when the person is done with it: with Enter, or by going elsewhere. */
function Instruction({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [value, setValue] = useState(text);
  /** What was told last: Enter is followed by going elsewhere. */
  const told = useRef(text);
  useEffect(() => {
    told.current = text;
    setValue(text);
  }, [text]);
  const commit = () => {
    const words = value.trim();
    if (words === told.current.trim()) return;
    told.current = words;
    onChange(words);
  };
  return (
    <textarea
      class="instruction"
      rows={1}
      value={value}
      placeholder={t('No instruction. Say what the task was.')}
      aria-label={t('Instruction')}
      spellcheck={false}
      onInput={(event) => setValue(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setValue(text);
        else if (event.key === 'Enter' && !event.shiftKey) commit();
        else return;
        event.preventDefault();
      }}
    />
  );
}

interface ChangesProps {
  revisions: readonly Revision[];
  isHeld: boolean;
  isBusy: boolean;
  onUndo: () => void;
}

function Changes({ revisions, isHeld, isBusy, onUndo }: ChangesProps) {
  return (
    <div class="changes">
      <span class="lead">
        {isHeld ? t('Changes, which apply when you keep the task:') : t('Changes, which apply when you save:')}
      </span>
      <ol aria-label={t('Changes')}>
        {revisions.map((revision, i) => (
          <li key={i}>{revisionText(revision, t)}</li>
        ))}
      </ol>
      <button type="button" class="secondary small" disabled={isBusy} onClick={onUndo}>
        <Icon name="undo" /> {t('Undo last')}
      </button>
    </div>
  );
}

function sourceText({ record: { instruction } }: Shown): string {
  if (instruction.text === null) return '';
  switch (instruction.source) {
    case 'user':
      return instruction.hindsight ? t('instruction written in review') : t('instruction in your words');
    case 'commit':
      return t('instruction from the commit, written afterwards');
    case 'issue':
      return t('instruction from the issue');
    case 'failing_test':
      return t('instruction from the tests that failed');
    default:
      return '';
  }
}
