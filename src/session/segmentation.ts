/**
 * The tasks of a recording, looked at as a whole: a pure function of the events.
 *
 * Where `boundaries.ts` ends a task, what follows and what came before may move the end or take it back; and some ends
 * show only to who looks back:
 * 1. A small clean-up right after a commit joins its task: it begins within two minutes and is over within five, changes
 *    two hundred characters at most and only in files that the task has edited, and is not finished in so many words. So do
 *    commands alone (`git push`).
 * 2. What git did to the files for a switch of branches belongs to the switch, though it was told first.
 * 3. After a green test run, the first edit of an unrelated file begins a task, if the files before are not edited again. A
 *    file is related if the task has touched it, if it stands in the folder of an edited one, has the name of an edited one
 *    (`sum.ts`, `sum.test.ts`) or one of the two mentions the other's name, if it is documentation or a manifest, or if the
 *    two are committed together in the end.
 */
import { isGitCommand } from './attribution/seen.ts';
import { type Boundary, isWork, nextBoundary, noTask, type TaskEnd } from './boundaries.ts';
import type { SessionEvent } from './events.ts';
import { isManifest } from './manifests.ts';
import { testCommand } from './testCommand.ts';

/** A task ends before the event of this index. */
export interface Cut {
  before: number;
  end: TaskEnd;
}

/** In milliseconds. */
const cleanUpBegin = 2 * 60 * 1000;
const cleanUpEnd = 5 * 60 * 1000;
/** In UTF-16 units, put in and taken out. */
export const smallChange = 200;
const gitStorm = 3_000;

/** Where the tasks end, in ascending order; the last one is the end of the recording, if anything was done since. */
export function segment(events: readonly SessionEvent[]): Cut[] {
  const paths = pathsOf(events);
  const joined = joinCleanUps(events, paths, settleSwitches(events, boundaryCuts(events)));
  let from = 0;
  return joined.flatMap((cut) => {
    const cuts = [...unrelatedCuts(events, paths, from, cut.before), cut];
    from = cut.before;
    return cuts;
  });
}

function boundaryCuts(events: readonly SessionEvent[]): Cut[] {
  const cuts: Cut[] = [];
  let state = noTask;
  for (const [index, event] of events.entries()) {
    let boundary: Boundary | null;
    [state, boundary] = nextBoundary(state, event);
    if (boundary) cuts.push({ before: boundary.at === 'after' ? index + 1 : index, end: boundary.end });
  }
  if (state.begun) cuts.push({ before: events.length, end: 'stop' });
  return cuts;
}

/** The file of each event that speaks of a document or a path. */
type Paths = (string | null)[];

function pathsOf(events: readonly SessionEvent[]): Paths {
  const documents = new Map<number, string>();
  return events.map((event) => {
    if (event.kind === 'open') documents.set(event.doc, event.path);
    if (event.kind === 'file' && event.action === 'rename' && event.to !== null)
      for (const [doc, path] of documents) if (path === event.path) documents.set(doc, event.to);
    if (event.kind === 'file') return event.path;
    return 'doc' in event ? (documents.get(event.doc) ?? null) : null;
  });
}

const isChange = ({ kind }: SessionEvent) => kind === 'edit' || kind === 'disk' || kind === 'resync' || kind === 'file';

function settleSwitches(events: readonly SessionEvent[], cuts: readonly Cut[]): Cut[] {
  return cuts.map((cut, i) => {
    if (cut.end !== 'switch') return cut;
    const from = cuts[i - 1]?.before ?? 0;
    let before = cut.before;
    for (let at = cut.before - 1; at >= from && events[cut.before].t - events[at].t <= gitStorm; at--) {
      if (isByGit(events, at)) before = at;
      else if (isWork(events[at]) || events[at].kind === 'task') break;
    }
    return { ...cut, before };
  });
}

/** Git's own doing, or that of the command that called it. */
function isByGit(events: readonly SessionEvent[], at: number): boolean {
  const event = events[at];
  if (event.kind === 'command_start') return isGitCommand(event.line);
  if (event.kind !== 'edit') return event.kind === 'git_index' || event.kind === 'disk' || event.kind === 'file';
  // An edit by hand is told before the editor knows that it made the file dirty.
  const next = events.slice(at + 1, at + 20);
  const isDirtied = next.some(
    ({ kind, ...of }) => kind === 'sign' && 'dirty' in of && of.dirty && of.doc === event.doc,
  );
  return event.dirty === false && !isDirtied;
}

function joinCleanUps(events: readonly SessionEvent[], paths: Paths, cuts: readonly Cut[]): Cut[] {
  const joined: Cut[] = [];
  /** Whether the last of them stands at a commit. */
  let committed = false;
  for (const cut of cuts) {
    const commit = joined.at(-1);
    if (commit && committed && isCleanUp(events, paths, joined.at(-2)?.before ?? 0, commit, cut)) {
      joined[joined.length - 1] = { before: cut.before, end: 'commit' };
    } else joined.push(cut);
    committed = cut.end === 'commit';
  }
  return joined;
}

