/** Secrets where a format, a protocol or a command puts them, whatever they are called. */
import { holdsPlaceholder } from '../placeholders.ts';
import { isRandom } from './rarity.ts';
import type { Context, Rule } from './rule.ts';
import { isSecretValue, isStrongValue, isVaried } from './values.ts';

const greedy: readonly Context[] = ['config', 'terminal'];

const isNumeric = (value: string) => /^\d{1,5}$/.test(value);
/** In a URL, a word stands for nothing but itself. */
const isUrlPassword = (value: string) =>
  !isNumeric(value) &&
  !/^(?:[$%{<[(]|\*+$|x{3,}$|\.{3}|.{0,2}$|undefined$|null$)|[{}]/i.test(value) &&
  !holdsPlaceholder(value);
const hasDigitOrIsRandom = (value: string) => /\d/.test(value) || isRandom(value);

/** In programs and prose, words stand where secrets do elsewhere. */
const strongInSource = (value: string, context: Context) =>
  context === 'source' ? isStrongValue(value, context) : isSecretValue(value, context);

/** Between the lines of a PEM block: line ends, also written as escapes, quotes and joins of string literals. */
const pemLine = String.raw`[A-Za-z0-9+/=]{16,}(?:\s|\\[nr]|["'+,]){0,40}`;
const pemName = '(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?';

/** Programs that take a password behind `-p` and the like, and how. */
const passwordPrograms =
  'mysql\\w*|mariadb\\w*|mongo\\w*|sshpass|docker|podman|psexec(?:\\.exe)?|ldapsearch|ldapadd|sqlcmd|plink|pscp|expect|rabbitmqadmin|az|htpasswd|unzip|7z|zip';
const userPrograms = 'curl|wget|https?|svn|lftp|ncftp|smbclient|wmic|rpcclient|xh';

export const credentialFileRules: readonly Rule[] = [
  {
    id: 'private-key',
    type: 'private_key',
    keywords: ['private key'],
    closed: new RegExp(
      `-----BEGIN ${pemName}-----(?:\\s|\\\\[nr])*(?<value>(?:[^-]|-(?!----)){16,8000}?(?=(?:\\s|\\\\[nr])*-----END ${pemName}-----)|(?:${pemLine}){1,200}(?:[A-Za-z0-9+/]{1,63}={0,2}(?![^\\s\\\\"',]))?)`,
      'dg',
    ),
    open: new RegExp(
      `-----BEGIN ${pemName}-----(?:\\s|\\\\[nr])*(?<value>[A-Za-z0-9+/=][A-Za-z0-9+/=\\\\\\s:,"]*)$`,
      'd',
    ),
    accept: (value) => !holdsPlaceholder(value),
    delimited: true,
    multiline: true,
    reference: 'RFC 7468',
  },
  {
    id: 'putty-key',
    type: 'private_key',
    keywords: ['private-lines:'],
    closed: /Private-Lines: \d{1,4}\r?\n(?!REDACTED_)(?<value>(?:[A-Za-z0-9+/=]{4,76}\r?\n?){1,80})/dy,
    open: /Private-Lines: \d{1,4}\r?\n(?!REDACTED_)(?<value>[A-Za-z0-9+/=\r\n]+)$/dy,
    accept: (value) => !holdsPlaceholder(value),
    delimited: true,
    reference: 'PuTTY User Manual: PPK file format',
  },
  {
    id: 'authorization',
    type: 'secret',
    keywords: ['authorization'],
    closed:
      /[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]\\{0,3}["']?\]?[ \t]*(?:=>|[:=,])[ \t]*\\{0,3}["'`]?(?:(?:[A-Za-z-]{3,20}|GoogleLogin auth)[ \t=]{1,4})?(?:key=|token=["']?)?(?<value>[A-Za-z0-9._~+/=|:!*-]{8,2000})/dy,
    open: /[Aa]uthorization\\{0,3}["']?\]?[ \t]*(?:=>|[:=,])[ \t]*\\{0,3}["'`]?(?:[A-Za-z-]{3,20}[ \t]{1,4})?(?<value>[A-Za-z0-9._~+/=|:-]+)$/dy,
    accept: (value, context) => isSecretValue(value, context) && hasDigitOrIsRandom(value),
    reference: 'RFC 7235, RFC 6750',
  },
  {
    id: 'bearer',
    type: 'secret',
    keywords: ['bearer ', 'basic ', 'sso-key ', 'apikey '],
    closed: /\b(?:[Bb]earer|BEARER|[Bb]asic|sso-key|[Aa]pi[Kk]ey)[ \t]{1,4}(?<value>[A-Za-z0-9._~+/=:-]{12,2000})/dy,
    open: /\b(?:Bearer|Basic)[ \t]{1,4}(?<value>[A-Za-z0-9._~+/=-]{6,})$/dy,
    accept: (value, context) => isStrongValue(value.replace(/[.]+$/, ''), context) && /\d/.test(value),
    reference: 'RFC 6750, RFC 7617',
  },
  {
    id: 'url-credentials',
    type: 'secret',
    keywords: ['://'],
    closed:
      /(?<=\b[A-Za-z][A-Za-z0-9+.-]{0,20}):\/\/[^\s:/@"'`<>]{0,256}:(?<value>(?:[^\s@"'`/<>\\]|@(?=[^\s"'`/<>\\]{0,128}@)){1,256})@(?=[\w[${<.-])/dy,
    open: /(?<=\b[A-Za-z][A-Za-z0-9+.-]{0,20}):\/\/[^\s:/@"'`<>]{1,256}:(?<value>[^\s@"'`/<>]+)$/dy,
    accept: isUrlPassword,
    delimited: true,
    reference: 'RFC 3986, userinfo',
  },
  {
    id: 'url-token',
    type: 'secret',
    keywords: ['://'],
    closed:
      /(?<=\b[A-Za-z][A-Za-z0-9+.-]{0,20}):\/\/(?<value>[^\s:/@"'`<>${}]{12,512})(?::[^\s/@"'`<>]{0,256})?@(?=[\w[${<.-])/dy,
    accept: (value) => hasDigitOrIsRandom(value) && isStrongValue(value, 'config'),
    delimited: true,
    reference: 'RFC 3986, userinfo',
  },
  {
    id: 'url-signature',
    type: 'secret',
    keywords: ['sig=', 'signature=', 'x-amz-security-token=', 'code='],
    closed:
      /(?<=[?&](?:X-Amz-|X-Goog-)?)(?:[Ss]ig|[Ss]ignature|Security-Token|code)=(?<value>[A-Za-z0-9%+/=_-]{20,2000})/dy,
    accept: (value) => isVaried(value) && hasDigitOrIsRandom(value) && !holdsPlaceholder(value),
    delimited: true,
    reference: 'learn.microsoft.com: shared access signatures; docs.aws.amazon.com: presigned URLs',
  },
  {
    id: 'user-and-password',
    type: 'secret',
    keywords: [' -u ', ' --user ', ' --user=', ' --proxy-user ', ' -u'],
    closed: new RegExp(
      `(?<=\\b(?:${userPrograms})\\b[^\\n]{0,300})[ ](?:-u|--user|--proxy-user|-U)(?:[ =]|(?=["']))["']?[^\\s:"'$]{0,100}[:%](?<value>[^\\s"'$][^\\s"']{0,200})`,
      'dy',
    ),
    accept: strongInSource,
    reference: 'curl(1), smbclient(1)',
  },
  {
    id: 'short-option',
    type: 'secret',
    contexts: greedy,
    keywords: [' -p'],
    closed: new RegExp(
      `(?<=\\b(?:${passwordPrograms})\\b[^\\n]{0,300})[ ]-[pP](?:[ ]{1,4}|=)?["']?(?<value>[^\\s"'$<>-][^\\s"']{2,200})`,
      'dy',
    ),
    accept: (value, context) => !/^\d+(?::\d+)*$/.test(value) && isSecretValue(value, context),
    reference: 'mysql(1), sshpass(1), docker login, PsExec, sqlcmd',
  },
  {
    id: 'password-option',
    type: 'secret',
    contexts: greedy,
    keywords: [' -a ', ' -w ', ' -k ', 'storepass ', 'keypass '],
    closed:
      /(?:(?<=\bredis-cli\b[^\n]{0,300}) -a|(?<=\bldap[a-z]{3,12}\b[^\n]{0,300}) -w|(?<=\bopenssl enc\b[^\n]{0,300}) -k|(?<=\b(?:keytool|jarsigner)\b[^\n]{0,300} -(?:src|dest)?)(?:store|key)pass)[ ]["']?(?<value>[^\s"'$<>-][^\s"']{2,200})/dy,
    accept: isSecretValue,
    reference: 'redis-cli, ldapsearch(1), openssl-enc(1), keytool',
  },
  {
    id: 'secret-literal',
    type: 'secret',
    contexts: greedy,
    keywords: ['--from-literal='],
    closed: /(?<=\bcreate secret\b[^\n]{0,300})--from-literal=["']?[\w.-]{1,100}=["']?(?<value>[^\s"'$]{3,400})/dy,
    accept: isSecretValue,
    reference: 'kubernetes.io/docs: kubectl create secret generic',
  },
  {
    id: 'secure-string',
    type: 'secret',
    keywords: ['convertto-securestring'],
    closed: /ConvertTo-SecureString[ ]{1,4}(?:-String[ ]{1,4})?["'](?<value>[^"'\n$]{3,200})["']/dy,
    accept: isSecretValue,
    reference: 'learn.microsoft.com: ConvertTo-SecureString',
  },
  {
    id: 'mnemonic',
    type: 'secret',
    keywords: ['mnemonic', 'seed phrase', 'seed_phrase', 'recovery phrase'],
    closed:
      /(?:[Mm]nemonic|MNEMONIC|(?:[Ss]eed|SEED|[Rr]ecovery)[ _](?:[Pp]hrase|PHRASE))\w{0,20}["']?[ \t]{0,4}[:=][ \t]{0,4}["'`]?(?<value>[a-z]{3,8}(?: [a-z]{3,8}){11,23})(?![A-Za-z ]*[.,;])/dy,
    delimited: true,
    reference: 'BIP-39: 12 to 24 words',
  },
  {
    id: 'pass-phrase-source',
    type: 'secret',
    keywords: ['pass:'],
    closed: /(?<=-(?:pass|passin|passout|k)[ ]["']?)pass:(?<value>[^\s"'$]{3,200})/dy,
    accept: isSecretValue,
    reference: 'openssl(1), pass phrase options',
  },
  {
    id: 'netrc',
    type: 'secret',
    keywords: ['password', 'account'],
    closed: /(?<=\b(?:login|machine)[ \t]{1,8}\S{1,200}\s{1,40})(?:password|account)[ \t]{1,8}(?<value>\S{3,400})/dy,
    open: /(?<=\b(?:login|machine)[ \t]{1,8}\S{1,200}\s{1,40})(?:password|account)[ \t]{1,8}(?<value>\S+)$/dy,
    accept: strongInSource,
    reference: 'netrc(5)',
  },
  {
    id: 'pgpass',
    type: 'secret',
    contexts: greedy,
    keywords: [':5432:', ':5433:', ':6432:', ':*:'],
    closed: /(?<=^[\w.*/-]{1,200}):(?:\d{4,5}|\*):[\w*.-]{1,100}:[\w*.@-]{1,100}:(?<value>[^\s:][^\s]{2,400})$/dmy,
    accept: isSecretValue,
    reference: 'postgresql.org/docs: the password file',
  },
  {
    id: 'crypt-hash',
    type: 'secret',
    keywords: [
      '$2a$',
      '$2b$',
      '$2y$',
      '$1$',
      '$5$',
      '$6$',
      '$y$',
      '$apr1$',
      '$argon2',
      '$pbkdf2',
      'pbkdf2_sha',
      '{ssha',
      '{smd5}',
      '$krb5',
    ],
    closed:
      /(?<value>\$2[aby]\$\d\d\$[./A-Za-z0-9]{50,60}|\$(?:1|5|6|y|apr1)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9$]{1,20}\$[./A-Za-z0-9]{20,90}|\$(?:argon2|pbkdf2)[\w-]{0,10}\$[\w=,$./+-]{30,250}|pbkdf2_sha\d{1,3}\$\d{1,8}\$[\w./+=$-]{30,120}|\$krb5\w{2,8}\$\d{1,2}\$[\w*@.:$/-]{40,4000}|\{(?:SSHA|SMD5)\d{0,3}\}[A-Za-z0-9+/=]{20,120})/dy,
    accept: isVaried,
    reference: 'crypt(5), htpasswd(1), PHC string format',
  },
  {
    id: 'bundler-credential',
    type: 'secret',
    keywords: ['bundle_'],
    closed:
      /BUNDLE_[A-Z0-9_]{1,60}__[A-Z0-9_]{1,60}(?:=|:[ ])["']?(?<value>[^\s"':@/$]{3,100}:[^\s"'@/$]{3,100}|[^\s"':@/$]{16,200})(?=["']?(?:\s|$))/dmy,
    accept: (value) => !holdsPlaceholder(value),
    reference: 'bundler.io: credentials for gem sources',
  },
  {
    id: 'kubernetes-secret',
    type: 'secret',
    keywords: [],
    contexts: ['config', 'terminal'],
    closed: /(?!)/dg,
    scan: kubernetesSecrets,
    reference: 'kubernetes.io/docs: Secret manifests',
  },
  {
    id: 'azure-app-configuration-id',
    type: 'secret',
    keywords: [';id='],
    closed: /;Id=(?<value>[^;"'\s]{8,80})(?=;Secret=)/dy,
    accept: isStrongValue,
    delimited: true,
    reference: 'learn.microsoft.com: App Configuration access keys',
  },
  {
    id: 'wireguard-key',
    type: 'secret',
    keywords: ['privatekey', 'presharedkey'],
    closed: /(?:PrivateKey|PresharedKey)[ \t]{0,4}=[ \t]{0,4}(?<value>[A-Za-z0-9+/]{42,43}=)/dy,
    accept: isVaried,
    reference: 'wg(8), configuration file format',
  },
];

/** Under `data:` and `stringData:` of a Secret all values are secrets, whatever they are called. */
function* kubernetesSecrets(text: string, context: Context): Iterable<readonly [number, number]> {
  if (!text.includes('Secret') || !/\bkind["']?:[ \t]*["']?Secret\b/.test(text)) return;
  for (const block of text.matchAll(/^([ \t]*)(?:data|stringData):[ \t]*\n((?:\1[ \t]+\S.*\n?)+)/gm)) {
    const from = block.index + block[0].length - block[2].length;
    for (const entry of block[2].matchAll(
      /^[ \t]+["']?[\w.-]{1,100}["']?:[ \t]+["']?(?<value>[^\s"'|>#][^\s"']{3,2000})["']?[ \t]*$/dgm,
    )) {
      const [start, end] = entry.indices?.groups?.value ?? [0, 0];
      const value = block[2].slice(start, end);
      if (!/^[{$!*&]/.test(value) && isSecretValue(value, context)) yield [from + start, from + end];
    }
  }
}
