/** The places in files that the output of a program names: stack traces, and the errors of compilers and linters. */

/** A place as it is printed. */
export interface Place {
  /** The path, and longer readings of it with the words in front, where its folders may have blanks in their names; longest first. */
  readings: string[];
  line: number;
  column: number | null;
  /**
   * `path`: it leads to the file; `known`: it may belong to a dependency, whose paths look alike; `end`: only the end of a
   * path, as in frames of Java and logs of Go's tests.
   */
  tells: 'path' | 'known' | 'end';
}

const extensions = `js jsx mjs cjs ts tsx mts cts vue svelte astro coffee py pyi pyx ipynb rb erb rake gemspec php phtml
  java kt kts scala sc groovy gradle clj cljs go rs c h cc hh cpp hpp cxx hxx inl m mm cu cs fs fsx vb swift dart ex exs
  eex heex leex erl hrl lua pl pm t r R jl hs ml mli elm nim zig d v cr sol asm s S f90 sh bash zsh fish ps1 psm1 bat sql
  css scss sass less html htm xml xhtml svg json json5 jsonc yaml yml toml ini md mdx rst txt tex proto graphql gql tf
  hcl nix cmake mk bzl star bazel csproj fsproj vbproj props targets prisma feature`
  .split(/\s+/)
  .join('|');
const names = 'Makefile|GNUmakefile|Dockerfile|Rakefile|Gemfile|Jenkinsfile|Justfile|justfile';
const number = '(\\d{1,7})';
/** What tells line and column behind a path. */
const positions = [
  // Most: Node, pytest, Go, Rust, Java, Ruby, gcc, Elixir, TypeScript's pretty form
  `:${number}(?::${number})?(?!\\w)`,
  // TypeScript, msvc, dotnet; PHP's frames
  `\\(${number}(?:, ?${number})?(?:,\\d{1,7},\\d{1,7})?\\)`,
  // Maven's and Kotlin's older form
  `:\\[${number},${number}\\]`,
  `: \\(${number}, ${number}\\)`,
  // Frames of .NET, shells; Python, PHP, Perl, Gradle
  `: ?line ${number}(?!\\w)`,
  `["']?,? (?:on |at )?line:? ${number}(?!\\w)`,
  // Rollup; Babel, with its message between
  `(?:: [^()]{1,200})? \\(${number}:${number}\\)`,
  // webpack, Sass
  ` ${number}:${number}(?:-\\d{1,7}(?::\\d{1,7})?)?(?=$| {2})`,
];
const place = new RegExp(`(\\.(?:${extensions})|\\b(?:${names}))(?:${positions.join('|')})`, 'g');

/** A file on a line of its own, and what was found in it below: the way of ESLint and Stylelint. */
const heading = new RegExp(`^ {0,2}(\\S.*\\.(?:${extensions}))$`);
const finding = new RegExp(`^ +${number}:${number} `);

/** Longer ones are data. */
const longestPath = 500;
/** Words in front of a path that may belong to it. */
const wordsInFront = 3;

/** In the order in which they stand. Takes time in proportion to the text, whatever it holds. */
export function* placesIn(text: string): Iterable<Place> {
  let file: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const found = file !== null && finding.exec(line);
    if (found) {
      yield { readings: [file as string], line: Number(found[1]), column: Number(found[2]), tells: 'path' };
      continue;
    }
    file = line.length <= longestPath ? (heading.exec(line)?.[1] ?? null) : null;
    yield* placesOnLine(line);
  }
}

function* placesOnLine(line: string): Iterable<Place> {
  let from = 0;
  for (const match of line.matchAll(place)) {
    const [whole, suffix, ...numbers] = match;
    const end = match.index + suffix.length;
    const [row, column] = numbers.filter((digits) => digits !== undefined).map(Number);
    const readings = readingsOf(line, from, end);
    from = match.index + whole.length;
    if (readings.length > 0 && row > 0) {
      const before = line.slice(Math.max(0, end - readings.at(-1)!.length - 200), end - readings.at(-1)!.length);
      yield { ...told(readings, before, column === undefined), line: row, column: column ?? null };
    }
  }
}

const quotes = new Set('"\'`');
const ends = new Set('"\'`<>|*?,;=!:‘’“”«»›→…│❯');
const opening = new Set('([{');
const closing = new Set(')]}');

/** Where the word begins that ends at `end`, not before `from`. Brackets may stand in a path in pairs. */
function wordStart(line: string, from: number, end: number): number {
  const least = Math.max(from, end - longestPath);
  let open = 0;
  let at = end;
  for (; at > least; at--) {
    const char = line[at - 1];
    if (ends.has(char) || /\s/.test(char) || (opening.has(char) && open === 0)) break;
    if (closing.has(char)) open++;
    if (opening.has(char)) open--;
  }
  return at;
}

function readingsOf(line: string, from: number, end: number): string[] {
  if (quotes.has(line[end])) {
    const start = line.slice(Math.max(from, end - longestPath), end).lastIndexOf(line[end]);
    const quoted = start < 0 ? '' : line.slice(Math.max(from, end - longestPath) + start + 1, end);
    return quoted === '' ? [] : [quoted];
  }
  let start = wordStart(line, from, end);
  const scheme = /(?<![A-Za-z\d+.-])([A-Za-z][A-Za-z\d+.-]{0,20}):$/.exec(
    line.slice(Math.max(0, start - 22), start),
  )?.[1];
  // An address, a module that is built in, or a drive, none of which is in the workspace.
  if (scheme !== undefined && scheme !== 'file') return [];
  if (scheme === 'file') {
    const path = decoded(
      line
        .slice(start, end)
        .replace(/^\/\/(?!\/)/, '')
        .replace(/^\/{2,}/, '/'),
    );
    return path === '' ? [] : [path];
  }
  const readings = [line.slice(start, end)];
  while (readings.length <= wordsInFront && line[start - 1] === ' ') {
    const next = wordStart(line, from, start - 1);
    if (next === start - 1) break;
    start = next;
    readings.unshift(line.slice(start, end));
  }
  return readings.at(-1) === '' ? [] : readings;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Elixir's frames begin with the application, Java's with the class; neither tells the whole path. */
function told(readings: string[], before: string, lineOnly: boolean): Pick<Place, 'readings' | 'tells'> {
  const path = readings.at(-1) as string;
  if (/\.(?:exs?|[hl]?eex|erl)$/.test(path) && /\([a-z]\w*(?: \d[\w.+-]*)?\) $/.test(before))
    return { readings: [path], tells: 'known' };
  if (/[\\/]/.test(path)) return { readings, tells: 'path' };
  if (/\.(?:java|kt|scala|groovy)$/.test(path) || (lineOnly && path.endsWith('.go'))) {
    const frame = /\.java$/.test(path) ? before.split(/[\s/]/).at(-1) : undefined;
    const qualified = frame && /^[\w$.]+\.[\w$<>]+\($/.test(frame) ? frame.split('.').slice(0, -2) : [];
    return { readings: [[...qualified, path].join('/')], tells: 'end' };
  }
  return { readings, tells: 'path' };
}
