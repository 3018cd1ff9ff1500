import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Gap, Step } from '../trajectory/record.ts';
import { Icon } from './icons.tsx';
import { t } from './l10n.ts';
import { moved, moveOf, rangeOf, type Span } from './span.ts';
import { detailOf, elapsedText, gapText, labelOf, titleOf, toneOf } from './stepText.ts';
import { useSize } from './useSize.ts';

const rowHeight = 24;
/** Rows beyond those in view, so that none is missing while one scrolls. */
const spare = 12;

interface Props {
  steps: readonly Step[];
  gaps: readonly Gap[];
  evidence: readonly number[];
  pathOf: (step: Step) => string | null;
  span: Span;
  onSpan: (span: Span) => void;
  onCut: () => void;
}

/** All steps in order. Only those in view stand in the page, so that thousands of them cost no more than a screenful. */
export function Timeline({ steps, gaps, evidence, pathOf, span, onSpan, onCut }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const { height } = useSize(element);
  const [top, setTop] = useState(0);
  const rowsInView = Math.max(1, Math.floor(height / rowHeight));

  useLayoutEffect(() => {
    const list = element.current as HTMLElement;
    const from = span.active * rowHeight;
    if (from < list.scrollTop) list.scrollTop = from;
    else if (from + rowHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = from + rowHeight - list.clientHeight;
  }, [span.active, height]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = moveOf(event.key, rowsInView);
    if (by !== null) onSpan(moved(span, span.active + by, steps.length, event.shiftKey));
    else if (event.key === 'Delete' || event.key === 'Backspace') onCut();
    else return;
    event.preventDefault();
  };

  const { from, to } = rangeOf(span);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const rows = steps.slice(first, first + rowsInView + 2 * spare);
  return (
    <div
      class="timeline"
      role="listbox"
      aria-label={t('Steps')}
      aria-multiselectable="true"
      aria-activedescendant={`step-${span.active}`}
      tabIndex={0}
      ref={element}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div class="rows" role="presentation" style={{ height: `${steps.length * rowHeight}px` }}>
        {rows.map((step) => {
          const gap = gaps.find(({ after_step }) => after_step === step.index);
          return (
            <Row
              key={step.index}
              step={step}
              path={pathOf(step)}
              count={steps.length}
              isSelected={from <= step.index && step.index <= to}
              isActive={step.index === span.active}
              isEvidence={evidence.includes(step.index)}
              gap={gap ? gapText(gap.reason, t) : null}
              onChoose={(isExtended) => onSpan(moved(span, step.index, steps.length, isExtended))}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  step: Step;
  path: string | null;
  count: number;
  isSelected: boolean;
  isActive: boolean;
  isEvidence: boolean;
  /** What is missing behind it. */
  gap: string | null;
  onChoose: (isExtended: boolean) => void;
}

function Row({ step, path, count, isSelected, isActive, isEvidence, gap, onChoose }: RowProps) {
  const shown = labelOf(step, path, t);
  const label = [shown, isEvidence && t('shows the outcome'), gap].filter(Boolean).join(', ');
  const classes = ['row', isSelected && 'selected', isActive && 'active', gap && 'gap'].filter(Boolean).join(' ');
  return (
    <div
      class={classes}
      id={`step-${step.index}`}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-label={label}
      aria-posinset={step.index + 1}
      aria-setsize={count}
      title={gap ?? undefined}
      style={{ top: `${step.index * rowHeight}px` }}
      onMouseDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.parentElement?.parentElement?.focus();
        onChoose(event.shiftKey);
      }}
    >
      <Icon name={step.kind} tone={toneOf(step)} />
      <span class="title">{titleOf(step, path, t)}</span>
      <span class="detail">{detailOf(step, t)}</span>
      {isEvidence && <span class="evidence" title={t('It shows the outcome.')} />}
      <span class="elapsed" title={t('Time since the step before: {0}', elapsedText(step.elapsed, t))}>
        {step.elapsed === 'longer' ? '>10m' : step.elapsed}
      </span>
    </div>
  );
}
