/** The detectors, as data: one rule a row. */
import { identifierRules } from './identifiers.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secrets.ts';

export const rules: readonly Rule[] = [...secretRules, ...identifierRules];
