/** Tells values that secrets stand in from what only looks like them. */

import { holdsPlaceholder } from '../placeholders.ts';
import { isRandom } from '../rarity.ts';
import type { Context } from './rule.ts';

const standIns =
  /^(?:x{3,}|\*{3,}|\.{3,}|-+|_+|0+|1234(?:56789?0?)?|change[-_ ]?(?:me|it)|(?:your|my|the|some|an?)[-_ ][a-z_ -]*\d{0,3}|(?:example|dummy|fake|sample|placeholder|redacted)[a-z_ -]*\d{0,3}|todo|tbd|foo(?:bar)?|bar|baz|test(?:ing)?|none|null|nil|undefined|true|false|yes|no|on|off|string|number|boolean|object|any|unknown|void|bytes?|str|int|text|hidden|required|optional|default|empty|disabled|enabled|auto|bearer|basic|digest|value|admin|root|user(?:name)?|localhost|production|development|staging)$/i;

/** References to a value kept elsewhere: `${X}`, `$X`, `%X%`, `<x>`, `{{ x }}`, `process.env.X`, `os.environ[…]`. */
const reference =
  /^(?:\$\{?[\w.:-]+\}?|\$\(.*|%\w+%|<[^>]*>?|\{\{.*|\[.*\]|@.*|#\{.*|process\.env\b.*|os\.(?:environ|getenv)\b.*|(?:ENV|env)[[(.].*|(?:secrets|vars|var|local|data|module|self|this|ctx|config|settings|options|opts|params|args|req|request|props|state)\.[\w.]+.*)$/;

const keyWord = /pass(?:word|wd|phrase|code)?|pwd|secret|token|cred(?:ential)?s?|api[-_ ]?key|auth/i;

/** Whether a value named by a secret-like key is one. */
export function isSecretValue(value: string, context: Context): boolean {
  const trimmed = value.trim();
  if (trimmed.length < (context === 'source' ? 4 : 3)) return false;
  if (standIns.test(trimmed) || reference.test(trimmed) || holdsPlaceholder(trimmed)) return false;
  if (/^(.)\1*$/u.test(trimmed)) return false;
  // The name of a field or a sentence for people, and not what it names.
  if (!/\d/.test(trimmed) && keyWord.test(trimmed) && !isRandom(trimmed)) return false;
  if (context !== 'source') return true;
  if (/\s/.test(trimmed)) return false;
  if (trimmed.length > 512) return false;
  if (isRandom(trimmed)) return true;
  // Names of things: words joined by punctuation, paths, URLs, colours and selectors.
  if (/^[A-Za-z]+(?:[._:/-][A-Za-z]+)+$/.test(trimmed)) return false;
  return !/^(?:https?:\/\/|\.{0,2}\/|#[a-z][a-z-]*$|#[\da-f]{3,8}$|\.[a-z])/i.test(trimmed);
}
