/** The text of a file as an editor would open it. */

/** Names of encodings are those of VS Code. */
export interface FileText {
  text: string;
  encoding: string;
}

/** @returns null for what is no text, or in an encoding that it does not name itself. */
export function decodeText(bytes: Uint8Array): FileText | null {
  const [label, encoding] = encodingOf(bytes);
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : { text, encoding };
  } catch {
    return null;
  }
}

function encodingOf([a, b, c]: Uint8Array): [label: string, encoding: string] {
  if (a === 0xff && b === 0xfe) return ['utf-16le', 'utf16le'];
  if (a === 0xfe && b === 0xff) return ['utf-16be', 'utf16be'];
  return ['utf-8', a === 0xef && b === 0xbb && c === 0xbf ? 'utf8bom' : 'utf8'];
}

export function eolOf(text: string): 'lf' | 'crlf' {
  return text.includes('\r\n') ? 'crlf' : 'lf';
}

/** The text that git keeps, as it would stand in a file with the line ends of `like`: git may convert them. */
export function withEolOf(text: string, like: string): string {
  const isConverted = eolOf(like) === 'crlf' && eolOf(text) === 'lf' && !/(?:^|[^\r])\n/.test(like);
  return isConverted ? text.replaceAll('\n', '\r\n') : text;
}

const languages: Record<string, string> = {
  bat: 'bat',
  c: 'c',
  cc: 'cpp',
  clj: 'clojure',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  cts: 'typescript',
  cxx: 'cpp',
  dart: 'dart',
  fs: 'fsharp',
  go: 'go',
  gradle: 'groovy',
  groovy: 'groovy',
  h: 'c',
  hpp: 'cpp',
  htm: 'html',
  html: 'html',
  ini: 'ini',
  java: 'java',
  js: 'javascript',
  json: 'json',
  jsonc: 'jsonc',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  less: 'less',
  lua: 'lua',
  cjs: 'javascript',
  md: 'markdown',
  mjs: 'javascript',
  mts: 'typescript',
  php: 'php',
  pl: 'perl',
  ps1: 'powershell',
  py: 'python',
  pyi: 'python',
  r: 'r',
  rb: 'ruby',
  rs: 'rust',
  scss: 'scss',
  sh: 'shellscript',
  sql: 'sql',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescriptreact',
  txt: 'plaintext',
  vue: 'vue',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** VS Code's language id for a file that no editor has opened; null where its name does not tell. */
export function languageOf(path: string): string | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1].toLowerCase();
  return extension && Object.hasOwn(languages, extension) ? languages[extension] : null;
}
