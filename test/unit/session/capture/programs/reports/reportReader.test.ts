import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ReportReader } from '../../../../../../src/session/capture/programs/reports/reportReader.ts';
import type { TestResults } from '../../../../../../src/session/testResults.ts';
import { readRecording, resultsOf } from '../../../../../support/recordedOutputs.ts';

function read(...pieces: string[]): TestResults | null {
  const reader = new ReportReader();
  for (const piece of pieces) if (!reader.write(piece)) break;
  return reader.end();
}

const odd = 'takes "odd" > names: ✓ 100% [a/b] #1, ünï';
const junit5 = (parameters: (number: number) => string) => ({
  passed: ['pkg.SampleTest > adds', `pkg.SampleTest > ${parameters(1)}`, 'pkg.SampleTest$Roots > inside'],
  failed: [
    'pkg.SampleTest > oddName',
    `pkg.SampleTest > ${parameters(2)}`,
    'pkg.SampleTest > failsToSubtract',
    'pkg.SampleTest$Roots > failsInside',
  ],
  skipped: ['pkg.SampleTest > divides'],
});
const pytest = {
  passed: [
    'sub.test_green > test_is_fine',
    'test_sample > test_adds',
    'test_sample > test_odd_names[one two]',
    'test_sample.TestRoots > test_inside',
  ],
  failed: [
    'test_sample > test_fails_to_subtract',
    'test_sample > test_odd_names[a/b - [c]]',
    'test_sample > test_odd_names[\\xfcn\\xef::x PASSED]',
    'test_sample.TestRoots > test_fails_inside',
    'test_sample > test_with_fixture',
    'test_sample.Old > test_old_style',
  ],
  skipped: ['test_sample > test_divides', 'test_sample > test_multiplies'],
};

const vitest = {
  passed: [
    'green.test.js > green > is fine',
    'sample.test.js > sums > adds',
    `sample.test.js > sums > of roots > ${odd}`,
    'sample.test.js > stands alone',
    'sample.test.js > takes its time',
  ],
  failed: [
    'broken.test.js',
    'sample.test.js > sums > fails to subtract',
    'sample.test.js > sums > of roots > fails inside',
  ],
  skipped: ['sample.test.js > sums > divides later', 'sample.test.js > sums > multiplies some day'],
};
/** Node escapes quotes of nested tests twice. */
const node = {
  passed: [
    'sums > adds',
    `sums > of roots > ${odd.replaceAll('"', '&quot;')}`,
    'stands alone',
    'has steps > first step',
  ],
  failed: ['sums > fails to subtract', 'sums > of roots > fails inside'],
  skipped: ['sums > divides later', 'sums > multiplies some day', 'has steps > second step'],
};
/** CTest tells of a program that it did not find as of a skipped test. */
const ctest = {
  passed: ['adds', 'odd "name" 100% [a/b] #1: Passed', 'prints_a_lie'],
  failed: ['fails_to_subtract', 'takes_too_long'],
  skipped: ['divides', 'skips_itself', 'not_built'],
};

