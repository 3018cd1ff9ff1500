import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { deniedLength } from '../redaction/dictionary/deniedLength.ts';
import type { Step } from '../trajectory/record.ts';
import { DetailsPane } from './detailsPane.tsx';
import { type ExamplePlace, ExamplesPane } from './examplesPane.tsx';
import { FilesPane } from './filesPane.tsx';
import { findText } from './findText.ts';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { t } from './l10n.ts';
import type { FromPage, Shown } from './messages.ts';
import { placeholderPattern } from './placeholders.ts';
import { type Reading, ReadingContext } from './reading.ts';
import { RecordFiles } from './recordFiles.ts';
import { RedactedPane } from './redactedPane.tsx';
import { Scrubber } from './scrubber.tsx';
import { clamped, rangeOf, type Span } from './span.ts';
import { StepPane } from './stepPane.tsx';
import { Tabs } from './tabs.tsx';
import { Timeline } from './timeline.tsx';

const tabs = ['step', 'files', 'examples', 'redacted', 'details'] as const;
type Tab = (typeof tabs)[number];

/** Where the person is; nothing of the record. */
export interface Place {
  span: Span;
  tab: string;
}

interface Props {
  shown: Shown;
  isBusy: boolean;
  example: (ExamplePlace & { text: string }) | null;
  /** Where the person was before the page was put away. */
  place: Place | null;
  onPlace: (place: Place) => void;
  post: (message: FromPage) => void;
}

export function App({ shown, isBusy, example, place, onPlace, post }: Props) {
  const { record, redactions } = shown;
  const [span, setSpan] = useState<Span>(place?.span ?? { anchor: 0, active: 0 });
  const [tab, setTab] = useState<Tab>(tabs.find((one) => one === place?.tab) ?? 'step');
  const [selected, setSelected] = useState('');
  const [isRedacting, setRedacting] = useState(false);
  useEffect(() => onPlace({ span, tab }), [span, tab, onPlace]);

  const count = record.steps.length;
  const isLost = span.active >= count || span.anchor >= count;
  const current = isLost ? clamped(span, count) : span;
  const step: Step | undefined = record.steps[current.active];
  const { from, to } = rangeOf(current);

  const files = useMemo(() => new RecordFiles(record), [record]);
  const pathOf = useCallback(
    (one: Step) => (one.file_id === null ? null : files.path(one.file_id, one.index)),
    [files],
  );
  const reading = useMemo((): Reading => {
    const pattern = placeholderPattern(redactions);
    const explain = (form: string) => {
      const found = redactions.find(({ placeholder }) => placeholder === form);
      return found ? t('Redacted: {0}', found.explanation ?? found.type) : '';
    };
    return { placeholders: pattern && { pattern, explain }, onSelect: setSelected };
  }, [redactions]);

  const revise = (revision: Extract<FromPage, { type: 'revise' }>['revision']) => {
    // Its steps are those that are shown: after another change they may be others.
    if (revision.kind !== 'cut' || !isBusy) post({ type: 'revise', revision });
  };
  const cut = () => {
    if (count === 0) return;
    setSpan({ anchor: from, active: from });
    revise({ kind: 'cut', from, to });
  };
  const redact = (value: string) => {
    setRedacting(false);
    if (isRedactable(value)) revise({ kind: 'redact', value });
  };
  const find = (placeholder: string) => {
    const index = findText(record, placeholder);
    if (index === null) return;
    setSpan({ anchor: index, active: index });
    setTab('step');
  };
  const ask = useCallback((asked: ExamplePlace) => post({ type: 'example', ...asked }), [post, record]);

  const examples = shown.examples.reduce((sum, { count }) => sum + count, 0);
  const titles: Record<Tab, string> = {
    step: step ? t('Step {0} of {1}', String(step.index + 1), String(count)) : t('Step'),
    files: t('Files'),
    examples: t('Examples ({0})', String(examples)),
    redacted: t('Redacted ({0})', String(redactions.length)),
    details: t('Details'),
  };
  return (
    <ReadingContext.Provider value={reading}>
      <Header
        shown={shown}
        isBusy={isBusy}
        onRevise={revise}
        onUndo={() => post({ type: 'undo' })}
        onKeep={() => post({ type: 'keep' })}
        onWithdraw={() => post({ type: 'withdraw' })}
        onPart={(part) => {
          setSpan({ anchor: 0, active: 0 });
          post({ type: 'part', part });
        }}
      />
      <div class={isBusy ? 'progress busy' : 'progress'} role="status" aria-label={isBusy ? t('Working') : undefined} />
      {step ? <Scrubber steps={record.steps} pathOf={pathOf} span={current} onSpan={setSpan} /> : null}
      <main>
        <Timeline
          steps={record.steps}
          gaps={record.gaps}
          evidence={record.outcome.evidence}
          pathOf={pathOf}
          span={current}
          onSpan={setSpan}
          onCut={cut}
        />
        <div class="pane">
          <Tabs
            tabs={tabs}
            titles={titles}
            chosen={tab}
            onChoose={setTab}
            actions={
              <>
                <button type="button" class="quiet" disabled={!step || isBusy} onClick={cut}>
                  <Icon name="cut" /> {from === to ? t('Drop step') : t('Cut {0} steps', String(to - from + 1))}
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={isBusy || (selected !== '' && !isRedactable(selected))}
                  title={lengthText()}
                  // The selection must not go with the focus.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => (selected ? redact(selected) : setRedacting(!isRedacting))}
                >
                  <Icon name="eyeOff" /> {selected ? t('Redact selection') : t('Redact…')}
                </button>
              </>
            }
          />
          {isRedacting && <RedactBar onRedact={redact} onCancel={() => setRedacting(false)} />}
          <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
            {tab === 'step' && step && <StepPane record={record} files={files} step={step} />}
            {tab === 'files' && step && <FilesPane record={record} files={files} step={step} />}
            {tab === 'examples' && <ExamplesPane formats={shown.examples} example={example} onAsk={ask} />}
            {tab === 'redacted' && <RedactedPane redactions={redactions} onFind={find} />}
            {tab === 'details' && <DetailsPane record={record} />}
            {!step && (tab === 'step' || tab === 'files') && <p class="empty">{t('No step is left.')}</p>}
          </div>
        </div>
      </main>
    </ReadingContext.Provider>
  );
}

function isRedactable({ length }: string): boolean {
  return length >= deniedLength.least && length <= deniedLength.most;
}

function lengthText(): string {
  return t(
    '{0} to {1} characters, wherever they stand in this task',
    String(deniedLength.least),
    String(deniedLength.most),
  );
}

/** For what stands where nothing can be selected: in a file's name, say. */
function RedactBar({ onRedact, onCancel }: { onRedact: (value: string) => void; onCancel: () => void }) {
  const [value, setValue] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <fieldset
      class="redactBar"
      aria-label={t('Redact')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <input
        type="text"
        value={value}
        ref={input}
        spellcheck={false}
        aria-label={t('What to redact')}
        placeholder={t('Text to take out, wherever it stands in this task')}
        onInput={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isRedactable(value)) onRedact(value);
        }}
      />
      <button
        type="button"
        class="primary"
        disabled={!isRedactable(value)}
        title={lengthText()}
        onClick={() => onRedact(value)}
      >
        {t('Redact')}
      </button>
      <button type="button" class="secondary" onClick={onCancel}>
        {t('Cancel')}
      </button>
    </fieldset>
  );
}
