/** Values that stand beside a name which says that they are secret: one row a way of writing the two. */
import { isRandom } from './rarity.ts';
import type { Rule } from './rule.ts';
import { isKeyLike, isSecretValue, isStrongValue } from './values.ts';

const { raw } = String;

const anyCase = (text: string) => text.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);

/** The spellings that words have in names: `word` after a break, `Word` after a hump, `WORD` after a break. */
function spellings(words: string[]): string {
  const capital = words.map((word) => word[0].toUpperCase() + word.slice(1));
  const upper = words.map((word) => word.toUpperCase());
  return `(?<![A-Za-z])(?:${[...words, ...upper].join('|')})|(?<![A-Z])(?:${capital.join('|')})`;
}

/** The long ones count wherever they stand in a name, the short ones as a word. */
const anywhere = ['password', 'passwd', 'passwort', 'passphrase', 'passcode', 'pswd', 'secret', 'credential', 'apikey'];
const asWord = ['pass', 'pwd', 'pw', 'token', 'auth', 'bearer', 'psk', 'creds', 'jwt', 'pat'];
const keyKinds =
  'api access private account signing signature encryption encrypt master service shared auth app application preshared license licence storage client consumer admin deploy webhook session subscription hmac ssh iam integration maps project publishable secretaccess'.split(
    ' ',
  );
const breaks = ['', '_', '-', '.', ' '];

const name = raw`(?:(?:${anywhere.map(anyCase).join('|')})[eEsS]?|${spellings(asWord)}|(?:${spellings(keyKinds)})[_. -]?(?:key|Key|KEY)s?)`;
const suffixes =
  'key value hash prod dev live test staging production string str text plain raw base64 b64 encoded data new old current confirm confirmation repeat default access auth token encrypted encryption'.split(
    ' ',
  );
const tail = raw`(?:[_.-]?(?:${suffixes.map(anyCase).join('|')}))*(?:[_-]?\d{1,4})?`;
const secretName = name + tail;
const head = new RegExp(`${secretName}(?![A-Za-z0-9_])`, 'y');
/** More of the name follows. */
const looseHead = new RegExp(raw`${name}(?:[_-]|(?<=[a-z])[A-Z0-9])[A-Za-z0-9_-]{0,40}`, 'y');
const anyKey = /(?:(?<=[A-Za-z0-9][_-])(?:key|KEY)|(?<=[a-z0-9])Key)(?![A-Za-z0-9_])/y;
const secretNameKeywords = [
  ...anywhere,
  ...asWord,
  ...keyKinds.flatMap((kind) => breaks.map((between) => `${kind}${between}key`)),
];

/** The end of the name where it is quoted or an index: `"`, `\"`, `']`, `[]`. */
const nameEnd = raw`(?:\\{0,3}["'${'`'}])?(?:\[\])?\]?[ \t]{0,20}`;
const type = raw`(?:[?!]?:[ \t]{0,4}[A-Za-z&*][\w<>[\]|.:&' ]{0,40}?(?==)|\*?[A-Za-z][\w.[\]<>]{0,30}[ \t]{1,4}(?=:?=))?`;
const operator = raw`(?:[:=!?|.+]{0,2}=>?|=~|->|:|\|\||\?\?|(?<=["'${'`'}][ \t]{0,4}),)[ \t]{0,20}(?:\n[ \t]{0,80})?`;
/** `@"…"`, `b'…'`, `&"…"`. */
const literal = raw`(?:@|\$|&|[bBrRuUfFL]{1,2}(?=["']))?`;
const quoted = raw`(?<escape>\\{0,3})(?<quote>["'${'`'}])(?<value>(?:\\.|(?!\k<quote>)[^\\\n]){1,512}?)\k<escape>\k<quote>`;
const opened = raw`\\{0,3}(?<quote>["'${'`'}])(?<value>(?:\\.|(?!\k<quote>)[^\\\n])+)$`;

