/** A row of a view, before it becomes the editor's. */
export interface Row {
  /** Tells the row from others across refreshes. */
  id: string;
  label: string;
  description?: string;
  /** Name of one of the editor's icons. It only repeats what the words say. */
  icon: string;
  /** Id of one of the theme's colours, for the icon. */
  color?: string;
  tooltip?: string;
  /** What the menus' conditions know it by. */
  context?: string;
  /** What a click on it does. */
  command?: string;
  children?: readonly Row[];
}

/** Commands get the row that they were called on, and know the task by it. */
export type TaskRow = Row & { kind: 'held' | 'sealed'; taskId: string };

/** What is known, as one text. */
export function joined(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