/** @param from where the task of the commit begins. */
function isCleanUp(events: readonly SessionEvent[], paths: Paths, from: number, commit: Cut, next: Cut): boolean {
  const committedAt = events[commit.before - 1].t;
  const after = events.slice(commit.before, next.before);
  const first = after.find(isWork);
  if (!first || first.t - committedAt > cleanUpBegin) return false;
  if (after.some(({ kind }) => kind === 'task') || (after.findLast(isWork)?.t ?? 0) - committedAt > cleanUpEnd)
    return false;
  const edited = new Set(paths.slice(from, commit.before).filter((_, i) => isChange(events[from + i])));
  let changed = 0;
  for (const [i, event] of after.entries()) {
    if (!isChange(event)) continue;
    if (event.kind !== 'edit' || !edited.has(paths[commit.before + i])) return false;
    for (const { length, text } of event.changes) changed += length + text.length;
  }
  return changed <= smallChange;
}

/** Where a task turns to something else after its tests were green. */
function unrelatedCuts(events: readonly SessionEvent[], paths: Paths, from: number, to: number): Cut[] {
  const cuts: Cut[] = [];
  const lastChange = new Map<string, number>();
  for (let i = from; i < to; i++) if (paths[i] !== null && isChange(events[i])) lastChange.set(paths[i] as string, i);
  const commits = events
    .slice(from, to)
    .flatMap((event) => (event.kind === 'git' && event.action === 'commit' ? [new Set(event.paths)] : []));
  let known = new Known();
  let tests = new Set<number>();
  /** The event at which the last test run was green. */
  let green: number | null = null;
  for (let i = from; i < to; i++) {
    const event = events[i];
    const path = paths[i];
    if (event.kind === 'command_start' && testCommand(event.line, event.cwd)) tests.add(event.command);
    if (event.kind === 'command_end' && tests.has(event.command)) {
      green = event.exit_code === 0 && known.edited.size > 0 ? i : null;
      known.test();
    }
    if (event.kind === 'open' && event.text !== null) known.texts.set(event.path, event.text);
    if (path === null) continue;
    const goesOn = (one: string) =>
      (lastChange.get(one) ?? -1) > i || commits.some((paths) => paths.has(path) && paths.has(one));
    if (green !== null && isChange(event) && !known.isRelated(path) && ![...known.edited].some(goesOn)) {
      const begin = turnOf(events, paths, known, green, i);
      cuts.push({ before: begin, end: 'unrelated' });
      known = new Known(known.texts);
      tests = new Set();
      green = null;
    }
    if (isChange(event)) known.edited.add(path);
    known.seen.add(path);
  }
  return cuts;
}

/** The event behind the last one that still had to do with the task before. */
function turnOf(events: readonly SessionEvent[], paths: Paths, known: Known, green: number, change: number): number {
  for (let i = change - 1; i > green; i--) {
    const path = paths[i];
    if (
      path !== null
        ? known.edited.has(path) || known.touched.has(path)
        : isWork(events[i]) || events[i].kind === 'command_end'
    )
      return i + 1;
  }
  return green + 1;
}

/** What a task is about, by its files. */
class Known {
  readonly edited = new Set<string>();
  /** Also looked at: before the last test run, and since the one before. */
  readonly touched = new Set<string>();
  readonly seen = new Set<string>();
  readonly texts: Map<string, string>;

  constructor(texts = new Map<string, string>()) {
    this.texts = texts;
  }

  /** What was looked at before the tests ran had to do with them. */
  test(): void {
    for (const path of this.seen) this.touched.add(path);
    this.seen.clear();
  }

  isRelated(path: string): boolean {
    if (this.touched.has(path) || this.edited.has(path) || isAbout(path)) return true;
    return [...this.edited].some(
      (other) =>
        folderOf(other) === folderOf(path) ||
        stemOf(other) === stemOf(path) ||
        this.#mentions(path, other) ||
        this.#mentions(other, path),
    );
  }

  #mentions(path: string, other: string): boolean {
    const stem = stemOf(other);
    const word = new RegExp(`(?<!\\w)${stem.replace(/\W/g, '\\$&')}(?!\\w)`, 'i');
    return stem.length >= 3 && word.test(this.texts.get(path) ?? '');
  }
}

/** Documentation and manifests belong to whatever task changes them. */
function isAbout(path: string): boolean {
  return isManifest(path) || /(?:^|\/)docs?\/|\.(?:md|mdx|rst|adoc|txt|lock|sum)$|-lock\.\w+$/i.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The name without its end and without what marks a test. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/, '');
  return name.replace(/^test_|[._-](?:test|tests|spec)$|(?<=[a-z])(?:Test|Tests|Spec)$/g, '').toLowerCase();
}
