import { StreamLanguage, type StreamParser } from '@codemirror/language';
import { c, cpp, csharp, dart, java, kotlin, objectiveC, scala } from '@codemirror/legacy-modes/mode/clike';
import { css, less, sCSS } from '@codemirror/legacy-modes/mode/css';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { go } from '@codemirror/legacy-modes/mode/go';
import { javascript, json, typescript } from '@codemirror/legacy-modes/mode/javascript';
import { lua } from '@codemirror/legacy-modes/mode/lua';
import { perl } from '@codemirror/legacy-modes/mode/perl';
import { powerShell } from '@codemirror/legacy-modes/mode/powershell';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { python } from '@codemirror/legacy-modes/mode/python';
import { r } from '@codemirror/legacy-modes/mode/r';
import { ruby } from '@codemirror/legacy-modes/mode/ruby';
import { rust } from '@codemirror/legacy-modes/mode/rust';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { standardSQL } from '@codemirror/legacy-modes/mode/sql';
import { swift } from '@codemirror/legacy-modes/mode/swift';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { html, xml } from '@codemirror/legacy-modes/mode/xml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';

/** By VS Code's language id. Small parsers that colour, and no more: nothing is completed or checked here. */
const parsers: ReadonlyMap<string, StreamParser<unknown>> = new Map<string, StreamParser<unknown>>([
  ['c', c],
  ['cpp', cpp],
  ['csharp', csharp],
  ['css', css],
  ['dart', dart],
  ['dockerfile', dockerFile],
  ['go', go],
  ['html', html],
  ['ini', properties],
  ['java', java],
  ['javascript', javascript],
  ['javascriptreact', javascript],
  ['json', json],
  ['jsonc', json],
  ['kotlin', kotlin],
  ['less', less],
  ['lua', lua],
  ['objective-c', objectiveC],
  ['perl', perl],
  ['powershell', powerShell],
  ['properties', properties],
  ['python', python],
  ['r', r],
  ['ruby', ruby],
  ['rust', rust],
  ['scala', scala],
  ['scss', sCSS],
  ['shellscript', shell],
  ['sql', standardSQL],
  ['swift', swift],
  ['toml', toml],
  ['typescript', typescript],
  ['typescriptreact', typescript],
  ['vue', html],
  ['xml', xml],
  ['yaml', yaml],
]);

const made = new Map<string, StreamLanguage<unknown>>();

/** What colours a text of this language; null for those that are not known here. */
export function languageOf(id: string | null): StreamLanguage<unknown> | null {
  const parser = id === null ? undefined : parsers.get(id);
  if (id === null || !parser) return null;
  const language = made.get(id) ?? StreamLanguage.define(parser);
  made.set(id, language);
  return language;
}
