/** Identifiers of people and machines: one rule a row. */
import { isMac, isMail, isPublicIpv4, isPublicIpv6, looksLikeVersion } from './addresses.ts';
import { isAssignee, isHomeOf, isHost, isInternalHost, isPersonal, isPersonName } from './names.ts';
import { ibanCountries, isAmericanPhone, isCard, isIban, isPhone, isSsn } from './numbers.ts';
import type { Rule } from './rule.ts';

interface Row extends Omit<Rule, 'closed' | 'open' | 'delimited' | 'settles'> {
  /** Patterns: what stands before the value, the value, and what stands after. */
  before: string;
  value: string;
  after: string;
}

/** Half an address is nobody's: there are no open forms, and `a@b.co` counts once nothing more is written behind it. */
function rule({ before, value, after, ...row }: Row): Rule {
  const closed = new RegExp(`${before}(?<value>${value})${after}`, 'dgmu');
  return { ...row, closed, delimited: true, settles: true };
}

const { raw } = String;
const hexDigits = [...'0123456789abcdef'];
const digits = hexDigits.slice(0, 10);
const pairs = (left: string[], between: string, right: string[]) =>
  left.flatMap((a) => right.map((b) => `${a}${between}${b}`));

const alphanumerics = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** Most of the `@` in code begin a tag or a decorator. */
const betweenWords = pairs(alphanumerics, '@', alphanumerics);

/** Third parties are named in the lines of their licences, and stay there. */
const notInCopyright = raw`(?<!(?:[Cc]opyright|COPYRIGHT|\([cC]\)|©|CopyrightText)[^\n]{0,200})`;

const label = raw`[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?`;
const hostName = raw`${label}(?:\.${label}){0,6}`;
const account = raw`[A-Za-z_][\w.-]{0,62}`;
const remoteShell = raw`(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)`;
/** `ssh`, its options, and up to the place of the user. */
const shellTarget = raw`\b${remoteShell}[ \t](?:[^\n@]{0,200}[ \t])?`;
const shellKeywords = ['ssh ', 'scp ', 'sftp ', 'rsync ', 'mosh ', 'ssh-copy-id '];
const shellOptions = raw`(?:-[bcDEeFIiJLlmOopQRSWw][ \t]*[^\s-][^\s]{0,100}[ \t]+|-[46AaCfGgKkMNnqsTtVvXxYy]+[ \t]+){0,6}`;
const commandStart = raw`(?:^|[$#%>;&|(][ \t]*|\bsudo[ \t]+)`;
const prompt = raw`^(?:\([\w.-]{1,40}\)[ ]?)?\[?`;
const promptEnd = raw`(?=:[~\/]|[ :][^\n]{0,200}[$#%>❯])`;

const drive = raw`[A-Za-z](?::|%3[Aa])(?:\\{1,4}|\/|%5[Cc]|%2[Ff])`;
const homes = raw`(?:(?:(?<![\w.)}-]|:\/\/[^\s\/]{0,100})|(?<=[ \t]-[A-Za-z])|(?<=\bvscode-\w{1,20}:\/\/[\w.+%@-]{1,200}))(?:file:\/\/\/?)?(?:(?:\/(?:var|export|usr))?\/home\/|(?:\/mnt)?(?:\/[a-z])?\/Users\/|${drive}(?:Users|Documents and Settings)(?:\\{1,4}|\/|%5[Cc]|%2[Ff])|%2F(?:home|Users)%2F)|(?<=[\w$])\\{1,2}home\\{1,2})`;
const homeName = raw`[^\/\\\s"'${'`'}:;,<>\|*?\(\)\{\}$%\[\]&=#!]{1,64}`;

const name = raw`[\p{L}][\p{L}\p{M}'’.\-]{0,40}(?:[ ][\p{L}\(][\p{L}\p{M}'’.\-\)]{0,40}){0,4}`;
const fullName = raw`\p{Lu}[\p{L}\p{M}'’.\-]{0,40}(?:[ ][\p{L}][\p{L}\p{M}'’.\-]{0,40}){1,4}`;
const nameEnd = raw`(?=[ \t]*(?:$|[<(,;*"'|&\/]|-->|\\n|and\b))`;
const trailers = [
  'signed-off',
  'co-authored',
  'co-committed',
  'co-developed',
  'reviewed',
  'acked',
  'tested',
  'reported',
  'suggested',
  'helped',
  'approved',
];
const capital = (word: string) => `[${word[0]}${word[0].toUpperCase()}]${word.slice(1)}`;
const anyCase = (word: string) => [...word].map((c) => `[${c}${c.toUpperCase()}]`).join('');

