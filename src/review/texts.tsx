/** Texts of a record in editors that are only read. */
import type { Text } from '@codemirror/state';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { createDiff, createText, type MarkedRange } from './editors.ts';
import { ReadingContext } from './reading.ts';
import { useWidth } from './useSize.ts';

/** As VS Code's own: narrower than this, a difference is shown in one column. */
const splitFrom = 720;

interface TextProps {
  text: Text;
  label: string;
  language?: string | null;
  isWrapped?: boolean;
  firstLine?: number | null;
  marks?: readonly MarkedRange[];
  className?: string;
}

const noMarks: readonly MarkedRange[] = [];

export function TextView({
  text,
  label,
  language = null,
  isWrapped = false,
  firstLine = 1,
  marks = noMarks,
  className = '',
}: TextProps) {
  const element = useRef<HTMLDivElement>(null);
  const reading = useContext(ReadingContext);
  useLayoutEffect(() => {
    const options = { text, label, language, isWrapped, firstLine, ...reading };
    const view = createText(element.current as Element, text, options, marks);
    return () => {
      view.destroy();
      reading.onSelect('');
    };
  }, [text, label, language, isWrapped, firstLine, marks, reading]);
  return <div class={`text ${className}`} ref={element} />;
}

interface DiffProps {
  before: Text;
  after: Text;
  labels: { before: string; after: string };
  language: string | null;
}

export function DiffView({ before, after, labels, language }: DiffProps) {
  const element = useRef<HTMLDivElement>(null);
  const reading = useContext(ReadingContext);
  const width = useWidth(element);
  const isSplit = width >= splitFrom;
  useLayoutEffect(() => {
    if (width === 0) return;
    const options = { language, firstLine: 1, isWrapped: true, ...reading };
    const view = createDiff(element.current as Element, [before, after], isSplit, {
      before: { ...options, label: labels.before },
      after: { ...options, label: labels.after },
    });
    return () => {
      view.destroy();
      reading.onSelect('');
    };
  }, [before, after, labels.before, labels.after, language, isSplit, width === 0, reading]);
  return <div class={isSplit ? 'diff split' : 'diff'} ref={element} />;
}
