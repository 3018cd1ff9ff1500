/** Forges on which repositories are open to everybody, unless somebody closes them. */
const forges =
  /^(?:www\.)?(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht|gitee\.com|framagit\.org)$/i;

/** Address of a remote on a public forge, as anybody can open it; null for any other, for a folder, and with a password. */
export function publicAddress(remote: string): string | null {
  const [, user, host, path] =
    /^(?:https:\/\/|ssh:\/\/)(?:([^@/\s]*)@)?([^:/\s]+)(?::(?:22|443))?\/([^\s?#]+)$/i.exec(remote) ??
    /^(?:([^@/\s]*)@)?([^:/\s]+):(?!\/)([^\s?#]+)$/.exec(remote) ??
    [];
  const forge = forges.exec(host ?? '')?.[1].toLowerCase();
  // A name in front of the host is the forge's `git`, or tells who has an account there.
  if (!forge || (user !== undefined && user !== 'git')) return null;
  const name = path.replace(/\/+$/, '').replace(/\.git$/, '');
  return /^~?[\w.-]+(?:\/[\w.-]+)+$/.test(name) && !/(?:^|\/)\.\.?(?:\/|$)/.test(name)
    ? `https://${forge}/${name}`
    : null;
}
