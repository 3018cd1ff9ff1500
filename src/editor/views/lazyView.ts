import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import type { Row } from './row.ts';
import type { Tree } from './tree.ts';

/** A view is drawn anew at most so often, in milliseconds. */
const shortest = 1000;

/** A view of the activity bar. As long as nobody looks at it, nothing is loaded for it, and nothing is drawn. */
export class LazyView implements TreeDataProvider<Row>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<Row>;
  readonly #load: () => Promise<unknown>;
  #tree: Tree | null = null;
  #watch: Disposable | undefined;
  /** While the view was drawn a moment ago; `stale` when something has changed since. */
  #rest: { timer: NodeJS.Timeout; stale: boolean } | null = null;
  #count = 0;

  /** @param load after it, the view has been filled. */
  constructor(id: string, load: () => Promise<unknown>) {
    this.#load = load;
    this.#view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: false });
    this.#view.onDidChangeVisibility(() => this.#see());
  }

  /** @param tree what the view shows from now on; it is disposed with the view. */
  fill(tree: Tree): void {
    this.#tree = tree;
    tree.onDidChange(() => this.#refresh());
    if (tree.waiting) {
      tree.onDidChange(() => void this.#countWaiting(tree));
      void this.#countWaiting(tree);
    }
    this.#see();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row) return [...(row.children ?? [])];
    await this.#load();
    const tree = this.#tree;
    if (!tree) return [];
    const rows = await tree.rows();
    this.#view.message = rows.length > 0 ? tree.message : undefined;
    if (tree.followsLast) this.#follow(rows);
    return [...rows];
  }

  /** Only rows without one are ever looked for. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem({ id, label, description, icon, color, tooltip, context, command, children }: Row): TreeItem {
    const item = new TreeItem(label, children ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
    item.id = id;
    item.iconPath = new ThemeIcon(icon, color ? new ThemeColor(color) : undefined);
    item.tooltip = tooltip ?? (description ? `${label} · ${description}` : label);
    item.accessibilityInformation = { label: description ? `${label}, ${description}` : label };
    if (description) item.description = description;
    if (context) item.contextValue = context;
    if (command) item.command = { command, title: label };
    return item;
  }

  dispose(): void {
    clearTimeout(this.#rest?.timer);
    this.#watch?.dispose();
    this.#tree?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #see(): void {
    this.#watch?.dispose();
    this.#watch = this.#view.visible ? this.#tree?.watch?.() : undefined;
    if (this.#tree) this.#refresh();
  }

  #refresh(): void {
    if (!this.#view.visible) return;
    if (this.#rest) {
      this.#rest.stale = true;
      return;
    }
    const timer = setTimeout(() => {
      const { stale } = this.#rest ?? {};
      this.#rest = null;
      if (stale) this.#refresh();
    }, shortest);
    this.#rest = { timer, stale: false };
    this.#changed.fire();
  }

  async #countWaiting(tree: Tree): Promise<void> {
    const value = await tree.waiting?.().catch(() => 0);
    const tooltip =
      value === 1 ? l10n.t('1 task waits for your review') : l10n.t('{0} tasks wait for your review', value ?? 0);
    this.#view.badge = value ? { value, tooltip } : undefined;
  }

  #follow(rows: readonly Row[]): void {
    const last = rows.at(-1);
    const isNew = rows.length !== this.#count;
    this.#count = rows.length;
    if (!last || !isNew || this.#view.selection.length > 0) return;
    // Once the rows are drawn; a view that was hidden meanwhile must not be brought back.
    setTimeout(() => {
      if (this.#view.visible) void this.#view.reveal(last, { select: false }).then(undefined, () => {});
    });
  }
}
