import { rules } from './detectors/rules.ts';

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
