import type { TestCommand } from '../../../testCommand.ts';

export const reportFile = /\.(?:xml|trx)$/i;

/**
 * Where runners and continuous integration have reports put by custom: folders below the one in which the tests run. `*` is
 * any folder, `**` any number of them.
 */
const usual = [
  '',
  'reports/**',
  'test-reports/**',
  'test-results/**',
  'test_results/**',
  'TestResults/**',
  'results',
  'coverage',
  'artifacts',
  'out',
  'tmp',
  'log',
  'logs',
  'build',
  'build/logs',
  'build/reports',
];

/** Those of single runners; builds of several modules have them in each. */
const byRunner: Record<string, string[]> = {
  mvn: ['**/target/surefire-reports', '**/target/failsafe-reports'],
  gradle: ['**/build/test-results/**'],
  dotnet: ['**/TestResults/**'],
  nextest: ['target/nextest/*'],
  ctest: ['Testing/*', 'build/Testing/*'],
};

export interface ReportPlaces {
  /** Folders below each base in which a report may stand. */
  folders: string[];
  /** Files that the command names, relative to any base, or absolute. */
  files: string[];
  /** Besides the working directory: what the command names and may be a folder, such as a build's. */
  bases: string[];
}

/** At most so many words of a command are looked at. */
const mostWords = 64;

/**
 * Where a run of a test command may leave reports. Which options name them is not asked: whatever is written like a report's
 * name may be one, and its time and its content tell whether it is.
 */
export function reportPlaces({ runner, words }: TestCommand): ReportPlaces {
  // `--junitxml=a.xml`, `--logger=junit;LogFilePath=a.xml`, `JEST_JUNIT_OUTPUT_FILE=a.xml`.
  const parts = words.slice(0, mostWords).flatMap((word) => [word, ...word.split(/[=,;]|:(?![\\/])/)]);
  const distinct = [...new Set(parts)].filter((part) => part !== '' && !part.startsWith('-'));
  return {
    folders: [...usual, ...(byRunner[runner] ?? [])],
    files: distinct.filter((part) => reportFile.test(part)),
    bases: distinct.filter((part) => !reportFile.test(part)),
  };
}
