/** Values that must never reach a record, from where they lie in the open: the environment, `.env` files and git. */
import type { KnownValue } from '../events.ts';

const secretName =
  /key(?!board|map|code)|token|secret|passw|passphrase|\bpwd|_pwd|(?:^|_)pass(?:$|_)|credential|auth(?!or)|cookie|private|dsn|connection_?string|webhook|signature|salt/i;
/** Sockets, programs and folders: variables called `…_AUTH_SOCK` or `…_KEY_FILE`. */
const path =
  /^(?:~|[A-Za-z]:)?[\\/](?:usr|etc|tmp|home|users|var|opt|run|private|dev|proc|mnt|applications|library|program files|windows|nix|snap|root|srv)[\\/]/i;
const credentials = /(?<![a-z\d])[a-z][a-z\d+.-]{0,20}:\/\/[^\s:/@]{0,256}:([^\s/@]{1,1024})@/gi;

const longestValue = 16 * 1024;

/** Values under secret-like names, and passwords in the addresses of any. */
export function secretsOfEnvironment(environment: Record<string, string | undefined>): KnownValue[] {
  return Object.entries(environment).flatMap(([name, value = '']) => [
    ...(secretName.test(name) && !path.test(value) ? usable('secret', value) : []),
    ...passwordsIn(value),
  ]);
}

/** Every value, as a secret where its name tells so: the others are looked for only if they are rare. */
export function secretsOfDotenv(text: string): KnownValue[] {
  return assignmentsIn(text).flatMap(({ name, value }) => {
    const type = secretName.test(name) && !path.test(value) ? 'secret' : 'setting';
    const unescaped = value.replaceAll('\\n', '\n');
    return [...usable(type, value), ...(unescaped === value ? [] : usable(type, unescaped)), ...passwordsIn(value)];
  });
}

