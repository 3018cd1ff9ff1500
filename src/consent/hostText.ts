/** Where the dataset folder lies, as a person knows the machine. */
import type { Translate } from './statusText.ts';

/** @param remote `vscode.env.remoteName`; undefined for the machine that the person sits at. @param host name of the machine. */
export function hostText(remote: string | undefined, host: string, t: Translate): string {
  switch (remote) {
    case undefined:
      return t('this computer');
    case 'ssh-remote':
      return `SSH: ${host}`;
    case 'wsl':
      return `WSL: ${host}`;
    case 'dev-container':
    case 'attached-container':
    case 'k8s-container':
      return t('a container: lost when it is rebuilt');
    case 'codespaces':
      return t('GitHub Codespaces: lost when the codespace is deleted');
    default:
      return t('the remote host {0}', host);
  }
}
