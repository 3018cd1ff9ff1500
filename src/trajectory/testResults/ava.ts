import { Tally } from '../../session/testResults.ts';
import { cutLine, type Parser, told } from './results.ts';

const end = /^ {2}\d+ tests? (?:failed|passed|skipped|todo)$/;
const result = /^ {2}([✔✖✘√×-]) (?:\[(?:fail|skip|todo|expected fail)\]:? )?(.+?)(?: \([\d.]+m?s\))?$/;

/**
 * AVA: `  ✔ file › name`, without the file where there is but one. A failed line goes on with the error's message; the
 * name alone stands above the error's details, after the line `─`. https://github.com/avajs/ava
 */
export const parseAva: Parser = (lines) => {
  if (!lines.some((line) => end.test(line))) return null;
  const rule = lines.indexOf('  ─');
  const headings =
    rule < 0 ? [] : lines.slice(rule).filter((line, i, all) => /^ {2}\S/.test(line) && all[i - 1] === '');
  const names = new Set(headings.map((line) => line.trim()));
  const tally = new Tally();
  for (const line of lines.slice(0, rule < 0 ? lines.length : rule)) {
    const match = result.exec(line);
    if (!match || / exited with a non-zero exit code: \d+$/.test(line)) continue;
    const [, symbol, text] = match;
    if ('✔√'.includes(symbol)) tally.add(joined(text), 'passed');
    else if (symbol === '-') tally.add(joined(text), 'skipped');
    else {
      const name = [...names].filter((name) => text.startsWith(name)).sort((a, b) => b.length - a.length)[0];
      if (name !== undefined) tally.add(joined(name), 'failed');
    }
  }
  const counted = (words: RegExp) =>
    lines.filter((line) => words.test(line)).reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
  const passed = counted(/^ {2}\d+ tests? passed$/);
  const tests = {
    // AVA tells this only where nothing failed.
    passed: passed > 0 ? passed + counted(/^ {2}\d+ known failures?$/) : undefined,
    failed: counted(/^ {2}\d+ tests? failed$/),
    skipped: counted(/^ {2}\d+ tests? (?:skipped|todo)$/),
  };
  // Where one failed AVA does not count those that passed, but it names them all.
  return told(tally, { tests, total: null, passed: lines.includes(cutLine) ? null : tally.times('passed') });
};

function joined(name: string): string {
  return name.replaceAll(' › ', ' > ');
}
