/** One simple command of a command line. */
export interface CommandPart {
  /** Program and arguments without quotes, assignments in front and redirections. Never empty. */
  words: string[];
  /** Whether it reads what the part before it writes. */
  piped: boolean;
}

const reserved = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|function|select|[({]|\[\[|!)$/;
const assignment = /^[A-Za-z_]\w*=/;
const separators = ['&&', '||', '|&', ';', '|', '&', '\n'];

/**
 * Splits a command line into its simple commands, as POSIX shells do; close enough for PowerShell and cmd. Null for what
 * it does not understand for certain: open quotes, here-documents, compound commands.
 */
export function splitCommandLine(line: string): CommandPart[] | null {
  const parts: CommandPart[] = [];
  let part: CommandPart = { words: [], piped: false };
  let redirected = false;
  let at = 0;

  const finish = (piped: boolean) => {
    if (part.words.length > 0) parts.push(part);
    part = { words: [], piped };
  };

  while (at < line.length) {
    const rest = line.slice(at);
    const separator = separators.find((separator) => rest.startsWith(separator));
    const redirection = /^(?:\d*|&)(?:>>?|<)&?(?![<(>])/.exec(rest)?.[0];
    if (/^[ \t\r]/.test(rest)) at++;
    else if (rest.startsWith('#')) at += /^[^\n]*/.exec(rest)![0].length;
    else if (redirection) {
      redirected = !/^\d*>&$/.test(redirection) || !/^\d/.test(rest.slice(redirection.length));
      at += redirection.length + (redirected ? 0 : 1);
    } else if (separator) {
      finish(separator.startsWith('|') && separator !== '||');
      at += separator.length;
    } else {
      const word = readWord(rest);
      if (!word || word.length === 0) return null;
      at += word.length;
      if (redirected) redirected = false;
      else if (part.words.length > 0 || !assignment.test(word.text)) {
        if (part.words.length === 0 && reserved.test(word.text)) return null;
        part.words.push(word.text);
      }
    }
  }
  finish(false);
  return parts;
}

/** The word at the start of the text; null if it does not end. Substitutions stay in it as they are. */
function readWord(text: string): { text: string; length: number } | null {
  let word = '';
  let at = 0;
  while (at < text.length && !/[\s;|&<>]/.test(text[at])) {
    const char = text[at];
    const end = closing(text, at);
    if (end === null) return null;
    if (end > at) {
      word += char === '$' || char === '`' ? text.slice(at, end + 1) : text.slice(at + 1, end);
      at = end + 1;
    } else if (char === '\\' && /[\s'"\\;|&<>$`()]/.test(text[at + 1] ?? '')) {
      word += text[at + 1];
      at += 2;
    } else if (/[()]/.test(char)) return null;
    else {
      word += char;
      at++;
    }
  }
  return { text: word, length: at };
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
