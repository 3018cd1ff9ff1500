/** The part of `vscode.Disposable` in use. */
export interface Disposable {
  dispose(): unknown;
}

/** Disposes all that was added, the last first. What is added after it was disposed is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #disposables = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) disposable.dispose();
    else this.#disposables.add(disposable);
    return disposable;
  }

  dispose(): void {
    this.#disposed = true;
    for (const disposable of [...this.#disposables].reverse()) disposable.dispose();
    this.#disposables.clear();
  }
}
