/** Command lines read as a POSIX shell reads them, as far as that can be done without running anything. */

/** One simple command of a command line. */
export interface SimpleCommand {
  /** Assignments, program and arguments, without quotes and redirections. Never empty. */
  words: string[];
  /** What joins it to the next command: `&&`, `||`, `|`, `|&`, `&`, `;`; null at the end of the line. */
  joint: string | null;
  /** Whether what it does depends on more than the line: variables, substitutions, input from elsewhere. */
  dynamic: boolean;
}

const blank = /^(?:[ \t\r]|\\\n|#[^\n]*)+/;
const operator = /^(?:&&|\|\||\|&|[;|&\n])/;
/** With the descriptor that it goes to, where it names one; else a word follows that names a file. */
const redirection = /^(?:\d+|&)?(?:>>|>\||>|<)(?:&(?:\d+|-))?/;
const reserved = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|function|select|[{}]|\[\[|!)$/;
const assignment = /^[A-Za-z_]\w*=/;

/**
 * The commands of a line; close enough for PowerShell and cmd. Null for what it does not understand for certain: open
 * quotes, here-documents, groups and other compound commands, and what is no command line.
 */
export function parseCommandLine(line: string): SimpleCommand[] | null {
  const commands: SimpleCommand[] = [];
  let command: SimpleCommand = { words: [], joint: null, dynamic: false };
  let namesFile = false;
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at);
    const skipped = blank.exec(rest)?.[0];
    const redirected = redirection.exec(rest)?.[0];
    const joint = operator.exec(rest)?.[0];
    if (skipped) at += skipped.length;
    else if (redirected) {
      at += redirected.length;
      if (namesFile || /^[<>(&]/.test(line.slice(at))) return null;
      namesFile = !/&(?:\d+|-)$/.test(redirected);
      command.dynamic ||= redirected.includes('<');
    } else if (joint) {
      at += joint.length;
      const isEnd = joint === ';' || joint === '\n';
      if (namesFile || (command.words.length === 0 && !isEnd)) return null;
      if (command.words.length > 0) commands.push({ ...command, joint: isEnd ? ';' : joint });
      command = { words: [], joint: null, dynamic: false };
    } else {
      const word = readWord(rest);
      if (!word) return null;
      at += word.length;
      command.dynamic ||= word.dynamic;
      if (namesFile) namesFile = false;
      else if (command.words.length === 0 && reserved.test(word.text)) return null;
      else command.words.push(word.text);
    }
  }
  if (namesFile) return null;
  if (command.words.length > 0) commands.push(command);
  return commands;
}

/** The words of a command in two: the assignments in front, and the rest. */
export function splitAssignments(words: readonly string[]): [string[], string[]] {
  const program = words.findIndex((word) => !assignment.test(word));
  const count = program < 0 ? words.length : program;
  return [words.slice(0, count), words.slice(count)];
}

interface Word {
  text: string;
  /** Characters of the line that it takes. */
  length: number;
  dynamic: boolean;
}

/** The word at the start of the text; null if it does not end or is none. Substitutions stay in it as they are. */
function readWord(text: string): Word | null {
  let word = '';
  let dynamic = false;
  let at = 0;
  while (at < text.length && !/[\s;|&<>]/.test(text[at])) {
    const char = text[at];
    const end = closing(text, at);
    if (end === null || char === '(' || char === ')') return null;
    const inner = text.slice(at + 1, end);
    if (end > at) {
      if (char === "'") word += inner;
      else if (char === '"') word += inner.replace(/\\(["\\$`])/g, '$1');
      else word += text.slice(at, end + 1);
      dynamic ||= char !== "'" && (char !== '"' || /[$`]/.test(inner.replace(/\\[\s\S]/g, '')));
      at = end + 1;
    } else if (char === '\\') {
      const next = text[at + 1] ?? '';
      // Before a letter it separates the folders of a Windows path, before a line break it joins the lines.
      if (next !== '\n') word += /[\w.]/.test(next) ? char + next : next;
      at += 2;
    } else {
      dynamic ||= char === '$';
      word += char;
      at++;
    }
  }
  return { text: word, length: Math.min(at, text.length), dynamic };
}

/** Where the quote or substitution that opens at an index ends; the index itself if none opens, null if it stays open. */
function closing(text: string, at: number): number | null {
  const char = text[at];
  if (char === "'" || char === '`') return found(text.indexOf(char, at + 1));
  if (char === '"') {
    for (let i = at + 1; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '"') return i;
      else if (text.startsWith('$(', i)) {
        const inner = closing(text, i);
        if (inner === null) return null;
        i = inner;
      }
    }
    return null;
  }
  if (!text.startsWith('$(', at)) return at;
  for (let i = at + 2; i < text.length; i++) {
    if (text[i] === ')') return i;
    const inner = closing(text, i);
    if (inner === null) return null;
    i = inner;
  }
  return null;
}

function found(index: number): number | null {
  return index < 0 ? null : index;
}

/** A line that gives a POSIX shell these words. */
export function commandLineOf(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
