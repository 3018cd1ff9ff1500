import { commands, type Disposable, Uri, workspace } from 'vscode';
import { policy } from '../consent/policy.ts';
import { policyScheme } from './names.ts';

/** Offers the policy text as a read-only document. */
export function providePolicy(): Disposable {
  return workspace.registerTextDocumentContentProvider(policyScheme, {
    provideTextDocumentContent: () => policy.text,
  });
}

export async function showPolicy(): Promise<void> {
  const uri = Uri.from({ scheme: policyScheme, path: `/Understudy recording policy ${policy.version}.md` });
  await commands.executeCommand('markdown.showPreview', uri);
}
