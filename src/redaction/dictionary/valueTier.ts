/** How widely a secret value is looked for: a setting called `production` must not shred the code. */
import { commonWords } from '../detectors/commonWords.ts';
import { isRandom, isRarePiece, pieceLength } from '../detectors/rarity.ts';
import { isSecretValue } from '../detectors/values.ts';
import { holdsPlaceholder } from '../placeholders.ts';

/**
 * `pieces`: each rare piece of it gives it away, wherever it stands. `whole`: looked for as a whole word. `placed`: covered
 * beside its key by the rules, and nowhere else.
 */
export type ValueTier = 'pieces' | 'whole' | 'placed';

const shortestWhole = 8;

export function valueTier(text: string): ValueTier {
  if (isOrdinary(text)) return 'placed';
  for (let i = 0; i + pieceLength <= text.length; i++) {
    if (isTellingPiece(text.slice(i, i + pieceLength))) return 'pieces';
  }
  return text.length >= shortestWhole ? 'whole' : 'placed';
}

/** What many values begin with, and what placeholders are made of. */
const everywhere = [
  'https://www.',
  'http://',
  'wss://',
  'postgres://',
  'postgresql://',
  'mysql://',
  'mariadb://',
  'mongodb://',
  'mongodb+srv://',
  'redis://',
  'rediss://',
  'amqps://',
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----END OPENSSH PRIVATE KEY-----',
  'BEGIN EC PRIVATE',
  '@localhost:',
  'host00000.example.com',
  'user00000@example.com',
  '/home/user00000',
  'Person00000',
  'repo00000',
  'TICKET-00000',
  ...['SECRET', 'KEY', 'CARD', 'IBAN', 'SSN', 'COMMIT'].map((kind) => `REDACTED_${kind}_00000`),
];
const everywherePieces = new Set(
  everywhere.flatMap((text) =>
    Array.from({ length: text.length - pieceLength + 1 }, (_, i) => text.slice(i, i + pieceLength)),
  ),
);
const lettersOfPlaceholders = /^9?0{4,}\d*$/;

/** Whether a piece of a value gives it away. */
export function isTellingPiece(piece: string): boolean {
  if (!isRarePiece(piece) || lettersOfPlaceholders.test(piece)) return false;
  return !everywherePieces.has(piece.replace(/\d/g, '0'));
}

const ordinaryForms = [
  // Numbers, sizes, durations, versions and dates.
  /^[+-]?\d{1,7}$/,
  /^\d+0{3,}$/,
  /^(?:16777216|33554432|67108864|134217728|268435456|536870912|1073741824|2147483647|2147483648|4294967295|4294967296|86400000|604800000|2592000000|31536000)$/,
  /^[+-]?\d+(?:[._,]\d+)*(?:ms|s|sec|m|min|h|hr|d|w|y|b|k|kb|mb|gb|tb|ki?b?|mi?b?|gi?b?|px|r?em|%|x)?$/i,
  /^[v^~]?\d+(?:\.\d+){1,3}(?:-[a-z]+(?:\.?\d+)*)?$/i,
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?$/,
  // Regions, time zones, locales, algorithms.
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-|iso-)?(?:north|south|east|west|central)+-\d[a-z]?$/,
  /^(?:us|europe|asia|australia|northamerica|southamerica|africa|me)-(?:north|south|east|west|central)+\d(?:-[a-f])?$/,
  /^[A-Z][a-z]+(?:\/[A-Z][A-Za-z_]+){1,2}$/,
  /^[a-z]{2}(?:[_-][A-Z]{2})?(?:\.utf-?8)?$/i,
  /^(?:[HREP]S|aes|sha|rsa|utf|iso|md|es|ed)[-_]?\d+(?:[-_](?:gcm|cbc|ctr|\d+))*$/i,
  // Addresses of this machine, and paths.
  /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|(?:10|192\.168)(?:\.\d+){2,3})(?::\d+)?(?:\/[\w./-]*)?$/i,
  /^(?:~|\.{1,2})?\/(?:[\w.@-]+\/)*[\w.@-]{0,32}$/,
];

/** Whether a value is one of those that stand in any code. */
function isOrdinary(text: string): boolean {
  const value = text.trim();
  if (!isSecretValue(value, 'config') || commonWords.has(value.toLowerCase()) || holdsPlaceholder(value)) return true;
  if (ordinaryForms.some((form) => form.test(value)) && !isRandom(value)) return true;
  const words = value.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.every((word) => commonWords.has(word.toLowerCase()) || /^\d{1,5}$/.test(word));
}

const url = /^[a-z][a-z\d+.-]{1,20}:\/\/(?:(?<userinfo>[^\s/@]*)@)?(?<host>[^\s/?#@]*)(?<rest>\S*)$/i;

/** The lines around a key, and the line breaks behind them, also written as escapes. */
const armour = /(?:\s|\\+[nr])*-----(?:BEGIN|END) [A-Z\d ]{1,48}-----(?:\s|\\+[nr])*/;

/**
 * The parts of a value that are secret: an address is public but for its password and its keys, and so are the lines that
 * say that a key begins and ends.
 */
export function secretParts(value: string): string[] {
  if (armour.test(value)) return value.split(armour).filter((part) => part !== '');
  const groups = url.exec(value)?.groups;
  if (!groups) return [value];
  const password = groups.userinfo?.slice(groups.userinfo.indexOf(':') + 1);
  const keys = groups.rest.split(/[/?&=#;,]/).filter(isRareSetting);
  return [...(password ? [password] : []), ...keys];
}

/** Whether a value without a telling name is likely to be a secret. */
export function isRareSetting(value: string): boolean {
  return valueTier(value) === 'pieces' && value.split(/[\s.,:;/@_-]+/).some((word) => isMixed(word) || isRandom(word));
}

function isMixed(word: string): boolean {
  return word.length >= 8 && /\p{L}/u.test(word) && (word.match(/\d/g)?.length ?? 0) >= 2 && !/^\p{L}+\d+$/u.test(word);
}
