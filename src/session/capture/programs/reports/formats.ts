import { joinNames, type TestStatus } from '../../../testResults.ts';

/** Hears the elements of one kind of document. */
export interface Format {
  open(name: string, attributes: Record<string, string>, parent: string | undefined): void;
  close?(name: string): void;
  text?(words: string): void;
}

type Tell = (test: string, status: TestStatus) => void;

/**
 * In the manner of JUnit, as Surefire, Gradle, pytest, PHPUnit, RSpec, CTest, loggers of .NET and many others write it. Names
 * are `classname > name`; Node's nested suites have their own names in front. Of a test that was run again, the last run counts. https://github.com/testmoapp/junitxml
 */
function junit(tell: Tell): Format {
  const suites: string[] = [];
  let test: { name: string; statuses: Set<TestStatus> } | null = null;
  return {
    open(name, attributes, parent) {
      const { classname = '', name: title = '', status, type } = attributes;
      if (name === 'testcase') {
        test = { name: nameOf(suites, classname, title), statuses: new Set() };
        // Of CTest.
        if (status === 'disabled' || status === 'notrun') test.statuses.add('skipped');
      } else if (name === 'testsuite') {
        suites.push(title);
      } else if (parent === 'testcase') {
        // A test that asserted nothing did not fail; see `parsePhpunit`.
        if (type?.endsWith('RiskyTestError')) test = null;
        if (name === 'failure' || name === 'error') test?.statuses.add('failed');
        if (name === 'skipped') test?.statuses.add('skipped');
      }
    },
    close(name) {
      if (name === 'testsuite') suites.pop();
      if (name !== 'testcase' || !test) return;
      const { name: title, statuses } = test;
      // An unfinished test that fails is told as both.
      tell(title, statuses.has('skipped') ? 'skipped' : statuses.has('failed') ? 'failed' : 'passed');
      test = null;
    },
  };
}

function nameOf(suites: string[], classname: string, title: string): string {
  // Until version 24 Node called every class `test`; from then on it joins the suites by dots.
  const isNode = classname === 'test' || classname === suites.join('.');
  const around = isNode ? suites : [classname];
  return classname === title ? title : joinNames(...[...around, title].filter((part) => part !== ''));
}

const outcomes: ReadonlyMap<string, TestStatus> = new Map([
  ['Passed', 'passed'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Timeout', 'failed'],
  ['Aborted', 'failed'],
]);

/** Visual Studio's test results (`.trx`), which `dotnet test --logger trx` writes. Names are those that it prints. */
function trx(tell: Tell): Format {
  return {
    open(name, { testName = '', outcome = '' }) {
      if (name === 'UnitTestResult') tell(testName, outcomes.get(outcome) ?? 'skipped');
    },
  };
}

/** CTest's own, which `ctest -T Test` writes. */
function ctest(tell: Tell): Format {
  let status: TestStatus | null = null;
  let title: string | null = null;
  return {
    open(name, { Status }, parent) {
      if (name === 'Test') status = Status === 'passed' || Status === 'failed' ? Status : Status ? 'skipped' : null;
      if (name === 'Name' && parent === 'Test') title = '';
    },
    close(name) {
      if (name === 'Name' && title !== null && status) {
        tell(title, status);
        title = null;
      }
    },
    text(words) {
      if (title !== null) title += words;
    },
  };
}

/** What reads a document, by its root element. */
export const formats: ReadonlyMap<string, (tell: Tell) => Format> = new Map([
  ['testsuites', junit],
  ['testsuite', junit],
  ['TestRun', trx],
  ['Site', ctest],
]);
