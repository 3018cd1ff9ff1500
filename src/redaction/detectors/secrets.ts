/** Secrets: the rows of all tables. */
import { credentialFileRules } from './credentialFiles.ts';
import { namedValueRules } from './namedValues.ts';
import { rareStringRules } from './rareStrings.ts';
import type { Rule } from './rule.ts';
import { vendorTokenRules } from './vendorTokens.ts';

export const secretRules: readonly Rule[] = [
  ...credentialFileRules,
  ...vendorTokenRules,
  ...namedValueRules,
  ...rareStringRules,
];
