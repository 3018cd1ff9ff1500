/** Command lines read as a POSIX shell reads them, as far as that can be done without running anything. */

export interface SimpleCommand {
  words: string[];
  /** What joins it to the next command: `&&`, `||`, `|`, `&`, `;`; null at the end of the line. */
  joint: string | null;
}

const operators = /^(?:&&|\|\||\|&|[;|&\n])/;
/** Writing output elsewhere leaves the exit code as it is. */
const redirection = /^(?:&>>?|>>|>\||>)(?:&(?:\d+|-))?/;

/**
 * The commands of a line, without quotes, comments and output redirections. Null where what runs depends on more than
 * the line: variables, substitutions, groups, input redirections, unbalanced quotes.
 */
export function parseCommandLine(line: string): SimpleCommand[] | null {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let word: string | null = null;
  let redirected = false;
  const endWord = () => {
    if (word !== null && !redirected) words.push(word);
    if (word !== null) redirected = false;
    word = null;
  };
  const endCommand = (joint: string | null) => {
    endWord();
    redirected = false;
    if (words.length > 0) commands.push({ words, joint });
    else if (joint && joint !== ';') return false;
    words = [];
    return true;
  };

  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    const rest = line.slice(i, i + 8);
    const redirect = redirection.exec(rest)?.[0];
    const operator = operators.exec(rest)?.[0];
    if (char === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) return null;
      word = (word ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (char === '"') {
      const quoted = /^"((?:[^"\\$`]|\\[\s\S])*)"/.exec(line.slice(i));
      if (!quoted) return null;
      word = (word ?? '') + quoted[1].replace(/\\(["\\$`])/g, '$1');
      i += quoted[0].length - 1;
    } else if (char === '\\') {
      const next = line[++i] ?? '';
      // Before a letter it separates the folders of a Windows path, before a line break it joins the lines.
      if (next !== '\n') word = (word ?? '') + (/[\w.]/.test(next) ? char + next : next);
    } else if (/[$`<()]/.test(char)) return null;
    else if (redirect) {
      if (word !== null && /^\d+$/.test(word)) word = null;
      endWord();
      redirected = !/&(?:\d+|-)$/.test(redirect);
      i += redirect.length - 1;
    } else if (operator) {
      if (!endCommand(operator === '\n' ? ';' : operator)) return null;
      i += operator.length - 1;
    } else if (/\s/.test(char)) endWord();
    else if (char === '#' && word === null) {
      const end = line.indexOf('\n', i);
      i = (end < 0 ? line.length : end) - 1;
    } else word = (word ?? '') + char;
  }
  return endCommand(null) ? commands : null;
}
