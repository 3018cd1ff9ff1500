/** The SQL file that decides what a pack keeps. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SqlStep {
  /** The table that it makes. */
  name: string;
  /** A SELECT, without its semicolon. */
  sql: string;
}

/** Stands beside this file, and beside the bundled command. */
export const stepsFile = join(import.meta.dirname, 'decide.sql');

export function readSteps(): SqlStep[] {
  return parseSteps(readFileSync(stepsFile, 'utf8'));
}

/** The statements below the marks `-- [name]`. */
export function parseSteps(text: string): SqlStep[] {
  return Array.from(text.matchAll(/^-- \[(\w+)\].*\n([^;]*);/gm), ([, name, sql]) => ({ name, sql: sql.trim() }));
}
