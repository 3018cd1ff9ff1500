import { Tally } from '../../session/testResults.ts';
import { type Parser, told } from './results.ts';

const level = '(?:\\[(?:INFO|WARNING|ERROR)\\] )?';
const counts = new RegExp(
  `^${level}Tests run: \\d+, Failures: \\d+, Errors: \\d+, Skipped: \\d+, Time elapsed: [^<]*?(?:<<< \\w+! )?-{1,2} in (\\S+)$`,
);
const total = new RegExp(`^${level}Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)$`);
const result = new RegExp(`^${level}(\\S.*?)(?: --)? +Time elapsed: [\\d.,]+ s(?:ec)? +<<< (?:FAILURE|ERROR)!$`);

/**
 * Maven Surefire and Failsafe on the console, which name only what failed: `[ERROR] pkg.Class.test -- Time elapsed: 1 s
 * <<< FAILURE!` since 3.0; `test(pkg.Class)  Time elapsed: …` and `test  Time elapsed: …` before, the class in the line
 * above. Names are `pkg.Class.test`. https://maven.apache.org/surefire/maven-surefire-plugin
 */
export const parseSurefire: Parser = (lines) => {
  const tally = new Tally();
  let owner: string | null = null;
  for (const [i, line] of lines.entries()) {
    const block = counts.exec(line);
    if (block) owner = block[1];
    const match = result.exec(line);
    // Results stand behind the counts or an empty line; a line like them inside of an error's message does not.
    if (match && owner && (lines[i - 1] === '' || counts.test(lines[i - 1])))
      tally.add(nameOf(match[1], owner), 'failed');
  }
  // With `-q` a green run prints nothing.
  const isTold = lines.some((line) => /^\[INFO\] BUILD (?:SUCCESS|FAILURE)$/.test(line));
  return told(tally, { passed: isTold ? lines.reduce((sum, line) => sum + passedIn(line), 0) : null });
};

/** Of one module, as the last of its lines counts them. */
function passedIn(line: string): number {
  const [run, ...others] = (total.exec(line) ?? []).slice(1).map(Number);
  return others.reduce((left, number) => left - number, run ?? 0);
}

function nameOf(text: string, owner: string): string {
  const junit4 = /^(\S+)\((\S+)\)$/.exec(text);
  if (junit4?.[2].includes('.')) return `${junit4[2]}.${junit4[1]}`;
  return text === owner || text.startsWith(owner.replace(/[^.]*$/, '')) ? text : `${owner}.${text}`;
}
