/** What of a file a program does not run: comments and empty lines. */

const slashes = /^\/\//;
const hash = /^#(?!!)/;
const lineComments: Record<string, RegExp> = Object.fromEntries([
  ...'javascript javascriptreact typescript typescriptreact java c cpp csharp go rust swift kotlin scala dart groovy'
    .split(' ')
    .map((language) => [language, slashes]),
  ...'python ruby shellscript perl r elixir julia'.split(' ').map((language) => [language, hash]),
  ['php', /^(?:\/\/|#(?!\[))/],
  ['lua', /^--/],
  ['sql', /^--/],
]);

/** The lines of a text without those that are comments or empty; in languages that are not known, all but empty ones. */
export function codeText(text: string, language: string | null): string {
  const lineComment = lineComments[language ?? ''];
  const hasBlocks = lineComment === slashes || language === 'php';
  let inBlock = false;
  const isComment = (line: string) => {
    if (!inBlock && lineComment?.test(line)) return true;
    inBlock ||= hasBlocks && line.startsWith('/*');
    if (!inBlock) return false;
    inBlock = !line.includes('*/');
    return inBlock || line.endsWith('*/');
  };
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.filter((line) => !isComment(line.trimStart()) && line !== '').join('\n');
}
