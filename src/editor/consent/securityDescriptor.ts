/** Windows' security descriptors, in the language in which it writes them down (SDDL). */

const administrators = new Set([
  ...['BA', 'S-1-5-32-544', 'SY', 'S-1-5-18', 'DA', 'EA', 'LA'],
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);
/** To read and to execute. */
const reading = new Set(['FR', 'FX', 'GR', 'GX', 'RC', 'CC', 'SW', 'WP', 'LO']);
const readingBits = 0x1 | 0x8 | 0x20 | 0x80 | 0x2_0000 | 0x10_0000 | 0x2000_0000 | 0x8000_0000;

/** Whether nobody but administrators and the system owns something or can change it. What is not understood says no. */
export function isAdministratorsOwn(sddl: string): boolean {
  const [, owner] = /^O:(.+?)G:/.exec(sddl) ?? [];
  const [, entries] = /D:[A-Z_]*((?:\([^()]*\))+)(?:S:|$)/.exec(sddl) ?? [];
  if (owner === undefined || entries === undefined || !administrators.has(owner)) return false;
  return [...entries.matchAll(/\(([^()]*)\)/g)].every(([, entry]) => {
    const [type, flags, rights, , , who] = entry.split(';');
    // Denied, or for what is made in it later.
    if (type === 'D' || flags.includes('IO')) return true;
    return type === 'A' && (administrators.has(who) || onlyReads(rights));
  });
}

function onlyReads(rights: string): boolean {
  if (/^0x[0-9a-f]+$/i.test(rights)) return (Number(rights) & ~readingBits) === 0;
  return /^(?:[A-Z]{2})+$/.test(rights) && (rights.match(/../g) ?? []).every((right) => reading.has(right));
}
