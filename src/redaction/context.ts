import { notebookOf } from '../session/cellPath.ts';
import type { Context } from './detectors/rule.ts';

/** Files of programs: there a name beside a string is mostly no secret. In all others the rules are greedy. */
const sourceFile =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py[iwx]?|ipynb|rb|php|phtml|java|kts?|scala|groovy|gradle|cs|fs|vb|go|rs|c|h|cc|cpp|cxx|hh|hpp|m|mm|swift|dart|lua|pl|pm|r|jl|ex|exs|erl|hs|ml|mli|clj[cs]?|lisp|el|nim|zig|d|pas|asm|s|sol|sql|html?|css|s[ac]ss|less|xsl|md|markdown|rst|tex|proto|graphql|wgsl|glsl)$/i;

export function contextOfPath(path: string): Context {
  return sourceFile.test(path) ? 'source' : 'config';
}

/** In what the cells of notebooks are written that are programs or prose. */
const cellLanguage =
  /^(?:python|markdown|r|julia|(?:java|type)script(?:react)?|sql|scala|[cf]sharp|java|kotlin|go|rust|cpp|c|ruby|php|swift|lua|perl|haskell|html|css|latex)$/;

/** By its path; a cell of a notebook also by its language: it may be of settings, or of a shell. */
export function contextOfFile({ path, language }: { path: string; language: string | null }): Context {
  const notebook = notebookOf(path);
  if (notebook === null) return contextOfPath(path);
  return cellLanguage.test(language ?? '') ? contextOfPath(notebook) : 'config';
}

const longEnough = 8;
/** So much of a text tells what it is, in UTF-16 units. */
const telling = 8_000;
/** How lines of programs begin and end. */
const sourceLine =
  /[;{}()[\],:]\s*(?:\/\/.*|#.*)?$|^\s*(?:import|from|export|package|use|using|def|class|function|fn|func|public|private|protected|static|return|if|for|while|elsif|elif|else|end|struct|enum|interface|namespace|module|const|let|var|val|\/\/|\/?\*|#include|@\w)/;
const settingLine = /^\s*(?:export\s+)?[\w."'-]+\s*[=:]\s*[^({;]*$|^\s*-\s|^\s*[[{\]}],?\s*$|^\s*"[^"]*"\s*:/;

/** The context of a text of which nothing else is known: source only where most of many lines look like a program. */
export function contextOfText(text: string): Context {
  const lines = text
    .slice(0, telling)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length < longEnough) return 'config';
  const source = lines.filter((line) => sourceLine.test(line) && !settingLine.test(line)).length;
  return 2 * source > lines.length ? 'source' : 'config';
}
