/** Which steps are chosen: `active` is the one that is shown, `anchor` where a range began. */
export interface Span {
  anchor: number;
  active: number;
}

/** Both ends included. */
export function rangeOf({ anchor, active }: Span): { from: number; to: number } {
  return { from: Math.min(anchor, active), to: Math.max(anchor, active) };
}

/** How far a key leads in a list; null for keys that mean something else. */
export function moveOf(key: string, page: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return -1;
    case 'ArrowDown':
      return 1;
    case 'PageUp':
      return -page;
    case 'PageDown':
      return page;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}

/** The choice after a move. @param isExtended whether the range grows, as with the shift key. */
export function moved(span: Span, to: number, count: number, isExtended: boolean): Span {
  const active = Math.max(0, Math.min(count - 1, to));
  return { anchor: isExtended ? Math.min(span.anchor, count - 1) : active, active };
}

/** The choice in a record that has become shorter: the same place, or the last step. */
export function clamped(span: Span, count: number): Span {
  return moved(span, Math.min(span.anchor, span.active), count, false);
}
