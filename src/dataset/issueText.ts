import type * as z from 'zod';

const shown = 3;

const otherVersions = new Map<PropertyKey, string>([
  ['schema_version', 'of another version of Understudy, which this one cannot read. Update it.'],
  ['deriver_version', 'derived by another version of Understudy. Run: understudy derive'],
]);

/** What a row is whose own field tells that another version wrote it: all other issues follow from that. */
export function otherVersion({ issues }: z.ZodError): string | null {
  const told = issues.find(
    ({ path, code }) => path.length === 1 && code === 'invalid_value' && otherVersions.has(path[0]),
  );
  return (told && otherVersions.get(told.path[0])) ?? null;
}

/** What a schema did not accept, in one line: `steps[3].origin: Invalid option; ...`. */
export function issueText(error: z.ZodError): string {
  const version = otherVersion(error);
  if (version !== null) return version;
  const { issues } = error;
  const texts = issues
    .slice(0, shown)
    .map(({ path, message }) => (path.length ? `${pathText(path)}: ${message}` : message));
  return [...texts, ...(issues.length > shown ? [`and ${issues.length - shown} more`] : [])].join('; ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
