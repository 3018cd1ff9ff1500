/**
 * Logs of the kind `workspaceRecording` that VS Code's chat extension writes (microsoft/vscode-copilot-chat): several
 * documents, edits as `[start, endExclusive, text]` in UTF-16 units of the text before the entry.
 */
import * as z from 'zod';
import { mayBeKeys } from '../attribution/shapes.ts';
import { isPasteOf } from '../capture/documents/pasteOf.ts';
import { RawDocument } from '../document.ts';
import type { SessionEvent, SessionEventOf } from '../events.ts';
import { moveSelections } from '../selections.ts';
import { ImportError, parseInput } from './parseInput.ts';
import { fillTimes } from './times.ts';

const time = z.number();
const id = z.int().nonnegative();
const offset = z.int().nonnegative();

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('documentEncountered'), id, time, relativePath: z.string() }),
  z.object({ kind: z.literal('setContent'), id, time, content: z.string() }),
  z.object({ kind: z.literal('storeContent'), id, time, contentId: z.string() }),
  z.object({ kind: z.literal('restoreContent'), id, time, contentId: z.string() }),
  z.object({
    kind: z.literal('changed'),
    id,
    time,
    v: z.int().optional(),
    edit: z.array(z.tuple([offset, offset, z.string()])),
  }),
  z.object({ kind: z.literal('selectionChanged'), id, time, selection: z.array(z.tuple([offset, offset])) }),
]);
/** Texts selected before that are looked for among those put in. */
const mostSelected = 50;
type Entry = z.infer<typeof entry>;
const understood: ReadonlySet<string> = new Set(entry.options.map((option) => option.shape.kind.value));

/** Entries of other kinds (focus, requests, headers) say nothing that an event holds. */
const recording = z.object({ log: z.array(z.looseObject({ kind: z.string() })) });

/** The log as session events. @param file what messages call the input. @throws ImportError */
export function readWorkspaceRecording(json: string, file: string): SessionEvent[] {
  const expected = 'a workspace recording with a log of entries';
  const { log } = parseInput(json, recording, file, expected);
  const entries: Entry[] = [];
  for (const [index, raw] of log.entries()) {
    if (!understood.has(raw.kind)) continue;
    const parsed = entry.safeParse(raw);
    if (!parsed.success) throw new ImportError(`${file}: log.${index} is no valid '${raw.kind}'; expected ${expected}`);
    entries.push(parsed.data);
  }
  const times = fillTimes(timesOf(entries));
  const reader = new Reader(file);
  return entries.flatMap((one, index) => reader.take(one, times[index]));
}

/** A recording cut from a longer one has texts stamped when it was cut: none is set later than what is done to it. */
function timesOf(entries: readonly Entry[]): number[] {
  let next = Number.POSITIVE_INFINITY;
  return entries
    .toReversed()
    .map(({ kind, time }) => {
      if (kind !== 'changed' && kind !== 'selectionChanged') return Math.min(time, next);
      next = time;
      return time;
    })
    .toReversed();
}

class Reader {
  readonly #file: string;
  readonly #paths = new Map<number, string>();
  readonly #documents = new Map<number, RawDocument>();
  readonly #selections = new Map<number, { anchor: number; active: number }[]>();
  readonly #stored = new Map<string, string>();
  /** Documents whose last edit was followed by no selections yet, with its version. */
  readonly #unsigned = new Map<number, number>();
  readonly #selected = new Set<string>();
  /** When the selections of each document were told last. */
  readonly #movedAt = new Map<number, number>();

  constructor(file: string) {
    this.#file = file;
  }

  take(entry: Entry, t: number): SessionEvent[] {
    const doc = entry.id;
    switch (entry.kind) {
      case 'documentEncountered':
        this.#paths.set(doc, entry.relativePath.replaceAll('\\', '/'));
        return [];
      case 'setContent':
        return this.#content(doc, t, entry.content);
      case 'storeContent':
        this.#stored.set(entry.contentId, this.#document(doc).rawText());
        return [];
      case 'restoreContent': {
        const text = this.#stored.get(entry.contentId);
        if (text === undefined)
          throw new ImportError(`${this.#file}: restores content '${entry.contentId}', never stored`);
        return this.#content(doc, t, text);
      }
      case 'selectionChanged':
        return this.#select(
          doc,
          t,
          entry.selection.map(([anchor, active]) => ({ anchor, active })),
        );
      case 'changed': {
        const changes = entry.edit.map(([start, end, text]) => ({ offset: start, length: end - start, text }));
        const document = this.#document(doc);
        for (const { offset, length, text } of changes.toReversed()) {
          try {
            document.replace(offset, length, text);
          } catch (error) {
            throw new ImportError(`${this.#file}: at t=${entry.time}, document ${doc}: ${(error as Error).message}`);
          }
        }
        const selections = this.#selections.get(doc) ?? null;
        const moved = moveSelections(selections, changes);
        if (moved) this.#selections.set(doc, moved);
        const version = entry.v ?? 0;
        this.#unsigned.set(doc, version);
        const clipboard = !changes.every(({ text }) => mayBeKeys(text)) && this.#wasSelected(changes) ? true : null;
        const movedAt = this.#movedAt.get(doc);
        const still = movedAt === undefined ? null : t - movedAt;
        return [{ kind: 'edit', t, doc, version, reason: null, changes, selections, visible: null, clipboard, still }];
      }
    }
  }

  /** The first selections told after an edit are a sign of it. */
  #select(doc: number, t: number, selections: { anchor: number; active: number }[]): SessionEvent[] {
    this.#selections.set(doc, selections);
    this.#movedAt.set(doc, t);
    for (const { anchor, active } of selections) {
      const text = this.#documents.get(doc)?.slice(Math.min(anchor, active), Math.max(anchor, active)).trim();
      if (!text) continue;
      // The latest come last, and the oldest go.
      this.#selected.delete(text);
      this.#selected.add(text);
      const [oldest] = this.#selected;
      if (this.#selected.size > mostSelected) this.#selected.delete(oldest);
    }
    const version = this.#unsigned.get(doc);
    this.#unsigned.delete(doc);
    if (version === undefined) return [];
    return [{ kind: 'sign', t, doc, version, selections, cause: null, clipboard: null, dirty: null }];
  }

  /** A recording has no clipboard; but what was selected and then appears elsewhere was copied. */
  #wasSelected(changes: SessionEventOf<'edit'>['changes']): boolean {
    return [...this.#selected].some((text) => isPasteOf(text, changes));
  }

  #content(doc: number, t: number, text: string): SessionEvent[] {
    const path = this.#paths.get(doc);
    if (path === undefined) throw new ImportError(`${this.#file}: content of document ${doc}, which it never names`);
    const isKnown = this.#documents.has(doc);
    this.#documents.set(doc, new RawDocument(text));
    if (isKnown) return [{ kind: 'base', t, doc, text }];
    const eol = text.includes('\r\n') ? 'crlf' : text.includes('\n') ? 'lf' : null;
    return [{ kind: 'open', t, doc, path, language: null, eol, encoding: null, text }];
  }

  #document(doc: number): RawDocument {
    const document = this.#documents.get(doc);
    if (!document) throw new ImportError(`${this.#file}: changes document ${doc} before its content is set`);
    return document;
  }
}
