import { commands, type Disposable, Uri, workspace } from 'vscode';
import { type Policy, policy } from '../../consent/policy.ts';
import { policyScheme } from '../names.ts';

/** Texts that were shown, by the path of their document. */
const shown = new Map([[pathOf(policy), policy.text]]);

/** Offers the policy text as a read-only document. */
export function providePolicy(): Disposable {
  return workspace.registerTextDocumentContentProvider(policyScheme, {
    provideTextDocumentContent: ({ path }) => shown.get(path) ?? '',
  });
}

export async function showPolicy(policy: Policy): Promise<void> {
  const path = pathOf(policy);
  shown.set(path, policy.text);
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme: policyScheme, path }));
}

function pathOf({ version }: Policy): string {
  return `/Understudy recording policy ${version}.md`;
}
