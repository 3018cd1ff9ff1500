/** CodeMirror as this page uses it: texts to read and to select from, never to write. */
import { syntaxHighlighting } from '@codemirror/language';
import { getChunks, MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension, RangeSetBuilder, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightSpecialChars,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { languageOf } from './languages.ts';

export interface TextOptions {
  language: string | null;
  /** For those who do not see it. */
  label: string;
  /** Wraps its lines, as a terminal does. */
  isWrapped?: boolean;
  /** Number of the first line, from 1; no numbers where it is null. */
  firstLine: number | null;
  placeholders: Placeholders | null;
  /** Told what is selected; empty where nothing is. */
  onSelect: (text: string) => void;
}

export interface Placeholders {
  pattern: RegExp;
  /** What is said of one. */
  explain: (placeholder: string) => string;
}

/** A marked part of a text, in UTF-16 units: some characters, or the lines that begin at `from` and so on. */
export interface MarkedRange {
  from: number;
  to: number;
  className: string;
  isLines?: boolean;
}

/** Larger differences than these are told more coarsely. */
const diffConfig = { scanLimit: 1000, timeout: 200 };

/** Controls and marks of direction, which could hide what a text says; not the carriage return, which ends many a line. */
const specialChars =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc]/g;

let nonce = '';

/** Without it the page's policy lets no style of an editor in. */
export function useNonce(value: string): void {
  nonce = value;
}

/** @param marks sorted; the first is brought into view. */
export function createText(
  parent: Element,
  text: Text,
  options: TextOptions,
  marks: readonly MarkedRange[],
): EditorView {
  const view = new EditorView({ parent, doc: text, extensions: [shared(options), markedRanges(text, marks)] });
  if (marks.length > 0) show(view, marks[0].from);
  return view;
}

/** The difference of two texts, beside each other or in one. */
export function createDiff(
  parent: Element,
  [before, after]: readonly [Text, Text],
  isSplit: boolean,
  options: { before: TextOptions; after: TextOptions },
): { destroy(): void } {
  if (isSplit) {
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: shared(options.before) },
      b: { doc: after, extensions: shared(options.after) },
      diffConfig,
    });
    if (view.chunks.length > 0) show(view.b, view.chunks[0].fromB);
    return view;
  }
  const unified = unifiedMergeView({ original: before, mergeControls: false, diffConfig });
  const view = new EditorView({ parent, doc: after, extensions: [shared(options.after), unified] });
  const [chunk] = getChunks(view.state)?.chunks ?? [];
  if (chunk) show(view, chunk.fromB);
  return view;
}

function show(view: EditorView, position: number): void {
  const at = Math.min(position, view.state.doc.length);
  view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center' }) });
}

function shared({ language, label, isWrapped, firstLine, placeholders, onSelect }: TextOptions): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
    EditorView.updateListener.of(({ selectionSet, state }) => {
      const { from, to } = state.selection.main;
      if (selectionSet) onSelect(state.doc.sliceString(from, to, '\n'));
    }),
    highlightSpecialChars({ specialChars }),
    firstLine === null ? [] : lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
    isWrapped ? EditorView.lineWrapping : [],
    languageOf(language) ?? [],
    syntaxHighlighting(classHighlighter),
    placeholders ? placeholderMarks(placeholders) : [],
  ];
}

function markedRanges(text: Text, marks: readonly MarkedRange[]): Extension {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, className, isLines } of marks) {
    const end = Math.min(to, text.length);
    if (!isLines) {
      if (from < end) builder.add(from, end, Decoration.mark({ class: className }));
      continue;
    }
    for (let line = text.lineAt(Math.min(from, text.length)); ; line = text.line(line.number + 1)) {
      builder.add(line.from, line.from, Decoration.line({ class: className }));
      if (line.to >= end || line.number === text.lines) break;
    }
  }
  return EditorView.decorations.of(builder.finish());
}

function placeholderMarks({ pattern, explain }: Placeholders): Extension {
  const matcher = new MatchDecorator({
    regexp: pattern,
    decoration: ([form]) => Decoration.mark({ class: 'placeholder', attributes: { title: explain(form) } }),
  });
  const plugin = class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  };
  return ViewPlugin.fromClass(plugin, { decorations: (value) => value.decorations });
}