/** Without quotes: up to white space, and not into the next `name=` of a list. */
const bare = raw`(?<value>(?!["'${'`'}{}()[\]<>#;,])(?:[\w.+/=~!@%^*-]+(?=[}\])]+[,;]?[ \t]*$)|(?:[^\s"'${'`'},;&|<>]|["'](?=[A-Za-z\d])|[,;&|<>](?![\s,;&|<>]|$|[A-Za-z][\w .-]{0,30}[=:]))+(?<![,;)\]\\])))`;
const bareOpened = raw`(?<value>(?!["'${'`'}{}()[\]<>#;,])[^\s"'${'`'},;&|<>]+)$`;
/** Prose behind a colon: a word, and another one. */
const notProse = raw`(?![A-Za-z'’-]+[.,:;!?)]{0,3}[ \t]+[A-Za-z(\x60])`;
const bareOperator = raw`(?:(?:=>|:=|[?+]?=(?!=))[ \t]{1,20}${notProse}|(?::=|=(?!=))|:[ \t]{1,20}${notProse}|:[ \t]*\n[ \t]{1,40}${notProse})`;

const greedy = ['config', 'terminal'] as const;

interface Row extends Pick<Rule, 'id' | 'reference'> {
  /** Patterns: between the name and the value, and the value. */
  between: string;
  value: string;
  /** The value as it is being written. */
  open?: string;
  contexts?: Rule['contexts'];
  accept?: Rule['accept'];
  delimited?: boolean;
}

function named({ between, value, open, ...row }: Row): Rule {
  return {
    type: 'secret',
    keywords: secretNameKeywords,
    head,
    closed: new RegExp(between + value, 'dmy'),
    ...(open && { open: new RegExp(between + open, 'dy') }),
    accept: isSecretValue,
    ...row,
  };
}

export const namedValueRules: readonly Rule[] = [
  named({
    id: 'named-value',
    between: nameEnd + type + operator + literal,
    value: quoted,
    open: opened,
    reference: 'assignments, fields, pairs and comparisons of programming languages; JSON, YAML, TOML',
  }),
  named({
    id: 'named-default',
    between: `${nameEnd}${type}${operator}${raw`(?:new[ \t])?[A-Za-z_$][\w.$:]{0,40}!?\([ \t]{0,4}(?:["'][^"'\n]{1,60}["'],[ \t]{0,4})?`}${literal}`,
    value: quoted,
    open: opened,
    accept: isStrongValue,
    reference: 'calls that wrap a value or read a setting with a default',
  }),
  named({
    id: 'named-call',
    between: raw`\([ \t]{0,4}${literal}`,
    value: quoted,
    open: opened,
    accept: isStrongValue,
    reference: 'setters and builders: setPassword("…"), .withApiKey("…")',
  }),
  named({
    id: 'named-phrase',
    between: raw`["'${'`'}]?[ \t]{1,4}(?:(?:is|by|as|of|to|was|equals|BY|AS)[ \t]{1,4})?`,
    value: quoted,
    accept: isStrongValue,
    reference: 'SQL: IDENTIFIED BY, PASSWORD; C: #define',
  }),
  named({
    id: 'named-setting',
    contexts: greedy,
    between: nameEnd + bareOperator,
    value: bare,
    open: bareOpened,
    reference: 'environment files, INI, YAML, properties',
  }),
  named({
    id: 'named-variable',
    // In capitals from its beginning on, and no blank before the value.
    between: raw`(?<=\b[A-Z][A-Z\d_]{2,60})=`,
    value: raw`(?<value>[\w.+/~!@%^*-]+={0,2})`,
    open: raw`(?<value>[\w.+/~!@%^*-]+={0,2})$`,
    accept: (value, context) => isStrongValue(value, context) && /\d/.test(value),
    reference: 'POSIX shell, assignments; also in documentation and strings',
  }),
  named({
    id: 'printed-field',
    contexts: ['terminal'],
    between: ':',
    value: raw`(?<value>[^\s{}()[\]"':,]{3,200})(?=[ ][A-Z]\w{0,60}:|\})`,
    reference: 'pkg.go.dev/fmt: %+v',
  }),
  named({
    id: 'dumped-entry',
    between: raw`["'](?::(?:protected|private|"\w{1,60}":private))?\]=>\s{0,40}string\(\d{1,5}\)[ ]`,
    value: quoted,
    reference: 'php.net: var_dump',
  }),
  named({
    id: 'named-block',
    contexts: greedy,
    between: raw`["']?:[ \t]*[|>][+-]?\d?[ \t]*\n[ \t]+`,
    value: raw`(?<value>\S+)(?=[ \t]*(?:\n|$))`,
    accept: isStrongValue,
    reference: 'YAML 1.2, block scalars',
  }),
  named({
    id: 'flag',
    contexts: greedy,
    between: raw`["']?,?[ \t]+(?<=(?:^|[\s"'${'`'}])--?[A-Za-z][\w.-]{0,60}["']?,?[ \t]{1,8})["']?`,
    value: raw`(?<value>[^\s"'<>|&;$-][^\s"']*)`,
    open: raw`(?<value>[^\s"'<>|&;$-][^\s"']*)$`,
    reference: 'command-line options',
  }),
  named({
    id: 'xml-element',
    between: raw`(?:[ \t][^<>\n]{0,80})?>\s{0,60}(?:<!\[CDATA\[)?`,
    value: raw`(?<value>[^<>\s](?:[^<>\n]{0,400}[^<>\s])?)\s{0,60}(?:\]\]>)?\s{0,60}<\/`,
    open: raw`(?<value>[^<>\s][^<>\n]*)$`,
    accept: (value, context) => !/\s/.test(value) && isSecretValue(value, context),
    reference: 'XML, elements',
  }),
  named({
    id: 'xml-attribute',
    between: raw`\\?["'][ \t]{1,8}(?:[\w:.-]{1,40}=["'][^"'\n]{0,80}["'][ \t]{1,8}){0,2}(?:value|Value|VALUE|v|default|content)[ \t]?=[ \t]?`,
    value: quoted,
    open: opened,
    reference: 'XML and HTML, attributes; Java and .NET settings',
  }),
  named({
    id: 'name-and-value',
    contexts: greedy,
    between: raw`["']?[ \t]{0,4},?\s{1,40}["']?[vV]alue["']?[ \t]{0,4}[:=][ \t]{0,4}["']?`,
    value: raw`(?<value>[^\s"'{}<>$,][^\s"'<>]*)`,
    reference: 'Kubernetes manifests, task definitions: name and value as two fields',
  }),
  named({
    id: 'variable-default',
    contexts: greedy,
    between: raw`"[ \t]{0,4}\{\s{0,40}(?:[a-z]{1,20}[ \t]{0,20}=[^\n]{0,200}\n\s{0,40}){0,3}default[ \t]{0,20}=[ \t]{0,4}`,
    value: quoted,
    reference: 'Terraform, input variables',
  }),
  named({
    id: 'query-parameter',
    between: raw`=(?<=[?&][\w.-]{1,80}=)`,
    value: raw`(?<value>[^&\s"'${'`'}#<>\\]+)`,
    open: raw`(?<value>[^&\s"'${'`'}#<>\\]+)$`,
    accept: (value) => isSecretValue(value, 'config'),
    delimited: true,
    reference: 'RFC 3986, query',
  }),
  named({
    id: 'connection-string',
    between: raw`[ ]?=[ ]?(?<=[;"'][ \t]{0,4}[\w ]{1,60}=[ ]?)`,
    value: raw`(?<value>[^;"'\s{}<>][^;"'\n]{0,200})(?=;|"|')`,
    open: raw`(?<value>[^;"'\s{}<>][^;"'\n]*)$`,
    accept: (value) => isSecretValue(value, 'config') && !/[\s]/.test(value),
    delimited: true,
    reference: 'ODBC, ADO.NET, Azure Storage and Service Bus: connection strings',
  }),
  named({
    id: 'named-pair',
    between: raw`[\w.]{0,20}[ ]?(?:=[ ]?)?\([ ]?["'][^"'\n]{0,80}["'],[ ]?`,
    value: quoted,
    open: opened,
    accept: isStrongValue,
    reference: 'calls and tuples with a user and a password',
  }),
  ...['named', 'bare'].map(
    (kind): Rule => ({
      id: kind === 'named' ? 'named-key' : 'named-key-setting',
      type: 'secret',
      keywords: ['key'],
      head: anyKey,
      ...(kind === 'named'
        ? {
            closed: new RegExp(nameEnd + type + operator + literal + quoted, 'dy'),
            open: new RegExp(nameEnd + type + operator + literal + opened, 'dy'),
          }
        : { contexts: greedy, closed: new RegExp(nameEnd + bareOperator + bare, 'dmy') }),
      accept: isKeyLike,
      reference: 'names of keys that do not say of what kind: SOME_SERVICE_KEY',
    }),
  ),
  {
    id: 'named-loosely',
    type: 'secret',
    keywords: secretNameKeywords,
    head: looseHead,
    closed: new RegExp(nameEnd + type + operator + literal + quoted, 'dy'),
    open: new RegExp(nameEnd + type + operator + literal + opened, 'dy'),
    accept: (value, context) => isStrongValue(value, context) && (/\d/.test(value) || isRandom(value)),
    reference: 'names with more behind the word: password_of_replica, tokenForTests',
  },
  {
    id: 'named-loosely-setting',
    type: 'secret',
    contexts: greedy,
    keywords: secretNameKeywords,
    head: looseHead,
    closed: new RegExp(nameEnd + bareOperator + bare, 'dmy'),
    accept: (value, context) => isStrongValue(value, context) && /\d/.test(value),
    reference: 'names with more behind the word: DB_PASSWORD_MAIN',
  },
  {
    id: 'signing-call',
    type: 'secret',
    keywords: [
      '.sign(',
      '.verify(',
      'createhmac(',
      'createcipher(',
      'createdecipher(',
      'jwt.encode(',
      'jwt.decode(',
      'hmac.new(',
    ],
    closed: new RegExp(raw`[\w.]{4,16}\([^,\n]{1,120},[ \t]{0,4}${literal}${quoted}`, 'dy'),
    accept: (value, context) =>
      isSecretValue(value, context) && !/^(?:[HREP]S\d{3}|sha-?\d+|md5|hex|base64|utf-?8|aes.*|des.*)$/i.test(value),
    reference: 'calls of libraries for JWT and HMAC',
  },
  {
    id: 'compared-value',
    type: 'secret',
    keywords: ['" ==', "' ==", '" !=', "' !="],
    closed: new RegExp(
      raw`(?<=(?<quote>["'])(?<value>[^"'\n]{4,200}))["'][ ][!=]==?[ ][\w.$-]{0,60}?${secretName}(?![\w(])`,
      'dy',
    ),
    accept: isSecretValue,
    reference: 'comparisons with the value in front',
  },
  {
    id: 'prompt',
    type: 'secret',
    contexts: ['terminal'],
    keywords: ['password', 'passphrase', 'passcode'],
    closed: /[Pp]ass(?:word|phrase|code)(?: for [^\n:]{1,80}| \([^\n)]{0,40}\))?:[ \t]*(?<value>\S+)(?=[ \t]*$)/dmy,
    open: /[Pp]ass(?:word|phrase|code)(?: for [^\n:]{1,80}| \([^\n)]{0,40}\))?:[ \t]*(?<value>\S+)$/dy,
    accept: isSecretValue,
    reference: 'prompts of sudo, ssh, psql and others',
  },
];
