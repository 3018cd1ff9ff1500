import { type Diagnostic, DiagnosticSeverity, type Disposable, languages, type TextDocument, workspace } from 'vscode';
import type { DocumentMirror } from '../../session/capture/documents/documentMirror.ts';
import type { SessionEventOf } from '../../session/events.ts';
import { nameOf } from './documents.ts';

/** A file with more has a problem that no list of them tells. */
const most = 200;

type Item = SessionEventOf<'diagnostics'>['items'][number];
const severities: Record<DiagnosticSeverity, Item['severity']> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
};

/** Errors and warnings, whole for each document that they changed in. */
export function listenToDiagnostics(mirror: DocumentMirror): Disposable {
  const tell = (document: TextDocument) => {
    if (!mirror.has(nameOf(document))) return;
    const items = languages.getDiagnostics(document.uri).slice(0, most);
    mirror.diagnose(nameOf(document), {
      version: document.version,
      items: items.map((item) => itemOf(item, document)),
    });
  };
  for (const document of workspace.textDocuments) tell(document);
  return languages.onDidChangeDiagnostics(({ uris }) => {
    const changed = new Set(uris.map(String));
    for (const document of workspace.textDocuments) if (changed.has(nameOf(document))) tell(document);
  });
}

function itemOf({ severity, source, code, message, range }: Diagnostic, document: TextDocument): Item {
  const value = typeof code === 'object' ? code.value : code;
  return {
    severity: severities[severity],
    source: source ?? null,
    code: value === undefined ? null : String(value),
    message,
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
  };
}
