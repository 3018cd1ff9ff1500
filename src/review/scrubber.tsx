import { useMemo } from 'preact/hooks';
import type { Step } from '../trajectory/record.ts';
import { t } from './l10n.ts';
import { scrubMarks } from './scrubMarks.ts';
import { rangeOf, type Span } from './span.ts';
import { labelOf } from './stepText.ts';

/** As many as can be told apart. */
const mostMarks = 400;
/** Fewer are set apart from each other. */
const mostApart = 120;
/** Width of the handle, as in the style sheet. */
const handle = 6;

interface Props {
  steps: readonly Step[];
  pathOf: (step: Step) => string | null;
  span: Span;
  onSpan: (span: Span) => void;
}

/** The whole task as a strip of colours, and a handle that moves through it. */
export function Scrubber({ steps, pathOf, span, onSpan }: Props) {
  const marks = useMemo(() => scrubMarks(steps, mostMarks), [steps]);
  const { from, to } = rangeOf(span);
  const space = marks.length > mostApart ? 0 : 2;
  const share = (index: number) => index / steps.length;
  return (
    <div class="scrubber">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        {marks.map(({ tone, at, width }) => (
          <rect key={at} class={tone} x={at * 1000} y={0} width={width * 1000 - space} height={10} />
        ))}
        {from < to && (
          <rect class="chosen" x={share(from) * 1000} y={0} width={share(to - from + 1) * 1000} height={10} />
        )}
      </svg>
      <input
        type="range"
        // The handle stands in the middle of its step.
        style={{
          left: `calc(${50 / steps.length}% - ${handle / 2}px)`,
          width: `calc(${share(steps.length - 1) * 100}% + ${handle}px)`,
        }}
        min={0}
        max={steps.length - 1}
        value={span.active}
        aria-label={t('Step')}
        aria-valuetext={`${span.active + 1}: ${labelOf(steps[span.active], pathOf(steps[span.active]), t)}`}
        onInput={(event) => {
          const active = Number(event.currentTarget.value);
          onSpan({ anchor: active, active });
        }}
      />
    </div>
  );
}