/** What each report says, by the sample that it was made from. */
const reports: Record<string, Parameters<typeof resultsOf>[0]> = {
  'pytest-6.xml': pytest,
  'pytest-8.xml': pytest,
  'surefire-2.xml': junit5((number) => `parameters{String}[${number}]`),
  'surefire-3.xml': junit5((number) => `parameters(String)[${number}]`),
  'gradle-4.4.xml': {
    passed: ['pkg.SampleTest > adds'],
    failed: ['pkg.SampleTest > throwsSomething', 'pkg.SampleTest > failsToSubtract'],
    skipped: ['pkg.SampleTest > divides'],
  },
  'gradle-4.4-parameters.xml': {
    passed: ['pkg.SampleTest$Odd > isOne[a "name" > 100% [1] PASSED]'],
    failed: ['pkg.SampleTest$Odd > isOne[a "name" > 100% [2] PASSED]'],
  },
  'phpunit-9.xml': {
    passed: [
      'App.Tests.GreenTest > testIsFine',
      'SampleTest > testAdds',
      'SampleTest > testOddNames with data set "a "name" ✔ 100% [a/b]"',
      'SampleTest > testOddNames with data set #0',
    ],
    failed: [
      'SampleTest > testFailsToSubtract',
      'SampleTest > testOddNames with data set "ünï #1"',
      'SampleTest > testThrows',
    ],
    skipped: ['SampleTest > testDividesLater', 'SampleTest > testMultipliesSomeDay'],
  },
  'rspec-3.12.xml': {
    passed: [
      'spec.green_spec > Array is fine',
      'spec.sample_spec > Sums adds',
      `spec.sample_spec > Sums of roots ${odd}`,
      'spec.sample_spec > Sums #root is expected to eq 2',
    ],
    failed: ['spec.sample_spec > Sums fails to subtract', 'spec.sample_spec > Sums of roots fails inside (FAILED - 7)'],
    skipped: [
      'spec.sample_spec > Sums divides later',
      'spec.sample_spec > Sums is known to fail',
      'spec.sample_spec > Sums multiplies some day',
    ],
  },
  'ctest-3.25.xml': ctest,
  'ctest-3.25-dashboard.xml': ctest,
  // Of a test that is still to be written it tells as of one that passed.
  'jest-junit-16.xml': {
    passed: [
      'sums adds',
      'sums multiplies some day',
      `sums of roots ${odd}`,
      'stands alone',
      'takes its time',
      'green is fine',
    ],
    failed: ['sums fails to subtract', 'sums of roots fails inside'],
    skipped: ['sums divides later'],
  },
  // What could not be built is a test without a package.
  'gotestsum-1.xml': {
    passed: [
      'example.com/pkg > TestAdds',
      'example.com/pkg > TestRoots/takes_"odd"_>_names:_✓_100%_[a/b]_#1,_ünï',
      'example.com/pkg > TestRoots/deep',
      'example.com/pkg > TestRoots/deep/deeper',
      'example.com/pkg > TestTogether',
      'example.com/pkg > TestTogether/one',
      'example.com/pkg > TestTogether/two',
      'example.com/pkg > ExampleSum',
      'example.com/pkg/panics > TestBefore',
      'example.com/pkg/sub > TestAdds',
    ],
    failed: [
      'example.com/pkg > TestFailsToSubtract',
      'example.com/pkg > TestRoots',
      'example.com/pkg > TestRoots/fails_inside',
      'example.com/pkg/panics > TestPanics',
      'TestMain',
    ],
    skipped: ['example.com/pkg > TestDivides'],
  },
  'nextest-0.9.xml': {
    passed: [
      'sample > tests::adds',
      'sample > tests::panics_as_it_should',
      'sample > tests::roots::ünï_inside',
      'sample::green > is_fine',
    ],
    failed: ['sample > tests::fails_to_subtract', 'sample > tests::roots::fails_inside'],
  },
  'mocha-11-xunit.xml': {
    passed: ['stands alone', 'green > is fine', 'sums > adds', 'sums > takes its time', `sums of roots > ${odd}`],
    failed: [
      'sums > fails to subtract',
      'sums of roots > fails inside',
      'hooks > "before all" hook: sets up for "never runs"',
    ],
    skipped: ['sums > divides later'],
  },
  'vitest-3.xml': vitest,
  'vitest-4.xml': vitest,
  'node-20.xml': node,
  'node-24.xml': node,
  'bun-1.4.xml': {
    passed: ['green > is fine', 'sums > adds', `of roots > sums > ${odd}`, 'stands alone'],
    failed: ['sums > fails to subtract', 'of roots > sums > fails inside'],
    skipped: ['sums > divides later', 'sums > multiplies some day'],
  },
  'deno-2.9.xml': {
    passed: [
      './bdd.test.js > quiet steps',
      './bdd.test.js > quiet steps > one',
      './sample.test.js > adds',
      `./sample.test.js > ${odd} (5ms) ... ok`,
      './sample.test.js > has steps > first step',
    ],
    failed: [
      './sample.test.js > fails to subtract',
      './sample.test.js > has steps',
      './sample.test.js > has steps > second step',
      './sample.test.js > has steps > second step > inner',
    ],
    skipped: ['./bdd.test.js > quiet steps > two', './sample.test.js > divides later'],
  },
};

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const report = fc.constantFrom(...Object.keys(reports)).map((file) => readRecording(`junit/${file}`));
const suite = (inside: string) => `<testsuite name="s">${inside}</testsuite>`;

