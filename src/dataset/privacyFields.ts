/**
 * What each string of a row may hold. Strings that a schema closes (enums, patterns) need no entry; all others are looked
 * up by the end of their path. One that is not listed is held to the strictest kind, and a test asks for its entry.
 */
import * as z from 'zod';

export type FieldKind =
  /** Free text, or a name that a person gave: redaction has read it. */
  | 'text'
  /** A name that a person gave, relative to the workspace. */
  | 'path'
  /** A word of a vocabulary: a language, a tool, an encoding. */
  | 'word'
  | 'version'
  | 'policy'
  | 'spdx'
  /** A public remote. */
  | 'remote'
  /** Name of a container's image. */
  | 'image'
  | 'hash'
  | 'id'
  | 'quarter'
  | 'placeholder';

const kinds: Record<FieldKind, string> = {
  text: `
    instruction.text base_text final_text excerpts.text inserted deleted branch message command output tests.name
    diagnostics.source diagnostics.code resolved.source resolved.code input.instruction patch excerpt later_instruction
    failed_tests mended files.text hidden_files.text setup_files.text test_patch problem_statement FAIL_TO_PASS PASS_TO_PASS
    fail_to_pass pass_to_pass verification.flaky
    test_command old_contents new_contents subject prompt completion chosen rejected`,
  path: 'path to_path paths cwd license.file test_directory old_file new_file',
  word: 'tools.name package_manager language lang encoding runner placeholders.type',
  version: 'verification.producer producer.extension producer.vscode tools.version task.version detector_version',
  policy: 'policy_version',
  spdx: 'license license_spdx license.spdx',
  remote: 'repo repos',
  image: 'image',
  hash: 'image_id base_commit environment_setup_commit',
  id: 'trajectory_id project_id instance_id commit.commit',
  quarter: 'period created_at',
  placeholder: 'placeholders.placeholder',
};

const kindOfName = new Map(
  Object.entries(kinds).flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind as FieldKind]),
  ),
);

/** Null where the field is not declared. @param path keys from the name of the schema on, without positions in lists. */
export function kindOf(path: readonly string[]): FieldKind | null {
  const [parent, name] = path.slice(-2);
  return kindOfName.get(`${parent}.${name}`) ?? kindOfName.get(name) ?? null;
}

/** A schema, as far as there are strings and numbers to judge; null where it holds none. */
export type Plan =
  | { string: FieldKind | null }
  | 'number'
  | { list: Plan }
  | { fields: [key: string, plan: Plan][] }
  /** Objects of several shapes: texts, but for what is called like a declared field. */
  | 'json'
  | null;

/** @param path begins with the name of the schema. */
export function planOf(schema: z.core.$ZodType, path: readonly string[]): Plan {
  if (z.globalRegistry.get(schema)?.column === 'json') return 'json';
  if (schema instanceof z.ZodNullable) return planOf(schema.unwrap(), path);
  if (schema instanceof z.ZodString) {
    const kind = kindOf(path);
    return isClosed(schema) || kind === 'text' ? null : { string: kind };
  }
  // How much a program printed may be any number: no limit holds for what is not stored.
  if (schema instanceof z.ZodNumber) return path.at(-1) === 'output_bytes' ? null : 'number';
  if (schema instanceof z.ZodArray) {
    const list = planOf(schema.element, path);
    return list && { list };
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).flatMap(([key, type]): [string, Plan][] => {
      const plan = planOf(type, [...path, key]);
      return plan ? [[key, plan]] : [];
    });
    return fields.length > 0 ? { fields } : null;
  }
  return null;
}

/** Whether a pattern says what the string is. */
function isClosed(schema: z.ZodString): boolean {
  return (schema._zod.def.checks ?? []).some(({ _zod }) => _zod.def.check === 'string_format');
}
