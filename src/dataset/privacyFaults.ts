/**
 * The privacy linter: whether the structured fields of a row tell of a time, a place, a person or a machine. What it finds
 * is named by its field and its kind, never by its value.
 */
import type * as z from 'zod';
import { isPersonal } from '../redaction/detectors/names.ts';
import type { KnownValue } from '../session/events.ts';
import { type FieldKind, kindOf, type Plan, planOf } from './privacyFields.ts';
import { markIn } from './privacyMarks.ts';

export interface PrivacyFault {
  /** As `steps[3].cwd`. */
  field: string;
  /** As `an absolute path`. */
  fault: string;
}

/**
 * @param name of the schema. Null: the row is of a kind that is not known, and every string of it is held to be structured.
 * @param known whose accounts, hosts and folders are looked for besides.
 */
export function privacyFaults(
  schema: { name: string; type: z.ZodObject } | null,
  row: unknown,
  known: readonly KnownValue[] = [],
): PrivacyFault[] {
  const walk = new Walk(known);
  walk.visit(row, schema ? planFor(schema.name, schema.type) : 'unknown', '');
  return walk.faults;
}

/** One line: `steps[3].cwd: an absolute path`. */
export function privacyText(faults: readonly PrivacyFault[]): string {
  return faults.map(({ field, fault }) => `${field}: ${fault}`).join('; ');
}

const plans = new WeakMap<z.ZodObject, Plan>();

function planFor(name: string, type: z.ZodObject): Plan {
  const plan = plans.get(type) ?? planOf(type, [name]);
  plans.set(type, plan);
  return plan;
}

/** Seconds since 2001, or their thousandth: no text, and no number of steps, is so long. */
const leastInstant = 1e9;

class Walk {
  readonly faults: PrivacyFault[] = [];
  readonly #known: ReadonlySet<string>;
  /** Most values stand in a row many times. */
  readonly #judged = new Map<string, string | null>();

  constructor(known: readonly KnownValue[]) {
    this.#known = new Set(known.flatMap(namesOf));
  }

  visit(value: unknown, plan: Plan | 'unknown', field: string, path: readonly string[] = []): void {
    if (plan === null || value === null) return;
    if (typeof value === 'number' && value >= leastInstant) this.faults.push({ field, fault: 'a clock time' });
    if (typeof value === 'string') {
      this.#judge(value, plan === 'json' ? (kindOf(path) ?? 'text') : kindIn(plan), field);
    } else if (Array.isArray(value)) {
      const inner = typeof plan === 'object' && 'list' in plan ? plan.list : plan;
      for (const [i, one] of value.entries()) this.visit(one, inner, `${field}[${i}]`, path);
    } else if (typeof plan === 'object' && 'fields' in plan) {
      for (const [key, inner] of plan.fields) this.visit(fieldOf(value, key), inner, within(field, key));
    } else if (typeof value === 'object') {
      for (const [key, one] of Object.entries(value)) this.visit(one, plan, within(field, key), [...path, key]);
    }
  }

  #judge(value: string, kind: FieldKind | null, field: string): void {
    if (kind === 'text') return;
    const key = `${kind} ${value}`;
    let fault = this.#judged.get(key);
    if (fault === undefined) {
      fault = markIn(value, kind) ?? (this.#namesKnown(value, kind) ? 'a known account, host or folder' : null);
      this.#judged.set(key, fault);
    }
    if (fault !== null) this.faults.push({ field, fault });
  }

  /** Texts and paths are redaction's: in code the name of an account may be a word. */
  #namesKnown(value: string, kind: FieldKind | null): boolean {
    if (kind === 'text' || kind === 'path' || kind === 'placeholder' || this.#known.size === 0) return false;
    const lower = value.toLowerCase();
    return this.#known.has(lower) || lower.split(/[^\p{L}\p{N}-]+/u).some((word) => this.#known.has(word));
  }
}

function kindIn(plan: Plan | 'unknown'): FieldKind | null {
  return typeof plan === 'object' && plan !== null && 'string' in plan ? plan.string : null;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : null;
}

function within(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`;
}

/** Words of this vocabulary that people are called. */
const alsoLanguages = new Set('ada coq crystal dart elm jade julia pascal ruby sass scala swift vala'.split(' '));
const identities: ReadonlySet<KnownValue['type']> = new Set(['user', 'host', 'home', 'workspace', 'email', 'person']);
const shortest = 3;

/** A host also without its domain. */
function namesOf({ type, value }: KnownValue): string[] {
  if (!identities.has(type)) return [];
  const forms = type === 'host' ? [value, value.split('.')[0]] : [value];
  return forms
    .filter((form) => form.length >= shortest && isPersonal(form))
    .map((form) => form.toLowerCase())
    .filter((form) => !alsoLanguages.has(form));
}
