/** The other forms in which a value may stand in a text. */

/** The value itself, its escapes and its encodings, each once. */
export function encodings(value: string): string[] {
  return [...new Set([...escapes(value), ...embeddings(value)])];
}

/** The value itself, and as it is written into JSON, code, URLs and HTML. */
export function escapes(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = escapeUrl(value);
  return [
    ...new Set([
      value,
      json,
      JSON.stringify(json).slice(1, -1),
      escapeUnits(value, /[^\x20-\x7e]/g, (unit) => `\\u${hexOf(unit, 4)}`),
      escapeUnits(value, /[^\x20-\x7e]/g, (unit) => `\\x${hexOf(unit, 2)}`),
      url,
      url.replace(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase()),
      // Of shells.
      value.replaceAll(' ', '\\ '),
      // Of forms, and of libraries that leave fewer characters as they are.
      url.replaceAll('%20', '+'),
      url.replace(/[!'()*]/g, (character) => `%${hexOf(character.charCodeAt(0), 2).toUpperCase()}`),
      escapeHtml(value, "'", '&#39;'),
      escapeHtml(value, "'", '&#x27;'),
      escapeHtml(value, "'", '&apos;'),
    ]),
  ];
}

/** Encodings that stand inside a longer run of letters and digits. */
export function embeddings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((shift) => base64Core(bytes, shift));
  return [
    ...new Set([
      hex,
      hex.toUpperCase(),
      hex.replace(/../g, '\\x$&'),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** The part of the base64 text that depends on the value alone, when it stands `shift` bytes behind a group's start. */
function base64Core(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const tail = (shift + bytes.length) % 3 === 0 ? text.length : text.length - 1;
  return text.slice(Math.ceil((shift * 4) / 3), tail);
}

function escapeUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // A lone surrogate has no URL form.
    return value;
  }
}

function escapeUnits(value: string, which: RegExp, write: (unit: number) => string): string {
  return value.replace(which, (character) => write(character.charCodeAt(0)));
}

function hexOf(unit: number, width: number): string {
  return unit.toString(16).padStart(width, '0');
}

function escapeHtml(value: string, quote: string, entity: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', [quote]: entity };
  return value.replace(/[&<>"']/g, (character) => entities[character]);
}
