/** Tells values that secrets stand in from what only looks like them. */

import { holdsPlaceholder } from '../placeholders.ts';
import { isRandom, surprise } from './rarity.ts';
import type { Context } from './rule.ts';

const standIns =
  /^(?:x{3,}|\*{3,}|\.{3,}|-+|_+|0+|1234(?:56789?0?)?|(?:insert|enter|change|replace|put|add|set|paste|fill)[-_ ]?(?:me|it|this|in|(?:your|a|the|my|with)?[-_ ].*|here)|(?:your|my|the|some|an?)[-_ ][a-z_ -]*\d{0,3}|(?:example|dummy|fake|sample|placeholder|redacted)[a-z_ -]*\d{0,3}|todo|tbd|foo(?:bar)?|bar|baz|test(?:ing)?|none|null|nil|undefined|true|false|yes|no|on|off|string|number|boolean|object|any|unknown|void|bytes?|str|int|integer|text|hidden|required|optional|default|empty|disabled|enabled|auto|bearer|basic|digest|value|admin|root|user(?:name)?|localhost|production|development|staging|n\/a|self|this|function|async|await|return|new|not|null|const|let|var|if|else|type|class|import|export|public|private|static|readonly|input|write|read|include|same-origin|omit|cookie|header|query|body|jwt|level|salt|names?|path|version|licen[cs]e|expression|certificate|utf-?8|rsa|[hrep]s\d{3}|v?\d{1,4}|[\^~<>=v]{0,2}\d+\.\d+(?:\.\d+)?\S{0,12})$/i;

/** References to a value kept elsewhere: `${X}`, `$X`, `%X%`, `<x>`, `{{ x }}`, `process.env.X`, `os.environ[…]`. */
const reference =
  /^(?:\$\{?[\w.:-]+\}?[;,)]?|\$\{.*\}|\$\(.*|%\w+%|%[sdv@]|<[^>]*>?|\{\{.*|\{[\w.]*\}|\[.*\]|#\{.*|[&*][a-z_]+|!(?:Ref|Sub|GetAtt|secret|vault|env|include|reference)\b.*|@\w+@|arn:.*|process\.env\b.*|os\.(?:environ|getenv)\b.*|(?:ENV|env)[[(.].*|(?:secrets|vars|var|local|data|module|self|this|ctx|config|settings|options|opts|params|args|req|request|props|state)\.[\w.]+.*)$/;

const keyWord =
  /pass(?:word|wd|phrase|code)?|pwd|secret|token|cred(?:ential)?s?|(?:api|access|private)[-_ ]?key|auth|_key$|^key/i;

/** What stands unquoted behind a name in code: member expressions, calls, names of types and variables. */
const code =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\?\.|\.|::|->)[A-Za-z_$][\w$]*)+[;,)]*|[\w$.:]+[([].*|[a-z]+(?:[A-Z][a-z]+)+[;,)]*|(?:[A-Z][a-z]+){2,}[;,)]*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]\w*<.*|.*=>.*|[{(].*|.*[{(])$/;

/** Whether a value is not one character over and over, or a few in a row. */
export function isVaried(value: string): boolean {
  const enough = Math.min(6, Math.ceil(value.length / 3));
  let seen = '';
  for (let i = 0; i < value.length && seen.length < enough; i++) if (!seen.includes(value[i])) seen += value[i];
  return seen.length >= enough;
}

/** Whether a value named by a secret-like key is one. */
export function isSecretValue(value: string, context: Context): boolean {
  const trimmed = value.trim();
  if (trimmed.length < (context === 'source' ? 4 : 3)) return false;
  if (standIns.test(trimmed) || reference.test(trimmed) || holdsPlaceholder(trimmed)) return false;
  if (/^(.{1,2})\1*$/u.test(trimmed)) return false;
  // The name of a field or a sentence for people, and not what it names.
  if (!/\d/.test(trimmed) && keyWord.test(trimmed) && !isRandom(trimmed)) return false;
  if (code.test(trimmed) && !(isRandom(trimmed) && /\d/.test(trimmed))) return false;
  if (context !== 'source') return true;
  if (/\s/.test(trimmed)) return false;
  if (trimmed.length > 512) return false;
  if (isRandom(trimmed)) return true;
  // Names of things: words joined by punctuation, paths, URLs, colours and selectors.
  if (/^[A-Za-z]+(?:[._:/-][A-Za-z]+)+$/.test(trimmed)) return false;
  return !/^(?:https?:\/\/|\.{0,2}\/|#[a-z][a-z-]*$|#[\da-f]{3,8}$|\.[a-z])/i.test(trimmed);
}

/** Whether a value gives itself away where its name alone says too little: it mixes kinds of characters as words do not. */
export function isStrongValue(value: string, context: Context): boolean {
  if (!isSecretValue(value, context) || value.length < 6 || /\s/.test(value)) return false;
  if (isRandom(value)) return true;
  // Paths, addresses, globs and regular expressions; words with a number behind.
  if (/^(?:[\w-]*:)?\.{0,2}\/|\*\*|\/[gimsuy]+$|\.\w{1,4}$/.test(value) || !isVaried(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9_./:-]/].filter((kind) => kind.test(value)).length;
  if (/[^A-Za-z0-9_./:-]/.test(value)) return kinds >= 3;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && value.length >= 8 && surprise(value) >= 5;
}

/** Whether a value may be a key where its name says no more than `key`: at random, or a long row of letters and digits. */
export function isKeyLike(value: string, context: Context): boolean {
  if (value.length < 10 || !/\d/.test(value) || !isStrongValue(value, context)) return false;
  return isRandom(value) || (/^[A-Za-z0-9]{20,}[-_]*$/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 4);
}
