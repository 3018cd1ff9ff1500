/** Identifiers of people and machines: one rule a row. */
import { commonWords } from '../commonWords.ts';
import { holdsPlaceholder } from '../placeholders.ts';
import type { Rule } from './rule.ts';

const email =
  /^(?!.*@(?:[\w-]+\.)*example\.(?:com|org|net)$)(?!.*\.(?:test|invalid|localhost|example|png|jpe?g|gif|svg|webp|ico|css|js|ts|md)$)(?!(?:git|hg|noreply|no-reply)@)/i;

/** Accounts that name nobody. */
const genericAccounts = new Set(
  'root admin administrator user users username guest test tester dev developer node vscode ubuntu debian runner jenkins app www-data nobody me you name shared public default ec2-user circleci codespace gitpod vagrant'.split(
    ' ',
  ),
);

/** Whether a name stands for a person or a machine, and not for everybody's. */
export function isPersonal(name: string): boolean {
  const lower = name.toLowerCase();
  return !genericAccounts.has(lower) && !commonWords.has(lower) && !holdsPlaceholder(name) && /[a-z]/i.test(name);
}

export const identifierRules: readonly Rule[] = [
  {
    id: 'email',
    type: 'email',
    keywords: ['@'],
    closed:
      /(?<![A-Za-z0-9._%+:/-])(?<value>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9-])/dg,
    accept: (value) => email.test(value),
    delimited: true,
    reference: 'RFC 5321, mailbox',
  },
  {
    id: 'home-path',
    type: 'user',
    keywords: ['/home/', '/users/', '\\users\\'],
    closed:
      /(?<![\w.)}-])(?:\/home\/|\/Users\/|[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/))(?<value>[^/\\\s"'`:;,<>|*?(){}$[\]]+)(?=[/\\\s"'`:;,]|$)/dgm,
    open: /(?<![\w.)}-])(?:\/home\/|\/Users\/|[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/))(?<value>[^/\\\s"'`:;,<>|*?(){}$[\]]+)$/d,
    accept: isPersonal,
    delimited: true,
    reference: 'home folders of Linux, macOS and Windows',
  },
];
