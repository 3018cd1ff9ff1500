/** Every secret of a corpus that is covered in its finished text, typed key by key into a file, and sealed. */
import { readFileSync } from 'node:fs';
import { contextOfText } from '../../src/redaction/context.ts';
import { isRarePiece, pieceLength } from '../../src/redaction/detectors/rarity.ts';
import { encodings } from '../../src/redaction/dictionary/encodings.ts';
import { redactText } from '../../src/redaction/redactText.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { sealed, textsOf } from '../support/secretSessions.ts';

export interface TypedResult {
  texts: number;
  /** Texts of which a rare piece of a covered secret stands in what would be written. */
  leaks: { text: string; piece: string }[];
  /** Texts that could not be sealed. */
  failed: number;
}

export async function measureTyped(file: string): Promise<TypedResult> {
  const result: TypedResult = { texts: 0, leaks: [], failed: 0 };
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as { kind: string; text: string };
    if (row.kind !== 'positive') continue;
    const text = row.text.toWellFormed();
    const points = [...text];
    const { spans } = redactText(text);
    const secrets = spans
      .map(([start, end]) => points.slice(start, end).join(''))
      .filter(({ length }) => length >= pieceLength);
    if (secrets.length === 0) continue;
    result.texts++;
    const slip = spans[0][0] + Math.floor((spans[0][1] - spans[0][0]) / 2);
    try {
      const { rows, trajectories } = await sealed(
        typed(points, slip, contextOfText(text) === 'source' ? 'a.ts' : 'a.conf'),
      );
      const inserts = trajectories.map(({ steps }) =>
        steps.flatMap(({ changes }) => changes.map(({ inserted }) => inserted)).join(''),
      );
      const written = [...textsOf(rows), ...inserts];
      let rest = text;
      for (const secret of secrets) rest = rest.replaceAll(secret, '\n');
      const piece = secrets
        .flatMap(rarePieces)
        .find((one) => !rest.includes(one) && written.some((each) => each.includes(one)));
      if (piece !== undefined) result.leaks.push({ text, piece });
    } catch {
      result.failed++;
    }
  }
  return result;
}

function rarePieces(secret: string): string[] {
  const pieces = encodings(secret).flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - pieceLength + 1) }, (_, i) => form.slice(i, i + pieceLength)),
  );
  return pieces.filter(isRarePiece);
}

/** A key a change; at the slip a wrong one first, taken back. */
function typed(points: string[], slip: number, path: string): SessionEvent[] {
  const t = 1_700_000_000_000;
  const events: SessionEvent[] = [
    { kind: 'open', t, doc: 0, path, language: null, eol: 'lf', encoding: 'utf8', text: '// begin\n' },
  ];
  let offset = '// begin\n'.length;
  const change = (length: number, text: string) => {
    const changes = [{ offset, length, text }];
    events.push({
      kind: 'edit',
      t: t + events.length,
      doc: 0,
      version: events.length,
      reason: null,
      changes,
      selections: null,
      visible: null,
    });
  };
  for (const [index, point] of points.entries()) {
    if (index === slip) {
      change(0, 'q');
      change(1, '');
    }
    change(0, point);
    offset += point.length;
  }
  return events;
}
