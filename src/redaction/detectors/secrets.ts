/** Secrets: one rule a row, from the formats that vendors document and the names that programs give to secrets. */
import { holdsPlaceholder } from '../placeholders.ts';
import { isRandom } from '../rarity.ts';
import type { Rule } from './rule.ts';
import { isSecretValue } from './values.ts';

/** A token with a fixed prefix, one of several. `body` is a character class; `length` its closed length, as in a pattern. */
function prefixed(id: string, prefixes: string[], body: string, length: string, reference: string): Rule {
  const prefix = `(?:${prefixes.map((literal) => literal.replaceAll('.', '\\.')).join('|')})`;
  return {
    id,
    type: 'secret',
    keywords: prefixes,
    closed: new RegExp(`(?<![A-Za-z0-9_])(?<value>${prefix}${body}${length})`, 'dg'),
    open: new RegExp(`(?<![A-Za-z0-9_])(?<value>${prefix}${body}+)$`, 'd'),
    reference,
  };
}

/** A word in the spellings that names are made of: `word` after a break, `Word` after a hump, `WORD` after a break. */
function spellings(word: string): string {
  const capital = word[0].toUpperCase() + word.slice(1);
  return `(?<![A-Za-z])${word}|(?<![A-Z])${capital}|(?<![A-Za-z])${word.toUpperCase()}`;
}

/** Names of which a value is a secret. The long ones count wherever they stand in a name, the short ones as a word. */
const anywhere = ['password', 'passwd', 'passphrase', 'secret', 'apikey', 'credential'];
const asWord = ['pass', 'pwd', 'token', 'auth', 'bearer'];
const keyKinds = [
  'api',
  'access',
  'private',
  'account',
  'signing',
  'encryption',
  'master',
  'service',
  'shared',
  'auth',
];
const secretName =
  `[\\w.-]{0,64}?(?:${anywhere.map((word) => `(?:${word}|${word[0].toUpperCase()}${word.slice(1)}|${word.toUpperCase()})`).join('|')}` +
  `|${asWord.map(spellings).join('|')}` +
  `|(?:${keyKinds.map(spellings).join('|')})[_-]?(?:key|Key|KEY))` +
  '(?:s?[_-]?(?:[Kk]ey|KEY|[Vv]alue|VALUE|[Hh]ash|HASH|[Pp]rod|PROD|[Dd]ev|DEV|[Ll]ive|LIVE|\\d+))*';
const secretNameKeywords = [
  ...anywhere,
  ...asWord,
  ...keyKinds.map((kind) => `${kind}_key`),
  ...keyKinds.map((kind) => `${kind}-key`),
  ...keyKinds.map((kind) => `${kind}key`),
];

/** Between a name and its value in code: closing quote or bracket, type annotation, then an operator. */
const assigns =
  '["\'`]?\\]?[ \\t]*(?:[?!]?:[ \\t]*[A-Za-z][\\w<>[\\]|. ]{0,40}?[ \\t]*(?==))?(?:===?|!==?|=>|:=|\\?\\?=?|\\|\\|=?|=|:)[ \\t]*';

