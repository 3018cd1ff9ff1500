/** Which names stand for a person or a machine, and which are everybody's. */

import { holdsPlaceholder } from '../placeholders.ts';
import { commonWords } from './commonWords.ts';
import type { Context } from './rule.ts';

/** Accounts that name nobody. */
const genericAccounts = new Set(
  `root admin admins administrator user users username yourname your-name guest test tester tests dev developer node nodejs
  vscode ubuntu debian centos fedora alpine rocky almalinux opc pi oracle postgres mysql mariadb redis mongo mongodb
  rabbitmq nginx apache httpd www www-data web app apps appuser nobody nouser daemon bin sys sync games man mail news proxy
  backup list me you name shared public default defaultuser runner runneradmin jenkins build builder ci deploy deployer
  docker git gitlab gitlab-runner github svn ec2-user circleci travis codespace coder gitpod vagrant linuxbrew homebrew
  jovyan rstudio hadoop spark airflow conda kasm-user azureuser adminuser cloud-user cloudsdk bitnami student teacher demo
  sandbox service system systemd local localuser sshd ftp sftp ftpuser operator staff someone somebody anonymous anon
  unknown none null undefined jdoe johndoe john.doe janedoe jane.doe foo bar baz example xxx abc
  containeruser containeradministrator wsl x-access-token oauth2 token`.split(/\s+/),
);

/** What no person is called, though it stands where names do. */
const nobody =
  /\b(?:the|team|authors?|contributors?|projects?|inc|ltd|llc|gmbh|corp(?:oration)?|company|foundation|community|maintainers?|developers?|group|organi[sz]ation|et|others?|your|name|names|bot|various|unknown|string|number|boolean|object|person|license[ds]?|all|rights|is|are|was|has|of|to|in|on|by|for|with)\b/i;

export function isGenericAccount(name: string): boolean {
  return genericAccounts.has(name.toLowerCase());
}

/** Whether a name stands for a person or a machine, and not for everybody's. */
export function isPersonal(name: string): boolean {
  const lower = name.toLowerCase();
  return !genericAccounts.has(lower) && !commonWords.has(lower) && !holdsPlaceholder(name) && /\p{L}/u.test(name);
}

const fileName = /\.(?:html?|[jt]sx?|css|php|vue|svelte|py|rb|go|md|json|ya?ml|png|jpe?g|gif|svg|txt|sh)$/i;

/** Whether a folder of homes holds somebody's under this name. */
export function isHomeOf(name: string): boolean {
  return isPersonal(name) && !fileName.test(name) && !/^all users$/i.test(name) && /^[\p{L}\p{N}_]/u.test(name);
}

/** Whether what stands in an author's place is a name. */
export function isPersonName(name: string, context: Context): boolean {
  if (name.length < 3 || holdsPlaceholder(name) || nobody.test(name)) return false;
  const words = name.split(/\s+/);
  if (words.length > 1) return words.every((word) => /^[\p{L}'’(]/u.test(word)) && /\p{Lu}/u.test(name);
  // A single common word may be a type or a field; in a log it is whoever is called so.
  return isPersonal(name) || (context === 'terminal' && /^\p{Lu}\p{Ll}+$/u.test(name) && !isGenericAccount(name));
}

const topics = new Set(
  `perf performance ts js css html i18n l10n a11y ux ui api ci cd docs doc refactor refactoring cleanup clean-up soon later
  upstream security optional feature bug fixme todo hack wip tech-debt techdebt debt typing types deprecated deprecation
  compat migration post-release prerelease release breaking major minor patch nit asap now next-major priority low medium
  high critical blocked stale windows macos linux safari chrome firefox ie ios android node react vue angular typescript`.split(
    /\s+/,
  ),
);

/** Whether what stands behind `TODO(` is whoever is to do it, and not a topic, a ticket or a version. */
export function isAssignee(name: string): boolean {
  return (
    isPersonal(name) &&
    !topics.has(name.toLowerCase()) &&
    !/^(?:v?\d|[A-Z\d_]+$|[A-Za-z]+-\d+$|(?:issue|crbug|gh|pr|phase|step|version|ver|release)[-_.]?\d*$)/.test(name)
  );
}

const knownHosts =
  /(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht|gitee\.com|azure\.com|visualstudio\.com|npmjs\.(?:org|com)|pypi\.org|crates\.io|docker\.(?:io|com)|ghcr\.io|google\.com|googleapis\.com|cloudflare\.com|microsoft\.com|apple\.com|debian\.org|ubuntu\.com|kernel\.org|gnu\.org|example\.(?:com|org|net))$|\.(?:example|test|invalid|localhost)$/i;
const everybodysHost =
  /^(?:localhost|.*\.localdomain|.*docker\.internal|kubernetes\..*|metadata\.google\.internal|local\.internal|(?:example|test|dev|foo|bar|my|your|app|www|host|hostname|server|service|company|corp|internal|local|myapp|mysite|mydomain|yourdomain)\.(?:internal|corp|lan|intra|intranet|local))$/i;

/** Whether a host name stands for one machine or network, and not for a public service or an example. */
export function isHost(name: string): boolean {
  if (/^[\d.]+$/.test(name) || knownHosts.test(name) || everybodysHost.test(name)) return false;
  return isPersonal(name);
}

/** Whether a name under a domain of inside networks is a host, and not a chain of properties or a file. */
export function isInternalHost(name: string, context: Context): boolean {
  if (!isHost(name)) return false;
  if (
    /^(?:com|org|net|io|dev|java|javax|sun|this|self|window|module|exports|config|settings|env|docker-compose)\./.test(
      name,
    )
  )
    return false;
  const labels = name.split('.');
  if (labels.at(-1) === 'local') return /\d/.test(name);
  return /[\d-]/.test(name) || (context !== 'source' && labels.length > 2);
}
