/** Strings of the page, in the language of the editor: the same bundle that `vscode.l10n` reads. */
let strings: Record<string, string> = {};

/** @param bundle translations by English text. */
export function useStrings(bundle: Record<string, string>): void {
  strings = bundle;
}

/** Like `vscode.l10n.t`. */
export function t(message: string, ...args: string[]): string {
  return (strings[message] ?? message).replace(/\{(\d+)\}/g, (all, index) => args[Number(index)] ?? all);
}
