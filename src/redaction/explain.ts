import { rules } from './detectors/rules.ts';
import type { PlaceholderType } from './placeholders.ts';

const known: Record<string, string> = {
  'known:secret': 'a value of your environment or of an .env file',
  'known:setting': 'a value of an .env file',
  'known:denied': 'your own list: always redacted',
  'known:user': 'your account',
  'known:home': 'your home folder',
  'known:workspace': 'the folder of the workspace',
  'known:host': 'the name of this machine',
  'known:email': 'an address of your git identity or of an author',
  'known:person': 'a name of your git identity or of an author',
  'known:repository': 'a remote of the repository',
  'known:commit': 'a commit of the workspace',
  'known:ticket': 'a ticket of a branch or commit',
  review: 'taken out in review',
  'beside-a-value': 'it tells how long a covered value beside it is',
};

/** What a rule goes by, in plain words. @param rule as in `Value.rule`. */
export function explainRule(rule: string): string {
  if (rule.startsWith('own-pattern-')) return `pattern ${rule.slice('own-pattern-'.length)} of your own`;
  return known[rule] ?? rules.find(({ id }) => id === rule)?.reference ?? rule;
}

const types: Record<PlaceholderType, string> = {
  secret: 'a secret; a record does not keep by which rule, which would tell whose service it opens',
  number: 'a secret of digits alone',
  private_key: 'a private key',
  card: 'the number of a payment card',
  iban: 'the number of a bank account',
  ssn: 'a social security number',
  email: 'an e-mail address',
  user: 'the name of an account',
  home: 'a home folder',
  host: 'the name of a machine',
  person: 'the name of a person',
  repository: 'the name of a repository',
  commit: 'a commit',
  ticket: 'the number of a ticket',
  ip: 'a network address',
  ipv6: 'a network address',
  mac: 'the address of a network card',
  phone: 'a telephone number',
  workspace: 'the folder of a workspace',
  column: 'it tells how long a covered value beside it is',
  caret: 'it tells how long a covered value beside it is',
};

/** What is known of a value whose rule was not kept. Null for what is no type: a record may come from anywhere. */
export function explainType(type: string): string | null {
  return Object.hasOwn(types, type) ? types[type as PlaceholderType] : null;
}