function* lineBlocks(text: string): Iterable<string> {
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const opened = /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*(["'`])/.exec(lines[i]);
    // A value that goes on over lines, such as a key, up to its closing quote.
    const isOpen = opened && !lines[i].slice(opened[0].length).includes(opened[1]);
    const end = isOpen ? lines.findIndex((line, j) => j > i && line.includes(opened[1])) : -1;
    if (end < 0) yield lines[i];
    else {
      yield lines.slice(i, end + 1).join('\n');
      i = end;
    }
  }
}

function assignmentsIn(text: string): { name: string; value: string }[] {
  return [...lineBlocks(text)].flatMap((block) => {
    const [key = '', name] = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]/.exec(block) ?? [];
    if (name === undefined) return [];
    const assigned = block.slice(key.length).trim();
    const quoted = /^(["'`])(.*)\1(?:\s+#[^\n]*)?$/s.exec(assigned)?.[2];
    const comment = assigned.search(/\s#/);
    return [{ name, value: quoted ?? (comment < 0 ? assigned : assigned.slice(0, comment).trimEnd()) }];
  });
}

function passwordsIn(value: string): KnownValue[] {
  return [...value.matchAll(credentials)].flatMap(([, password]) => {
    const decoded = decodeUrl(password);
    return [...usable('secret', password), ...(decoded === password ? [] : usable('secret', decoded))];
  });
}

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function usable(type: KnownValue['type'], value: string | undefined): KnownValue[] {
  const isUsable = value !== undefined && value.trim().length > 1 && value.length <= longestValue;
  return isUsable ? [{ type, value }] : [];
}

/** Whoever is logged in, under the names that system and shell give. */
export function accountsOf(
  { username, home }: { username: string; home: string },
  environment: Record<string, string | undefined>,
): KnownValue[] {
  const names = ['USER', 'LOGNAME', 'USERNAME', 'SUDO_USER'].map((name) => environment[name]);
  const homes = ['HOME', 'USERPROFILE'].map((name) => environment[name]);
  return distinct([
    ...[username, ...names].flatMap((name) => usable('user', name)),
    ...[home, ...homes].filter((folder) => folder !== '/').flatMap((folder) => usable('home', folder)),
  ]);
}

/** This machine, short and with its domain. @param hosts the text of the hosts file. */
export function hostsOf(name: string, environment: Record<string, string | undefined>, hosts: string): KnownValue[] {
  const names = [name, ...['HOSTNAME', 'COMPUTERNAME', 'HOST'].map((variable) => environment[variable])];
  if (environment.USERDNSDOMAIN) names.push(`${name}.${environment.USERDNSDOMAIN}`);
  const short = name.split('.')[0].toLowerCase();
  for (const line of hosts.split('\n')) {
    const [, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (aliases.some((alias) => alias.split('.')[0].toLowerCase() === short)) names.push(...aliases);
  }
  const isOnesOwn = (host: string) => !/^(?:localhost|ip6-|host\.docker\.internal)/i.test(host);
  return distinct(names.flatMap((host) => (host && isOnesOwn(host) ? usable('host', host) : [])));
}

/** Who commits here. A name of one word is an account's. */
export function identityOf(name: string, mail: string): KnownValue[] {
  return [...usable(/\s/.test(name.trim()) ? 'person' : 'user', name.trim()), ...mailOf(mail)];
}

const nobodysMail =
  /^(?:no-?reply|git|github|bot|actions?|you|your\.?(?:name|mail|email))@|@(?:[\w-]+\.)*example\.|\[bot\]/i;

function mailOf(mail: string): KnownValue[] {
  return mail.includes('@') && !nobodysMail.test(mail) ? usable('email', mail.trim()) : [];
}

/** Hash, author, committer, co-authors and subject of commits, for `git log -z`. */
export const logFormat =
  '%H%x1f%an%x1f%ae%x1f%cn%x1f%ce%x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1e)%x1f%s';

/** People by full name and mail, the commits themselves, and the tickets that they name. */
export function valuesOfLog(log: string): KnownValue[] {
  const values = log.split('\0').flatMap((commit): KnownValue[] => {
    const [hash = '', author = '', mail = '', committer = '', otherMail = '', others = '', subject = ''] = commit
      .trim()
      .split('\x1f');
    return [
      ...(/^[\da-f]{40,64}$/.test(hash) ? usable('commit', hash) : []),
      ...personOf(author, mail),
      ...personOf(committer, otherMail),
      ...others.split('\x1e').flatMap((other) => {
        const [name, address = ''] = other.split('<');
        return personOf(name.trim(), address.replace('>', ''));
      }),
      ...ticketsIn(subject).map((value): KnownValue => ({ type: 'ticket', value })),
    ];
  });
  return distinct(values);
}

/** By mail or full name alone: a name of one word is a word. */
function personOf(name: string, mail: string): KnownValue[] {
  const isFull = /\S\s+\S/.test(name) && !/\[bot\]|^GitHub/.test(name);
  return [...(isFull ? usable('person', name.trim()) : []), ...mailOf(mail)];
}

/** Owner and name behind each remote's address. @param remotes lines of `git config --get-regexp`. */
export function repositoriesOf(remotes: string): KnownValue[] {
  const values = remotes.split('\n').flatMap((line): KnownValue[] => {
    const address = line.slice(line.indexOf(' ') + 1).trim();
    // A folder of this machine is no remote.
    if (/^(?:file:|[./~]|[A-Za-z]:[\\/])/.test(address)) return [];
    const [, found = ''] = /^(?:[a-z+]+:\/\/[^/\s]+\/|[^/\s:]+:)\/?(\S+?)(?:\.git)?\/?$/.exec(address) ?? [];
    return found.includes('/') ? [...usable('repository', found), ...passwordsIn(address)] : passwordsIn(address);
  });
  return distinct(values);
}

/** Standards, algorithms and counts that are written as tickets are. */
const noProject = new Set(
  (
    'UTF UCS SHA MD AES DES RSA EC ECDSA ED CRC ISO IEC IEEE ANSI DIN EN RFC BCP STD CVE CWE CAPEC GHSA GPT CLAUDE LLAMA QWEN ' +
    'GEMINI HTTP HTTPS TLS SSL DTLS IPV IP TCP UDP ES ECMA PEP JEP JSR PSR EIP ERC BIP ADR RFD KB MS CP KOI8 WINDOWS LATIN ' +
    'ASCII BASE EBCDIC ARM ARMV RISC SSE AVX CUDA USB PCI DDR GCC MSVC CPP CXX JDK JRE JAVA PY PYTHON NODE PHP SQL HTML CSS ' +
    'XML XHTML OAUTH OIDC SAML WCAG COVID SARS ERR ERROR STEP PHASE PART CHAPTER SECTION TIER LEVEL LAYER TOP FY Q1 Q2 Q3 Q4 ' +
    'H1 H2 RC BETA ALPHA VER VERSION REV RELEASE BUILD PR MR GH SDK API AVC HEVC LTS X86 X64 AMD BLAKE2 BLAKE3 SHA3 HMAC'
  ).split(' '),
);

/** Keys of tickets, as `ABC-123`. */
export function ticketsIn(text: string): string[] {
  const keys = [...text.matchAll(/(?<![A-Za-z0-9-])([A-Z][A-Z0-9]{1,9})-[1-9]\d{0,5}(?![A-Za-z0-9]|[-.]\d)/g)];
  return [...new Set(keys.filter(([, project]) => !noProject.has(project)).map(([key]) => key))];
}

/** Hashes of commits: whole ones, and short ones that git's own messages speak of. */
export function hashesIn(text: string): string[] {
  const whole = [...text.matchAll(/\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g)].map(([hash]) => hash);
  const short = [...text.matchAll(/\bcommit '?([0-9a-f]{7,64})\b/gi)].map(([, hash]) => hash);
  return [...new Set([...whole, ...short])];
}

/** Each value once, in the order of their first appearance. */
export function distinct(values: readonly KnownValue[]): KnownValue[] {
  return [...new Map(values.map((known) => [`${known.type} ${known.value}`, known])).values()];
}
