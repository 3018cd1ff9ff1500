import type { Signal } from '../../../consent/receipt.ts';
import { parseCommandLine } from '../../commandLine.ts';
import { testCommand } from '../../testCommand.ts';
import { commandKind, dealsInSecrets, programsOf } from './commandKind.ts';

/** What of a command is inside the consent. */
export interface CommandScope {
  /** Whether it is told at all. */
  told: boolean;
  /** Whether its line is told and its output read; if not, its program's name alone. */
  observed: boolean;
}

/** @param sure whether the editor is sure of the line, and nothing in it runs outside of the workspace. */
export function commandScope(line: string, sure: boolean, signals: readonly Signal[]): CommandScope {
  const isOpen = sure && (signals.includes('git') || !callsGit(line));
  const isRecognised = isOpen && commandKind(line) !== null;
  if (signals.includes('terminal')) {
    const isFull = isOpen && signals.includes('full_output') && !dealsInSecrets(line);
    return { told: true, observed: isRecognised || isFull };
  }
  const isTest = isRecognised && signals.includes('tests') && testCommand(line, null) !== null;
  return { told: isTest, observed: isTest };
}

function callsGit(line: string): boolean {
  return parseCommandLine(line)?.some(({ words }) => programsOf(words).includes('git')) ?? true;
}
