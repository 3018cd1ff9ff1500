import { Tally } from '../../session/testResults.ts';
import { cutLine, type Parser, told } from './results.ts';

const end = /^(?:BUILD (?:SUCCESSFUL|FAILED)(?: in .*)?|\d+ tests? completed(?:, .*)?)$/;
const result = /^((?:\w+ > )?[\w$.]+ > .+) (PASSED|FAILED|SKIPPED)$/;
const total = /^(\d+) tests? completed/;

/**
 * Gradle on the console: `pkg.Class > test PASSED` behind an empty line, of the events that the build asks for; failed
 * tests by default. https://docs.gradle.org/current/dsl/org.gradle.api.tasks.testing.logging.TestLogging.html
 */
export const parseGradle: Parser = (lines) => {
  if (!lines.some((line) => end.test(line))) return null;
  const tally = new Tally();
  for (const [i, line] of lines.entries()) {
    const match = result.exec(line.replace(/^Gradle Test Run \S+ > (?:Gradle Test Executor \d+ > )?/, ''));
    if (!match || (lines[i - 1] ?? '') !== '') continue;
    tally.add(match[1], statuses[match[2]]);
  }
  const completed = lines
    .flatMap((line) => total.exec(line)?.[1] ?? [])
    .reduce((sum, number) => sum + Number(number), 0);
  // Of a green run no number is told.
  return told(tally, { total: completed > 0 && !lines.includes(cutLine) ? completed : null, passed: null });
};

const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  PASSED: 'passed',
  FAILED: 'failed',
  SKIPPED: 'skipped',
};
