import type { Disposable } from 'vscode';
import { views as ids } from '../names.ts';
import { LazyView } from './lazyView.ts';

/** The views of the activity bar, empty until they are filled. */
export class Views implements Disposable {
  readonly current: LazyView;
  readonly held: LazyView;
  readonly sealed: LazyView;
  readonly agreement: LazyView;

  /** @param load loads what fills the views. */
  constructor(load: () => Promise<unknown>) {
    this.current = new LazyView(ids.current, load);
    this.held = new LazyView(ids.held, load);
    this.sealed = new LazyView(ids.sealed, load);
    this.agreement = new LazyView(ids.agreement, load);
  }

  dispose(): void {
    for (const view of [this.current, this.held, this.sealed, this.agreement]) view.dispose();
  }
}