const address = raw`(?:\d{1,3}\.){3}\d{1,3}`;
const afterAddress = raw`(?!\.?\w|-[A-Za-z])(?<!\bd=["'][^"'\n]{0,2000})`;
const notVersion = raw`(?<!(?:[Vv]ersions?|VERSION|\b[Vv]er|\b[Rr]elease|\b[Uu]pgraded?|\bto [Vv])["'\]\)]?[ \t]*[:=\(,]{0,2}>?[ \t]*["'\(]?[<>=~^ ]{0,3})`;

const tels = ['phone', 'mobile', 'cell', 'fax', 'whatsapp', 'sms', 'tel', 'call', 'dial', 'contact'];

export const identifierRules: readonly Rule[] = [
  rule({
    id: 'email',
    type: 'email',
    keywords: betweenWords,
    before: raw`(?<![\p{L}\p{N}._%+\/\-])(?<!:\/\/[^\s\/@]{0,64}:)(?<!\b${remoteShell}[ \t][^\n]{0,200})`,
    value: raw`[\p{L}\p{N}][\p{L}\p{N}._%+\-]{0,63}@(?:[\p{L}\p{N}][\p{L}\p{N}\-]{0,62}\.){1,8}(?:[A-Za-z]{2,24}|[xX][nN]--[A-Za-z0-9\-]{2,59})`,
    after: raw`(?![\p{L}\p{N}_\-]|\.[\p{L}\p{N}]|:(?:~|[\w.~\-]{0,64}\/))${notInCopyright}`,
    accept: isMail,
    reference: 'RFC 5321, mailbox',
  }),
  rule({
    id: 'url-user',
    type: 'user',
    keywords: ['://'],
    before: raw`\b(?:https?|ssh|git|ftp|sftp|svn\+ssh|git\+ssh):\/\/`,
    value: raw`[A-Za-z_][\w.-]{1,62}`,
    after: raw`(?=(?::[^\s@\/]{0,256})?@)`,
    accept: isPersonal,
    reference: 'RFC 3986, userinfo',
  }),
  rule({
    id: 'home-path',
    type: 'user',
    keywords: [
      '/home/',
      '/users/',
      '\\users\\',
      '\\home\\',
      '%2fhome%2f',
      '%2fusers%2f',
      '%5cusers%5c',
      'and settings\\',
    ],
    before: homes,
    value: raw`${homeName}(?:[ ]${homeName}){1,2}(?=\\{1,4}[A-Z])|${homeName}`,
    after: raw`(?=[\/\\\s"'${'`'}:;,<>\|\)\]&?#%]|$)`,
    accept: isHomeOf,
    reference: 'home folders of Linux, macOS and Windows',
  }),
  rule({
    id: 'ssh-host',
    type: 'host',
    keywords: shellKeywords,
    contexts: ['config', 'terminal'],
    before: raw`${commandStart}(?:ssh|sftp|mosh|ssh-copy-id)[ \t]+${shellOptions}`,
    value: hostName,
    after: raw`(?=[ \t\n"';&|]|$)`,
    accept: isHost,
    reference: 'man ssh: destination',
  }),
  rule({
    id: 'ssh-target-host',
    type: 'host',
    keywords: [...shellKeywords, 'ssh://'],
    before: raw`(?:${shellTarget}|\bssh:\/\/)${account}@`,
    value: hostName,
    after: raw`(?![\w\-.@])`,
    accept: isHost,
    reference: 'man ssh, man scp: user@host',
  }),
  rule({
    id: 'ssh-target-user',
    type: 'user',
    keywords: shellKeywords,
    before: shellTarget,
    value: account,
    after: raw`(?=@${label})`,
    accept: isPersonal,
    reference: 'man ssh, man scp: user@host',
  }),
  rule({
    id: 'prompt-host',
    type: 'host',
    keywords: betweenWords,
    contexts: ['terminal'],
    before: raw`${prompt}${account}@`,
    value: hostName,
    after: promptEnd,
    accept: isHost,
    reference: 'man bash: PS1, \\u@\\h',
  }),
  rule({
    id: 'prompt-user',
    type: 'user',
    keywords: betweenWords,
    contexts: ['terminal'],
    before: prompt,
    value: account,
    after: raw`(?=@${hostName}${promptEnd})`,
    accept: isPersonal,
    reference: 'man bash: PS1, \\u@\\h',
  }),
  rule({
    id: 'internal-host',
    type: 'host',
    keywords: ['.internal', '.corp', '.lan', '.intra', '.local'],
    before: raw`(?<![\w.@\/$\-])`,
    value: raw`(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}(?:internal|corp|lan|intra|intranet|local)`,
    after: raw`(?![\w\-(]|\.\w|[ \t]*=)`,
    accept: isInternalHost,
    reference: 'ICANN: domains reserved for use inside, RFC 6762',
  }),
  rule({
    id: 'internal-url-host',
    type: 'host',
    keywords: ['.internal', '.corp', '.lan', '.intra', '.local'],
    before: raw`(?:\/\/|@)`,
    value: raw`(?:${label}\.){1,6}(?:internal|corp|lan|intra|intranet|local)`,
    after: raw`(?![\w\-]|\.\w)`,
    accept: isHost,
    reference: 'ICANN: domains reserved for use inside, RFC 6762',
  }),
  rule({
    id: 'author',
    type: 'person',
    keywords: ['author', 'committer', 'maintainer', 'written by', 'created by'],
    before: raw`(?:^|[*#\/;%!"'\-])[ \t]*(?:@authors?|Authors?|AUTHORS?|Commit(?:ter)?|@?Maintainers?|(?:[Ww]ritten|[Cc]reated) by)[ \t]*:?[ \t]+`,
    value: name,
    after: `${nameEnd}${notInCopyright}`,
    accept: isPersonName,
    reference: 'git log, JSDoc, Javadoc, Doxygen',
  }),
  rule({
    id: 'author-field',
    type: 'person',
    keywords: ['author', 'maintainer', 'contributor'],
    before: raw`(?:\b|\b__)(?:authors?|maintainers?|contributors?)(?:__)?["']?[ \t]*[:=][ \t]*\[?[ \t]*["'](?:[^"'\n]{0,100}["'],[ \t]*["'])?`,
    value: fullName,
    after: raw`(?=["']|[ \t]+[<(])${notInCopyright}`,
    accept: isPersonName,
    reference:
      'docs.npmjs.com: package.json, packaging.python.org: pyproject.toml, doc.rust-lang.org: Cargo.toml, PEP 8: __author__',
  }),
  rule({
    id: 'author-element',
    type: 'person',
    keywords: ['<author>', '<authors>'],
    before: raw`<[Aa]uthors?>\s{0,40}`,
    value: fullName,
    after: raw`(?=\s{0,40}<)`,
    accept: isPersonName,
    reference: 'RFC 4287, RSS, learn.microsoft.com: properties of NuGet packages',
  }),
  rule({
    id: 'git-identity',
    type: 'person',
    keywords: ['user.name', 'git_author_name', 'git_committer_name', '--author'],
    before: raw`(?:\buser\.name[ \t=]{1,4}|\bGIT_(?:AUTHOR|COMMITTER)_NAME["']?[ \t]?[=:][ \t]?|[ \t]--author[= ])["']?`,
    value: fullName,
    after: raw`(?=["']|[ \t]*(?:$|<))`,
    accept: isPersonName,
    reference: 'man git-config, man git-commit',
  }),
  rule({
    id: 'merged-owner',
    type: 'user',
    contexts: ['terminal'],
    keywords: ['merge pull request #'],
    before: raw`\bMerge pull request #\d{1,7} from `,
    value: raw`[A-Za-z\d][A-Za-z\d-]{0,38}`,
    after: raw`(?=\/)`,
    accept: isPersonal,
    reference: 'docs.github.com: merging a pull request',
  }),
  rule({
    id: 'trailer',
    type: 'person',
    keywords: trailers.map((word) => `${word}-by`),
    before: raw`\b(?:${trailers.map(capital).join('|')})-[Bb]y:?[ \t]+`,
    value: name,
    after: nameEnd,
    accept: isPersonName,
    reference: 'git interpret-trailers',
  }),
  rule({
    id: 'name-of-address',
    type: 'person',
    keywords: betweenWords,
    before: raw`(?<![\p{L}\p{N}_.'’\-]|\p{Lu}[\p{L}.'’\-]{0,40}[ ])`,
    value: fullName,
    after: raw`(?=[ ]<[^\s<>@]{1,64}@[^\s<>@]{1,255}>)${notInCopyright}`,
    accept: isPersonName,
    reference: 'RFC 5322, name-addr',
  }),
  rule({
    id: 'assignee',
    type: 'person',
    keywords: ['todo(', 'fixme(', 'xxx(', 'hack(', 'note(', 'bug('],
    before: raw`\b(?:TODO|FIXME|XXX|HACK|NOTE|BUG|[Tt]odo|[Ff]ixme)\([ \t]*@?`,
    value: raw`[\p{L}][\p{L}\p{N}_.\-]{1,38}`,
    after: raw`(?=[ \t]*[),:])`,
    accept: isAssignee,
    reference: 'Google style guides: TODO comments',
  }),
  rule({
    id: 'blame',
    type: 'person',
    keywords: ['-0', '-1'],
    contexts: ['terminal'],
    before: raw`^\^?[0-9a-f]{7,40}(?:[ \t]+[^\s(]+)?[ \t]+\([ \t]*`,
    value: name,
    after: raw`(?=[ \t]+\d{4}-\d\d-\d\d)`,
    accept: isPersonName,
    reference: 'git blame',
  }),
  rule({
    id: 'ipv4',
    type: 'ip',
    keywords: digits.map((digit) => `${digit}.`),
    before: raw`(?<![\w.]|[^\d\s]-|[<>=~!^]=|[\^~]|[A-Za-z]\/)${notVersion}`,
    value: address,
    after: afterAddress,
    accept: (value) => isPublicIpv4(value) && !looksLikeVersion(value),
    reference: 'RFC 791, RFC 6890',
  }),
  rule({
    id: 'ipv4-named',
    type: 'ip',
    keywords: digits.map((digit) => `${digit}.`),
    before: raw`(?:(?:\b[Ii][Pp](?:[Vv]4)?|[Hh]ost(?:name)?|HOST|[Aa]ddr(?:ess)?|ADDR(?:ESS)?|[Ss]erver|SERVER|[Pp]eer|[Gg]ateway|[Cc]lient|[Rr]emote|[Nn]ameserver|\b[Dd][Nn][Ss]|\binet|\bping|\bfrom)["'\]\)]?[ \t]*[:=(]?[ \t]*["'\[(]?|:\/\/(?:[^\s\/@]{1,64}@)?|@)`,
    value: address,
    after: afterAddress,
    accept: isPublicIpv4,
    reference: 'RFC 791, RFC 6890',
  }),
  rule({
    id: 'ipv4-dashed',
    type: 'ip',
    keywords: ['ec2-'],
    before: raw`\bec2-`,
    value: raw`(?:\d{1,3}-){3}\d{1,3}`,
    after: raw`(?=\.[a-z\d.-]{0,40}compute)`,
    accept: (value) => isPublicIpv4(value.replaceAll('-', '.')),
    reference: 'docs.aws.amazon.com: EC2 instance hostnames',
  }),
  rule({
    id: 'ipv6',
    type: 'ipv6',
    // The blocks that registries give from.
    keywords: [
      ...pairs(['200', '240', '260', '280', '2a0', '2a1'], '', hexDigits),
      '241',
      '2610',
      '2620',
      '2630',
      '2c0f',
    ].map((block) => (block.length === 3 ? block : `${block}:`)),
    before: raw`(?<![\w:.])`,
    value: raw`[23][0-9a-fA-F]{3}(?::[0-9a-fA-F]{0,4}){2,7}`,
    after: raw`(?![\w:]|\.\d)`,
    accept: isPublicIpv6,
    reference: 'RFC 4291, RFC 6890',
  }),
  rule({
    id: 'mac',
    type: 'mac',
    keywords: [...pairs(hexDigits, ':', hexDigits), ...pairs(hexDigits, '-', hexDigits)],
    before: raw`(?<!\w|[0-9A-Fa-f][:\-])`,
    value: raw`[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})`,
    after: raw`(?!\w|[:\-][0-9A-Fa-f])`,
    accept: isMac,
    reference: 'IEEE 802, EUI-48',
  }),
  rule({
    id: 'mac-dotted',
    type: 'mac',
    keywords: ['mac', 'address', 'arp', 'ether'],
    before: raw`\b(?:[Mm][Aa][Cc]s?|[Aa]ddress|ARP|arp|[Ee]ther(?:net)?)\b[^\n]{0,40}(?<![\w.])`,
    value: raw`[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}`,
    after: raw`(?![\w]|\.\w)`,
    accept: isMac,
    reference: 'Cisco IOS: MAC address format',
  }),
  rule({
    id: 'phone-international',
    type: 'phone',
    keywords: digits.slice(1).map((digit) => `+${digit}`),
    before: raw`(?<![\w+.\-*)\]])`,
    value: raw`\+[1-9]\d{0,2}(?:[ .\-]?\(?\d{1,4}\)?(?:[ .\-]?\d{1,4}){2,5})`,
    after: raw`(?![\w.\-]?\d|\w)`,
    accept: isPhone,
    reference: 'ITU-T E.164, E.123',
  }),
  rule({
    id: 'phone-american',
    type: 'phone',
    keywords: [...digits.slice(2).map((digit) => `(${digit}`)],
    before: raw`(?<![\w.\-])`,
    value: raw`\([2-9]\d{2}\)[ ]?[2-9]\d{2}[\-.]\d{4}`,
    after: raw`(?![\w\-]|\.\d)`,
    accept: isAmericanPhone,
    reference: 'North American Numbering Plan',
  }),
  rule({
    id: 'phone-named',
    type: 'phone',
    keywords: tels,
    before: raw`(?:${tels.map(anyCase).join('|')})(?:[_ \-]?(?:[Nn]umber|NUMBER|[Nn]o\.?))?["'\]]?[^\n\d+"']{0,16}["'(]?(?<![\w.\-+])`,
    value: raw`(?:\+\d{1,3}[ .\-])?\(?\d{2,5}\)?(?:[ .\/\-]{1,2}\d{2,8}){1,4}`,
    after: raw`(?![\w\-]|\.\d)`,
    accept: isPhone,
    reference: 'ITU-T E.123, national notation',
  }),
  rule({
    id: 'card',
    type: 'card',
    keywords: ['card', 'visa', 'amex', 'payment', 'pan'],
    before: raw`\b(?:[\w.]{0,40}[Cc]ard|[\w.]{0,40}CARD|[Cc]redit|[Vv]isa|VISA|[Aa]mex|AMEX|[Mm]aster[Cc]ard|[Pp]ayment|PAN|pan)\w{0,20}\b[^\n]{0,40}?(?<![\w.\-])`,
    value: raw`\d{4}(?:[ \-]?\d{4}){2}[ \-]?\d{1,7}|3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}|3\d{3}[ \-]?\d{6}[ \-]?\d{4}`,
    after: raw`(?![\w\-]|\.\d)`,
    accept: isCard,
    reference: 'ISO/IEC 7812',
  }),
  rule({
    id: 'card-grouped',
    type: 'card',
    keywords: [...pairs(digits, ' ', digits), ...pairs(digits, '-', digits)],
    before: raw`(?<![\w.\-])`,
    value: raw`(?:(?<!\d[ ])\d{4}(?: \d{4}){3}|\d{4}(?:-\d{4}){3}|3[47]\d{2}([ \-])\d{6}\1\d{5})`,
    after: raw`(?![\w\-]|\.\d|[ ]\d)`,
    accept: isCard,
    reference: 'ISO/IEC 7812',
  }),
  rule({
    id: 'iban',
    type: 'iban',
    keywords: ibanCountries.flatMap((country) => digits.map((digit) => `${country.toLowerCase()}${digit}`)),
    before: raw`(?<![A-Za-z0-9_.\-\/+=])`,
    value: raw`[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,3})?`,
    after: raw`(?![A-Za-z0-9_\/+=])`,
    accept: isIban,
    reference: 'ISO 13616, IBAN registry',
  }),
  rule({
    id: 'ssn',
    type: 'ssn',
    keywords: pairs(digits, '-', digits),
    before: raw`(?<![\w.\/+\-]|\d[ ])`,
    value: raw`\d{3}-\d{2}-\d{4}`,
    after: raw`(?![\w\-]|\.\d)`,
    accept: isSsn,
    reference: 'Social Security Administration: number format',
  }),
];
