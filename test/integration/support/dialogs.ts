import * as vscode from 'vscode';

/** A dialog, message or quick pick, and what it offers. */
export interface Shown {
  text: string;
  detail: string;
  offered: string[];
}

type Answer = (shown: Shown) => string | undefined;

/** Answers what is shown while `body` runs, in place of a person; nothing is shown for real. @returns what was shown. */
export async function answering(answer: Answer, body: () => Promise<unknown>): Promise<Shown[]> {
  const shown: Shown[] = [];
  const choose = (one: Shown) => {
    shown.push(one);
    return answer(one);
  };
  const message = async (text: string, ...rest: unknown[]) => {
    const options = rest.find((one): one is vscode.MessageOptions => typeof one === 'object') ?? {};
    const offered = rest.filter((one) => typeof one === 'string');
    return choose({ text, detail: options.detail ?? '', offered });
  };
  const pick = async (items: Thenable<vscode.QuickPickItem[]>, options: vscode.QuickPickOptions) => {
    const all = await items;
    const offered = all.map(({ label, description, detail }) =>
      [label, description, detail].filter(Boolean).join(' | '),
    );
    const chosen = choose({ text: options.title ?? '', detail: options.placeHolder ?? '', offered });
    return all.find(({ label }) => label === chosen);
  };
  const fakes = {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    showQuickPick: pick,
  };
  const restore = Object.entries(fakes).map(([name, value]) => {
    const original = Object.getOwnPropertyDescriptor(vscode.window, name) as PropertyDescriptor;
    Object.defineProperty(vscode.window, name, { configurable: true, value });
    return () => Object.defineProperty(vscode.window, name, original);
  });
  try {
    await body();
  } finally {
    for (const undo of restore) undo();
  }
  return shown;
}