describe('ReportReader', () => {
  it('has an expectation for every recording', () => {
    const folder = join(import.meta.dirname, '../../../../../support/testOutputs/junit');
    assert.deepEqual(readdirSync(folder).sort(), Object.keys(reports).sort());
  });

  for (const [file, names] of Object.entries(reports)) {
    it(`reads ${file}`, () => {
      const found = read(readRecording(`junit/${file}`));
      assert.deepEqual(found?.results.toSorted(byName), resultsOf(names).sort(byName));
      assert.equal(found?.complete, true);
    });
  }

  it('reads the same wherever a report is cut into pieces', () => {
    fc.assert(
      fc.property(report, fc.array(fc.nat(), { maxLength: 30 }), (xml, at) => {
        const cuts = [0, ...at.map((cut) => cut % xml.length).sort((a, b) => a - b)];
        assert.deepEqual(read(...cuts.map((cut, i) => xml.slice(cut, cuts[i + 1]))), read(xml));
      }),
    );
    const xml = suite('<testcase name="a&amp;b&#233;"><system-out>&#27;[31m&#x1b;red</system-out></testcase>');
    for (let cut = 0; cut < xml.length; cut++) {
      assert.deepEqual(read(xml.slice(0, cut), xml.slice(cut))?.results, [{ name: 'a&bé', status: 'passed' }]);
    }
  });

  it('reads trx, of which there is no recording, as its schema has it', () => {
    const result = (name: string, outcome: string) =>
      `<UnitTestResult testId="1" testName="${name}" outcome="${outcome}"><Output><StdOut>text</StdOut></Output></UnitTestResult>`;
    const results = [
      result('Sample.Tests.Adds', 'Passed'),
      result('Sample.Tests.FailsToSubtract', 'Failed'),
      result('Sample.Tests.Divides', 'NotExecuted'),
      result('Sample.Tests.Odd(text: &quot;a &gt; b&quot;)', 'Timeout'),
    ];
    const xml = `\ufeff<?xml version="1.0" encoding="utf-8"?>
      <TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Times creation="x" />
      <Results>${results.join('')}</Results><TestDefinitions><UnitTest name="Sample.Tests.Adds" id="1"/></TestDefinitions>
      <ResultSummary outcome="Failed"><Counters total="4" passed="1"/></ResultSummary></TestRun>`;
    assert.deepEqual(read(xml), {
      results: [
        { name: 'Sample.Tests.Adds', status: 'passed' },
        { name: 'Sample.Tests.FailsToSubtract', status: 'failed' },
        { name: 'Sample.Tests.Divides', status: 'skipped' },
        { name: 'Sample.Tests.Odd(text: "a > b")', status: 'failed' },
      ],
      complete: true,
    });
  });

  it('takes the worst of several results of one name', () => {
    const xml = suite('<testcase name="a"/><testcase name="a"><error/></testcase><testcase name="a"/>');
    assert.deepEqual(read(xml)?.results, [{ name: 'a', status: 'failed' }]);
  });

  it('takes the last of several runs of a test in one, as Surefire and nextest tell them', () => {
    const flaky = '<testcase name="a"><flakyFailure type="x"/></testcase>';
    const twice = '<testcase name="b"><failure/><rerunFailure/></testcase>';
    assert.deepEqual(read(suite(flaky + twice))?.results, [
      { name: 'a', status: 'passed' },
      { name: 'b', status: 'failed' },
    ]);
  });

  it('takes a failure in the output of a test for text', () => {
    const xml = suite('<testcase name="a"><system-out><![CDATA[<failure/>]]><failure/></system-out></testcase>');
    assert.deepEqual(read(xml)?.results, [{ name: 'a', status: 'passed' }]);
  });

  it('does not mind the control characters that tests print', () => {
    const xml = suite('<testcase name="a"><failure message="&#27;[31m&#x1b;red">\u001b[31mred</failure></testcase>');
    assert.deepEqual(read(xml)?.results, [{ name: 'a', status: 'failed' }]);
  });

  it('takes no other document for a report', () => {
    for (const xml of [
      '',
      'text',
      '{}',
      '<html></html>',
      '<assembly/>',
      '<coverage><testcase name="a"/></coverage>',
      '\0',
    ])
      assert.equal(read(xml), null, xml);
  });

  it('takes nothing from a report that is torn or not well-formed', () => {
    const whole = suite('<testcase name="a"/>');
    const torn = ['<testsuite>', '<testsuite></testsuites>', whole.slice(0, -1), `${whole}<testsuite/>`];
    for (const xml of torn) assert.deepEqual(read(xml), { results: [], complete: false }, xml);
    assert.deepEqual(read('<testsuite/>'), { results: [], complete: true });
  });

  it('minds no element or attribute that JavaScript would', () => {
    const xml = suite('<testcase name="a" __proto__="x" constructor="y"><constructor/><__proto__/></testcase>');
    assert.deepEqual(read(xml)?.results, [{ name: 'a', status: 'passed' }]);
  });

  it('refuses every document with a DTD, and entities that XML does not know', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    const testcase = '<testcase name="&e9;"/>';
    assert.equal(read(`<!DOCTYPE x [<!ENTITY e0 "ha">${laughs}]>${suite(testcase)}`), null);
    assert.equal(read(`<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>${suite(testcase)}`), null);
    assert.equal(read(`<!DOCTYPE x>${suite('<testcase name="a"/>')}`), null);
    assert.deepEqual(read(suite(testcase))?.results, []);
  });

  it('bounds depth', () => {
    const deep = (depth: number) => `${'<testsuite>'.repeat(depth)}<testcase name="a"/>${'</testsuite>'.repeat(depth)}`;
    assert.equal(read(deep(60))?.results.length, 1);
    assert.deepEqual(read(deep(100_000)), { results: [], complete: false });
  });

  it('never throws, whatever becomes of a report', () => {
    fc.assert(
      fc.property(report, fc.nat(), fc.nat(50), fc.string({ unit: 'binary', maxLength: 20 }), (xml, at, cut, put) => {
        const start = at % xml.length;
        read(xml.slice(0, start) + put, xml.slice(start + cut));
      }),
    );
  });
});
