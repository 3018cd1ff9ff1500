import type * as z from 'zod';

const shown = 3;

/** What a schema did not accept, in one line: `steps[3].origin: Invalid option; ...`. */
export function issueText({ issues }: z.ZodError): string {
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
