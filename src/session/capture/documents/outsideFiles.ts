import { setImmediate as turn } from 'node:timers/promises';
import { eolOf, type FileText, languageOf, withEolOf } from '../../fileText.ts';
import type { TaskStream } from '../taskStream.ts';
import { type DocumentMirror, longestText } from './documentMirror.ts';

/** More at once are no work by hand but a checkout or a build; in files, and in UTF-16 units of their texts. */
const most = 100;
const mostText = 4 * 2 ** 20;
/** What the watcher tells of more than these is not even looked at. */
const mostHeard = 20_000;
/** Nothing more was heard for so many milliseconds, or for so many of these times something was. */
const settling = 500;
const longestSettling = 4;
/** Files looked at before the editor gets a turn. */
const atOnce = 20;

export interface Disk {
  /** The path under which the file is recorded; null for one that must not be. */
  pathOf(name: string): string | null;
  /** Null where no file stands; `text` is null for one that is too long or no text. */
  read(name: string): Promise<{ text: FileText | null } | null>;
  /** The names of the files in a folder and below, as many as `most` of them; none for what is no folder. */
  filesIn(name: string, most: number): Promise<string[]>;
  /** The text that the repository has of the file. */
  readCommitted(name: string): Promise<string | null>;
}

type Action = 'create' | 'change' | 'delete';
/** `rename`: it has its text from another name. `save`: of a file whose text the mirror does not follow. */
type Told = 'create' | 'delete' | 'rename' | 'save';

/** A file as it was found, with what is known of it from before. */
interface Found {
  name: string;
  path: string;
  action: Action;
  /** Null when not known. */
  before: string | null;
  /** Null where the file is gone, or is no text to follow. */
  after: FileText | null;
}

/**
 * Files that came, changed and went without the editor's doing. Watchers tell of a change more than once, of the editor's own
 * changes too, of a save that replaces the file as its end and beginning, and of a move in two pieces: so they are heard out
 * until they are silent for half a second.
 * Of files that an editor has open, it tells itself.
 */
export class OutsideFiles {
  readonly #disk: Disk;
  readonly #stream: TaskStream;
  readonly #mirror: DocumentMirror;
  readonly #settleTime: number;
  readonly #toldByEditor = new Map<string, { action: Told; at: number }>();
  #heard = new Map<string, Action>();
  #timer: NodeJS.Timeout | null = null;
  #settleBy = 0;
  #disposed = false;

  constructor(disk: Disk, stream: TaskStream, mirror: DocumentMirror, settleTime = settling) {
    this.#settleTime = settleTime;
    this.#disk = disk;
    this.#stream = stream;
    this.#mirror = mirror;
  }

  /** What the editor itself tells of. A file may be made with a text in it, of which it tells nothing. */
  ignoreEcho(name: string, action: Told): void {
    this.#toldByEditor.set(name, { action, at: Date.now() });
    if (action === 'delete' || action === 'rename') this.#heard.delete(name);
  }

  hear(action: Action, name: string): void {
    if (this.#heard.size < mostHeard && !this.#heard.has(name)) this.#heard.set(name, action);
    const now = Date.now();
    if (this.#timer) clearTimeout(this.#timer);
    else this.#settleBy = now + longestSettling * this.#settleTime;
    const wait = Math.min(this.#settleTime, this.#settleBy - now);
    this.#timer = setTimeout(() => void this.#settle(), wait);
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #settle(): Promise<void> {
    const heard = this.#heard;
    this.#heard = new Map();
    this.#timer = null;
    const found = await this.#look(heard);
    if (this.#disposed) return;
    if (found === null) {
      if (this.#stream.task) this.#stream.append({ kind: 'gap', reason: 'limit' });
    } else this.#tell(found);
    for (const [name, { at }] of this.#toldByEditor)
      if (Date.now() - at > 4 * this.#settleTime) this.#toldByEditor.delete(name);
  }

  /** Null when too much changed at once. */
  async #look(heard: ReadonlyMap<string, Action>): Promise<Found[] | null> {
    const inScope: { name: string; path: string; action: Action }[] = [];
    const waiting = [...heard];
    const known = new Set(heard.keys());
    for (let i = 0; i < waiting.length; i++) {
      const [name, action] = waiting[i];
      if (i % atOnce === 0) await turn();
      const path = this.#mirror.has(name) && action === 'change' ? null : this.#disk.pathOf(name);
      if (path === null) continue;
      inScope.push({ name, path, action });
      if (inScope.length > most) return null;
      // Of what came with a new folder the watcher may not have told.
      const inside = action === 'create' ? await this.#disk.filesIn(name, mostHeard) : [];
      for (const file of inside.filter((one) => !known.has(one))) {
        known.add(file);
        waiting.push([file, 'create']);
      }
    }
    const found: Found[] = [];
    let length = 0;
    for (const one of inScope) {
      const seen = await this.#find(one);
      if (seen) found.push(seen);
      length += (seen?.after?.text.length ?? 0) + (seen?.before?.length ?? 0);
      if (length > mostText) return null;
    }
    return heard.size < mostHeard ? found : null;
  }

  async #find({ name, path, action: heard }: { name: string; path: string; action: Action }): Promise<Found | null> {
    const told = this.#toldByEditor.get(name)?.action;
    const now = await this.#disk.read(name);
    // Only there for a moment, or moved, saved or deleted in sight.
    if (told === 'rename' || (told === 'save' && heard === 'change')) return null;
    if (!now && (heard === 'create' || told === 'delete')) return null;
    const isToCome = heard === 'create' && (!told || told === 'save');
    const action = !now ? 'delete' : isToCome ? 'create' : 'change';
    const last = this.#mirror.lastText(name);
    const isNew = last === undefined && (heard === 'create' || told === 'create');
    const before = isNew ? '' : (last ?? (await this.#committed(name, now?.text?.text ?? '')));
    return { name, path, action: action === 'create' && !isNew ? 'change' : action, before, after: now?.text ?? null };
  }

  async #committed(name: string, like: string): Promise<string | null> {
    const text = await this.#disk.readCommitted(name);
    return text === null || text.length > longestText ? null : withEolOf(text, like);
  }

  #tell(found: readonly Found[]): void {
    const moved = new Set<Found>();
    for (const gone of found) {
      if (gone.action !== 'delete' || !gone.before) continue;
      const to = found.find(({ action, after }) => action === 'create' && after?.text === gone.before);
      if (!to || moved.has(to)) continue;
      moved.add(gone).add(to);
      this.#mirror.renameOnDisk(gone.name, to.name, gone.before);
      this.#stream.append({ kind: 'file', action: 'rename', path: gone.path, to: to.path });
    }
    for (const one of found) if (!moved.has(one)) this.#tellOne(one);
  }

  #tellOne({ name, path, action, before, after }: Found): void {
    // The editor has opened it meanwhile, and tells of it.
    if (action === 'change' && this.#mirror.has(name)) return;
    const tell = (what: Action) => this.#stream.append({ kind: 'file', action: what, path, to: null });
    if (action === 'delete') {
      if (before) this.#mirror.deleteOnDisk(name, factsOf(path, before), before);
      tell('delete');
      return;
    }
    if (action === 'create') tell('create');
    const isFollowed = before !== null && after !== null && !this.#mirror.has(name);
    if (isFollowed) this.#mirror.changeOnDisk(name, factsOf(path, after.text, after.encoding), before, after.text);
    else if (action === 'change') tell('change');
  }
}

function factsOf(path: string, text: string, encoding: string | null = null) {
  return { path, language: languageOf(path), eol: eolOf(text), encoding };
}
