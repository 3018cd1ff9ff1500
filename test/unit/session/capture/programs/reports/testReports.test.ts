import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TestReports } from '../../../../../../src/session/capture/programs/reports/testReports.ts';

const begin = Date.UTC(2026, 0, 1);
const isPosix = process.platform !== 'win32';
const suite = (...names: string[]) =>
  `<testsuite>${names.map((name) => `<testcase name="${name}"/>`).join('')}</testsuite>`;

describe('TestReports', () => {
  let outside: string;
  let top: string;
  let now: number;
  let reports: TestReports;
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'understudy-reports-'));
    top = join(outside, 'workspace');
    mkdirSync(top);
    now = begin;
    reports = new TestReports(() => now);
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  /** @param at when it was written, in milliseconds since the run began */
  function write(file: string, text = suite(file), at = 1000): void {
    const path = join(top, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, new Date(begin + at), new Date(begin + at));
  }

  /** Runs for two seconds, in which `during` happens. */
  async function run(line: string, during = () => {}, directory = top) {
    const run = reports.begin(line, directory, top);
    during();
    now += 2000;
    return run && (await run.end());
  }

  async function names(line: string, directory = top): Promise<string[] | undefined> {
    return (await run(line, () => {}, directory))?.results.map(({ name }) => name);
  }

  const found: Record<string, { line: string; files: string[] }> = {
    Surefire: { line: 'mvn test', files: ['target/surefire-reports/TEST-a.B.xml'] },
    'Failsafe in a module': { line: './mvnw verify', files: ['app/core/target/failsafe-reports/TEST-a.xml'] },
    Gradle: {
      line: './gradlew test',
      files: ['app/build/test-results/test/TEST-a.xml', 'build/test-results/x/TEST-b.xml'],
    },
    'a file beside the tests': { line: 'npm test', files: ['junit.xml', 'test-results.xml'] },
    'a folder of reports': { line: 'npm test', files: ['reports/unit/a.xml', 'test-results/b.xml'] },
    'the loggers of .NET': { line: 'dotnet test', files: ['Tests/TestResults/a.xml'] },
    'a profile of nextest': { line: 'cargo nextest run', files: ['target/nextest/ci/junit.xml'] },
    'the dashboard of CTest': { line: 'ctest -T Test', files: ['Testing/20260101-0000/Test.xml'] },
    'CTest in a build folder': { line: 'ctest --test-dir b --output-junit x/y.xml', files: ['b/x/y.xml'] },
    'an option with a value': { line: 'pytest --junitxml=deep/down/r.xml', files: ['deep/down/r.xml'] },
    'an option and a word': { line: 'phpunit --log-junit deep/r.xml tests', files: ['deep/r.xml'] },
    'an option of an option': { line: 'mocha -R x --reporter-options mochaFile=a/r.xml,x=1', files: ['a/r.xml'] },
    'a logger': { line: 'dotnet test --logger "junit;LogFilePath=q/r.xml"', files: ['q/r.xml'] },
    'a variable': { line: 'JEST_JUNIT_OUTPUT_FILE=q/r.xml npx jest', files: ['q/r.xml'] },
    'a folder in a variable': { line: 'JEST_JUNIT_OUTPUT_DIR=q npx jest', files: ['q/any.xml'] },
    'a results folder': { line: 'dotnet test --results-directory q', files: ['q/any.xml'] },
    'a package elsewhere': { line: 'npm --prefix pkg test', files: ['pkg/junit.xml'] },
    'a folder gone into': { line: 'cd pkg && npx vitest run --outputFile=q/r.xml', files: ['pkg/q/r.xml'] },
    gotestsum: { line: 'gotestsum --junitfile q/r.xml ./...', files: ['q/r.xml'] },
  };
  for (const [what, { line, files }] of Object.entries(found)) {
    it(`finds reports of ${what}`, async () => {
      for (const file of files) write(file);
      assert.deepEqual((await names(line))?.sort(), files.sort());
    });
  }

  it('finds what a command names by its whole path, inside of the workspace alone', async () => {
    write('deep/r.xml');
    write('../elsewhere/r.xml');
    assert.deepEqual(await names(`pytest --junitxml=${join(top, 'deep/r.xml')}`), ['deep/r.xml']);
    for (const file of [join(outside, 'elsewhere/r.xml'), '../elsewhere/r.xml', '../elsewhere']) {
      assert.equal(await names(`pytest --junitxml=${file}`), undefined, file);
    }
  });

  it('tells statuses, and adds up what stands in several files', async () => {
    write('reports/a.xml', '<testsuite><testcase name="a"><failure/></testcase></testsuite>');
    write('reports/b.xml', '<testsuite><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>');
    assert.deepEqual(await run('npm test'), {
      results: [
        { name: 'a', status: 'failed' },
        { name: 'b', status: 'skipped' },
      ],
      complete: true,
    });
  });

  it('reads only what was written during the run', async () => {
    write('reports/old.xml', suite('old'), -5000);
    write('reports/new.xml', suite('new'), 1999);
    write('reports/later.xml', suite('later'), 2500);
    assert.deepEqual(await names('npm test'), ['new']);
  });

  it('does not take a report twice, however soon the next run begins', async () => {
    write('junit.xml', suite('a'), 1990);
    assert.deepEqual(await names('npm test'), ['a']);
    assert.equal(await names('npm test'), undefined);
    write('junit.xml', suite('b'), 4500);
    assert.deepEqual(await names('npm test'), ['b']);
  });

  it('tells of neither of two runs that go on at the same time', async () => {
    write('junit.xml');
    const first = reports.begin('npm test', top, top);
    const second = reports.begin('npm test', top, top);
    const elsewhere = reports.begin('npm test', outside, outside);
    now += 2000;
    assert.equal(await first?.end(), null);
    assert.equal(await second?.end(), null);
    assert.notEqual(await elsewhere?.end(), undefined);
    write('junit.xml', suite('again'), 3000);
    assert.deepEqual(await names('npm test'), ['again']);
  });

  it('forgets a run whose end is not seen', async () => {
    reports.begin('npm test', top, top)?.abandon();
    write('junit.xml');
    assert.deepEqual(await names('npm test'), ['junit.xml']);
  });

  it('looks for nothing after other commands', async () => {
    write('junit.xml');
    for (const line of ['npm install', 'cat junit.xml', 'npm test | tee log', 'npm run test:watch', 'vitest'])
      assert.equal(reports.begin(line, top, top), null, line);
  });

  it('follows no link, and reads nothing but files', async function () {
    if (!isPosix) return this.skip();
    write('../elsewhere/r.xml');
    symlinkSync(join(outside, 'elsewhere'), join(top, 'reports'));
    symlinkSync(join(outside, 'elsewhere/r.xml'), join(top, 'junit.xml'));
    mkdirSync(join(top, 'folder.xml'));
    execFileSync('mkfifo', [join(top, 'pipe.xml')]);
    assert.equal(await names('pytest --junitxml=pipe.xml --x=reports/r.xml --y=junit.xml --z=folder.xml'), undefined);
  });

  it('looks at no place that is never looked at', async () => {
    write('node_modules/pkg/reports/a.xml');
    write('.git/b.xml');
    write('reports/node_modules/c.xml');
    assert.equal(await names('npm test -- .git/b.xml --dir=node_modules/pkg'), undefined);
  });

  it('passes over other documents, and says when a report is torn', async () => {
    write('reports/coverage.xml', '<!DOCTYPE coverage SYSTEM "x"><coverage/>');
    write('reports/good.xml', suite('good'));
    assert.deepEqual(await run('npm test'), { results: [{ name: 'good', status: 'passed' }], complete: true });
    write('reports/good.xml', suite('good'), 3000);
    write('reports/torn.xml', suite('torn').slice(0, -5), 3000);
    assert.deepEqual(await run('npm test'), { results: [{ name: 'good', status: 'passed' }], complete: false });
  });

  it('bounds what it reads: a huge report costs the others nothing that comes before it', async () => {
    write('reports/a.xml', suite('a'));
    write('reports/b.xml', `<coverage>${' '.repeat(20_000_000)}</coverage>`);
    write('reports/c.xml', suite('c'));
    write('reports/d.xml', `<testsuite><testcase name="d"/>${' '.repeat(100_000_000)}</testsuite>`);
    const told = await run('npm test');
    assert.deepEqual(
      told?.results.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.equal(told?.complete, false);
  });

  it('bounds the folders and files that it looks at, and the names that it gives', async () => {
    for (let i = 0; i < 2100; i++) write(`reports/${i}.xml`, suite(`${i}`));
    const many = await run('npm test');
    assert.equal(many?.complete, false);
    assert.ok(many.results.length > 1900 && many.results.length <= 2000);
    rmSync(join(top, 'reports'), { recursive: true });
    write('junit.xml', suite(...Array.from({ length: 3000 }, (_, i) => `${'x'.repeat(50)}${i}`)), 3000);
    const long = await run('npm test');
    assert.equal(long?.complete, false);
    assert.ok(long.results.reduce((sum, { name }) => sum + name.length, 0) <= 64 * 1024);
  });

  it('does not mind that a folder is gone', async () => {
    assert.equal(await run('npm test', () => rmSync(top, { recursive: true })), null);
    mkdirSync(top);
  });

  it('lets the editor have its turn while it reads', async () => {
    write(
      'junit.xml',
      `<testsuite>${'<testcase name="a"><system-out>text</system-out></testcase>'.repeat(200_000)}</testsuite>`,
    );
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    await run('npm test');
    isDone = true;
    assert.ok(turns > 100);
  });
});
