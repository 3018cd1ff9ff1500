/**
 * The names behind which the paths of a workspace with several folders stand, in their order: the folders' own, without
 * what would look like a path, and each once.
 */
export function rootNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replaceAll(/[\\/]/g, '-') || '-';
    let own = plain;
    // Also in another case it would be the same on some disks.
    for (let i = 2; taken.has(own.toLowerCase()); i++) own = `${plain}-${i}`;
    taken.add(own.toLowerCase());
    return own;
  });
}
