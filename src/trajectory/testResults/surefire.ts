import { Tally } from '../../session/testResults.ts';
import { type Parser, told } from './results.ts';

const level = '(?:\\[(?:INFO|WARNING|ERROR)\\] )?';
const counts = new RegExp(
  `^${level}Tests run: \\d+, Failures: \\d+, Errors: \\d+, Skipped: \\d+, Time elapsed: [^<]*?(?:<<< \\w+! )?-{1,2} in (\\S+)$`,
);
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
  return told(tally, {});
};

function nameOf(text: string, owner: string): string {
  const junit4 = /^(\S+)\((\S+)\)$/.exec(text);
  if (junit4?.[2].includes('.')) return `${junit4[2]}.${junit4[1]}`;
  return text === owner || text.startsWith(owner.replace(/[^.]*$/, '')) ? text : `${owner}.${text}`;
}
