/** What no structured field may hold, whatever it is: marks of a time, a place, a person or a machine. */
import { detect } from '../redaction/detectors/detect.ts';
import { behindWorkspace, holdsPlaceholder, placeholdersIn } from '../redaction/placeholders.ts';
import type { FieldKind } from './privacyFields.ts';

const { raw } = String;
/** Of any case. */
const mark = (...patterns: string[]) => new RegExp(patterns.join('|'), 'i');

const clock = mark(raw`\d:\d\d`, raw`\b\d{4}-\d\d-\d\d[T ]\d\d`, raw`\b\d{1,2} ?[ap]m\b`);
const date = mark(raw`\b\d{4}[-/]\d\d[-/]\d\d\b`, raw`\b\d{1,2}[./]\d{1,2}[./]\d{4}\b`);
const stamp = mark(raw`\b1[5-9]\d{8}(?:\d{3}){0,3}\b`, raw`\b20\d{6}[T_-]?\d{4,6}\b`);
const areas = 'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc';
const zone = mark(
  raw`\b(?:UTC|GMT|[CEMPW][SE]S?T|[ACEMPH][SD]T|AEST|AEDT|JST|IST|BST|MSK)\b(?!-\d)`,
  raw`\b(?:${areas})\/[A-Z]`,
);
const offset = mark(raw`[+-](?:0\d|1[0-4]):?[0-5]0\b`);
const duration = mark(raw`(?:^|\s)\d+(?:\.\d+)? ?(?:ns|[uµ]s|ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b`);
const absolute = mark(raw`^~?[\\/]`, raw`^~$`, raw`^[A-Z]:[\\/]`, raw`^file:`);
const home = mark(raw`(?:\/home|\/Users|[A-Z]:[\\/]Users)[\\/]`);
const mail = mark(raw`[^\s@/]@[^\s@/.]+\.[A-Z]{2,}`);
const uuid = mark(raw`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`);
const long = mark(raw`\b(?=[0-9a-z_]*\d)(?=[0-9a-z_]*[a-z])[0-9a-z_]{20,}\b`, raw`\b[0-9a-f]{16,}\b`);
const address = mark(
  raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
  raw`(?:\b[0-9a-f]{0,4}:){3}`,
  raw`\b(?:[0-9a-f]{2}-){5}[0-9a-f]{2}\b`,
);
/** Full names of hosts, and those of networks that are nobody else's. */
const host = mark(
  raw`^(?:[a-z][\w-]*\.){2,}[a-z]{2,}$`,
  raw`\.(?:internal|corp|lan|intra|intranet|local|com|org|example)\b`,
);

const names = new Map([
  [clock, 'a clock time'],
  [date, 'a date'],
  [stamp, 'a clock time'],
  [zone, 'a time zone'],
  [offset, 'a time zone'],
  [duration, 'a fine duration'],
  [absolute, 'an absolute path'],
  [home, 'an absolute path'],
  [mail, 'an e-mail address'],
  [uuid, 'an identifier'],
  [long, 'an identifier'],
  [address, 'a network address'],
  [host, 'a host'],
]);

/** The marks that count in a field of a kind, and the form that it must have besides. */
const rules: Record<Exclude<FieldKind, 'text'>, { marks: RegExp[]; form?: RegExp }> = {
  // Its name is the person's own, as all names in code are.
  path: { marks: [absolute] },
  word: {
    marks: [clock, date, stamp, zone, offset, duration, absolute, home, mail, uuid, long, address, host],
    form: /^[\p{L}\d_][\p{L}\d_.+#@/ -]{0,63}$/u,
  },
  version: { marks: [clock, zone, absolute, home, mail, uuid, host], form: /^(?:\w[\w.+~-]{0,63})?$/ },
  policy: { marks: [clock, zone, absolute, home, mail, uuid, host], form: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/ },
  spdx: {
    marks: [clock, date, stamp, zone, duration, absolute, home, mail, uuid, long, address, host],
    form: /^[\w.+() :-]{1,256}$/,
  },
  remote: { marks: [clock, uuid], form: /^(?:(?:https?:\/\/|(?:ssh:\/\/)?git@)?[\w.-]+(?:[:/][\w.~-]+){1,8})?$/ },
  image: { marks: [absolute, mail, uuid, host], form: /^\w[\w./:@-]{0,255}$/ },
  hash: { marks: [], form: /^(?:[0-9a-f]{40}|(?:sha256:)?[0-9a-f]{64})?$/ },
  id: { marks: [], form: /^(?:understudy-)?[0-9a-f]{32}(?::\d+)?$/ },
  quarter: { marks: [], form: /^\d{4}-Q[1-4]$/ },
  placeholder: { marks: [] },
};

/** What is wrong with the value of a field, in words that do not tell the value; null when nothing is. */
export function markIn(value: string, kind: FieldKind | null): string | null {
  if (kind === 'text') return null;
  if (kind === 'placeholder')
    return placeholdersIn(value).join() === value || fixedForm.test(value) ? null : 'no placeholder';
  const { marks, form } = rules[kind ?? 'word'];
  if (kind === null && ours.test(value)) return null;
  const found = marks.find((pattern) => pattern.test(value) && !(kind === 'path' && behindWorkspace(value) !== null));
  if (found) return names.get(found) ?? null;
  if (kind === 'path') return namesSomebody(value) ? 'what redaction covers' : null;
  return form && !form.test(value) ? 'not in the form of its field' : null;
}

function namesSomebody(path: string): boolean {
  return detect(path, 'source').some(({ start, end }) => !holdsPlaceholder(path.slice(start, end)));
}

/** Ids and hashes that the dataset made. */
const ours = /^[0-9a-f]{32}(?:[0-9a-f]{32})?$/;

const fixedForm = /^(?:\/home\/user|\/workspace)(?:[a-z]{4}_)?\d{4,6}$/;