export const secretRules: readonly Rule[] = [
  {
    id: 'private-key',
    type: 'private_key',
    keywords: ['private key'],
    closed:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*(?<value>[^-]{16,}?)(?:\s|\\[nr])*-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/dg,
    open: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*(?<value>[A-Za-z0-9+/=][A-Za-z0-9+/=\\\s:,"]*)$/d,
    accept: (value) => !holdsPlaceholder(value),
    delimited: true,
    multiline: true,
    reference: 'RFC 7468',
  },
  prefixed(
    'github-token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    '[A-Za-z0-9]',
    '{36,255}',
    'docs.github.com: About authentication to GitHub, token formats',
  ),
  prefixed('github-fine-grained-token', ['github_pat_'], '[A-Za-z0-9_]', '{40,255}', 'docs.github.com: token formats'),
  prefixed(
    'gitlab-token',
    ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-'],
    '[A-Za-z0-9_=-]',
    '{20,255}',
    'docs.gitlab.com: Token overview, token prefixes',
  ),
  prefixed(
    'aws-access-key-id',
    ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    '[A-Z2-7]',
    '{16}(?![A-Z0-9])',
    'docs.aws.amazon.com: IAM identifiers, unique identifiers',
  ),
  prefixed(
    'slack-token',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.xoxb-', 'xoxe.xoxp-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-'],
    '[A-Za-z0-9-]',
    '{10,250}',
    'docs.slack.dev: Tokens',
  ),
  prefixed(
    'stripe-key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
    '[A-Za-z0-9]',
    '{16,250}',
    'docs.stripe.com: API keys',
  ),
  prefixed('google-api-key', ['AIza'], '[A-Za-z0-9_-]', '{35}', 'cloud.google.com: API keys'),
  prefixed(
    'openai-key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'],
    '[A-Za-z0-9_-]',
    '{20,250}',
    'platform.openai.com: API keys',
  ),
  prefixed('anthropic-key', ['sk-ant-'], '[A-Za-z0-9_-]', '{20,250}', 'docs.anthropic.com: API keys'),
  {
    ...prefixed('npm-token', ['npm_'], '[A-Za-z0-9]', '{36}', 'docs.npmjs.com: About access tokens'),
    accept: isRandomBody,
  },
  {
    ...prefixed('hugging-face-token', ['hf_'], '[A-Za-z0-9]', '{30,64}', 'huggingface.co/docs: User access tokens'),
    accept: isRandomBody,
  },
  prefixed('pypi-token', ['pypi-AgEI'], '[A-Za-z0-9_-]', '{50,250}', 'docs.pypi.org: API tokens'),
  prefixed('sendgrid-key', ['SG.'], '[A-Za-z0-9_.-]', '{40,100}', 'docs.sendgrid.com: API keys'),
  {
    id: 'jwt',
    type: 'secret',
    keywords: ['eyj'],
    closed: /(?<![A-Za-z0-9_-])(?<value>eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?)/dg,
    open: /(?<![A-Za-z0-9_-])(?<value>eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,2})$/d,
    reference: 'RFC 7519',
  },
  {
    id: 'named-value',
    type: 'secret',
    keywords: secretNameKeywords,
    closed: new RegExp(
      `${secretName}${assigns}(?<quote>["'\`])(?<value>(?:\\\\.|(?!\\k<quote>)[^\\\\\\n])+)\\k<quote>`,
      'dg',
    ),
    open: new RegExp(`${secretName}${assigns}(?<quote>["'\`])(?<value>(?:\\\\.|(?!\\k<quote>)[^\\\\\\n])+)$`, 'd'),
    accept: isSecretValue,
    reference: 'names that programs and their settings give to secrets',
  },
  {
    id: 'named-setting',
    type: 'secret',
    keywords: secretNameKeywords,
    contexts: ['config', 'terminal'],
    closed: new RegExp(
      `${secretName}["']?[ \\t]*(?:=|:[ \\t]|:$)[ \\t]*(?<value>\\d+(?=[}\\]])|[^\\s"'\`#;,{}()[\\]][^\\s"'\`;,]*)`,
      'dgm',
    ),
    open: new RegExp(
      `${secretName}["']?[ \\t]*(?:=|:[ \\t])[ \\t]*(?<value>\\d+(?=[}\\]])|[^\\s"'\`#;,{}()[\\]][^\\s"'\`;,]*)$`,
      'd',
    ),
    accept: isSecretValue,
    reference: 'environment files, INI, YAML, properties',
  },
  {
    id: 'flag',
    type: 'secret',
    keywords: secretNameKeywords,
    contexts: ['config', 'terminal'],
    closed: new RegExp(`(?<![\\w-])--?${secretName}[ \\t]+(?<quote>["']?)(?<value>[^\\s"'-][^\\s"']*)\\k<quote>`, 'dg'),
    open: new RegExp(`(?<![\\w-])--?${secretName}[ \\t]+["']?(?<value>[^\\s"'-][^\\s"']*)$`, 'd'),
    accept: isSecretValue,
    reference: 'command-line options',
  },
  {
    id: 'authorization',
    type: 'secret',
    keywords: ['bearer', 'basic', 'authorization'],
    closed:
      /\b(?:Bearer|Basic|bearer|basic|(?<=[Aa]uthorization["']?[ \t]*[:=,][ \t]*["'`]?)[Tt]oken)[ \t]+(?<value>[A-Za-z0-9._~+/=-]{12,})/dg,
    open: /[Aa]uthorization["']?[ \t]*[:=,][ \t]*["'`]?(?:Bearer|Basic|[Tt]oken)[ \t]+(?<value>[A-Za-z0-9._~+/=-]+)$/d,
    accept: (value, context) => isSecretValue(value, context) && (/\d/.test(value) || isRandom(value)),
    reference: 'RFC 7235, RFC 6750',
  },
  {
    id: 'url-credentials',
    type: 'secret',
    keywords: ['://'],
    closed: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`<>]*:(?<value>[^\s@"'`/<>]{1,256})@/dg,
    open: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`<>]+:(?<value>[^\s@"'`/<>]+)$/d,
    accept: (value) => !/^\d{1,5}$/.test(value) && isSecretValue(value, 'config'),
    delimited: true,
    reference: 'RFC 3986, userinfo',
  },
  {
    id: 'query-parameter',
    type: 'secret',
    keywords: secretNameKeywords,
    closed: new RegExp(`[?&]${secretName}=(?<value>[^&\\s"'\`#<>]+)`, 'dg'),
    open: new RegExp(`[?&]${secretName}=(?<value>[^&\\s"'\`#<>]+)$`, 'd'),
    accept: (value) => isSecretValue(value, 'config'),
    delimited: true,
    reference: 'RFC 3986, query',
  },
];

/** Prefixes short enough to begin an ordinary name: what follows must look drawn at random. */
function isRandomBody(value: string): boolean {
  return isRandom(value.slice(value.indexOf('_') + 1));
}
