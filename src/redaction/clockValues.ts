/**
 * Clock values in the output of programs, where they are near the time of recording: they would tell when somebody worked,
 * to the millisecond how long each step took, and in which time zone. All of them are put to the first instant of 2000
 * (seconds since the epoch to a round number), in the form in which they were printed, so that what reads outputs still can: `2000-01-01T00:00:00.000Z`, `[00:00:00]`.
 * Names of files that are made of an instant count too. Other days stay as they are, and so do durations, unless one with seconds reads as the time of the day.
 */

/** From the beginning of a task to its end, in milliseconds since the Unix epoch. */
export interface ClockWindow {
  from: number;
  to: number;
}

const { raw } = String;
const hour = 3_600_000;
const day = 24 * hour;

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const month = raw`(?:January|February|March|April|May|June|July|August|September|October|November|December|${months.join('|')})`;
const weekday = raw`(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?`;
const zone = raw`(?:[ ]?Z\b|[ ]GMT[+-]\d{4}\b(?:[ ]\([^()\n]{1,60}\))?|[ ]?[+-]\d\d:?\d\d\b(?:[ ]\(?[A-Z]{3,5}\)?(?![A-Za-z]))?|[ ]\(?(?:UTC|GMT|[A-Z]{1,3}[SD]?T)\)?(?![A-Za-z]))`;
const half = raw`[ \u202f]?[AaPp]\.?[Mm]\b\.?`;
const time = raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:${half})?${zone}?`;
const tail = raw`(?<tail>(?:T|_|,?[ ]{1,2}|[ ]at[ ]|:)${time})`;
const start = raw`(?<![\w.\/:-])`;
const end = raw`(?![\w\/]|[.:-]\d)`;

/** Dates, with or without a time behind. Groups: y, m or name, d; a and b where it may be either; later: the year behind. */
const dates = [
  raw`(?<date>(?<y>\d{4})(?<s>[-\/.])(?<m>\d\d)\k<s>(?<d>\d\d))${tail}?`,
  raw`(?<date>(?<y>20\d\d)(?<m>\d\d)(?<d>\d\d))(?<tail>[T_-]?(?:\d{6}(?:[.,]\d{1,9})?|\d{4})${zone}?)?`,
  raw`(?<date>(?<a>\d{1,2})(?<s>[-\/.])(?<b>\d{1,2})\k<s>(?<y>\d{4}))${tail}?`,
  raw`(?<date>(?<a>\d{1,2})(?<s>[-\/.])(?<b>\d{1,2})\k<s>(?<y>\d\d))${tail}`,
  raw`(?<date>(?<y>\d{4})[年년.][ ]?(?<m>\d{1,2})[月월.][ ]?(?<d>\d{1,2})[日일.]?)`,
  raw`(?<date>(?<m>\d{1,2})[月월][ ]?(?<d>\d{1,2})[日일]?)${tail}`,
  // HTTP, mail, the logs of Apache.
  raw`(?<date>(?:${weekday},?[ ])?(?<d>\d{1,2})(?<s>[ \/-])(?<name>${month})(?:\k<s>(?<y>\d{4}))?)${tail}?`,
  // ctime, syslog, ls, browsers.
  raw`(?<date>(?:${weekday},?[ ])?(?<name>${month})[ ]{1,2}(?<d>\d{1,2})(?:,?[ ]{1,2}(?<y>\d{4})(?!:))?)(?<tail>[ ,](?:[ ]?at[ ]|[ ])?${time}(?:[ ](?<later>\d{4})${zone}?)?)?`,
].map((pattern) => new RegExp(`${start}${pattern}${end}`, 'g'));

/** As they stand in the names of files: `2026-11-26T02_03_21_123Z-debug-0.log`, `20261126020321_create.rb`, `app-2026-11-26.log`. */
const stamps = [
  raw`(?<date>(?<y>20\d\d)(?<s>[-_.]?)(?<m>\d\d)\k<s>(?<d>\d\d))(?<tail>(?:[T_.-]|[ ]at[ ])?\d\d(?<t>[-_.:]?)\d\d(?:\k<t>\d\d(?:[._]?\d{1,9})?)?Z?)`,
  raw`(?<date>(?<y>20\d\d)(?<s>[-_]?)(?<m>\d\d)\k<s>(?<d>\d\d))`,
].map((pattern) => new RegExp(raw`(?<!\d)${pattern}(?!\d)`, 'g'));

/** As the loggers of Go and Kubernetes begin a line: a letter, month and day. */
const logged = /(?<![A-Za-z\d])(?<level>[IWEF])(?<m>\d\d)(?<d>\d\d)(?= \d\d:\d\d:\d\d\.\d{6})/g;

/** As Python shows the object. */
const objects = /\b(?<type>date(?:time)?\()(?<y>\d{4}), (?<m>\d{1,2}), (?<d>\d{1,2})(?<tail>(?:, \d{1,6}){0,4})/g;

/** A day and a time with a month in any language between them. */
const foreign = new RegExp(
  raw`${start}(?<d>\d{1,2})(?<month>\.?[ ]\p{L}{3,10}\.?,?[ ]{1,2}(?:\d{4},?[ ]{1,2})?(?:\p{L}{1,3}[ ])?)(?<hours>\d{1,2}):(?<minutes>\d\d)(?<behind>(?::\d\d)?${zone}?)${end}`,
  'gu',
);

/** Seconds since the Unix epoch, or their thousandth, millionth, ..., and the zone that git tells behind. */
const epochs = /(?<![\d.])(?<seconds>\d{10})(?:\d{3}){0,3}(?:\.\d{1,9})?(?!\d)(?<zone> [+-]\d{4}(?!\d))?/g;

/** When a process began, in front of how long it ran. */
const begun =
  /(?<= )(?<hours>\d\d):(?<minutes>\d\d)(?=[ ]{1,8}(?:(?:pts\/\d+|tty\w*|\?\??)[ ]{1,8})?\d{1,3}:\d\d(?:[:.]\d\d)?(?: |$))/gm;

/** Times of a day that is not told: with seconds or a half of the day, since `12:34` is mostly a line and a column. */
const times = new RegExp(
  raw`${start}(?<hours>\d{1,2}):(?<minutes>\d\d)(?::\d\d(?:[.,]\d{1,9})?(?<half>${half})?|(?<other>${half}))${zone}?${end}`,
  'g',
);

/** What one of the above must hold. */
const mayHold = /\d[:/.-]\d|\d{8}|\d[ /-][A-Z][a-z]{2}|[a-z] {1,2}\d|\d[年년月월]|date(?:time)?\(\d/;

type Groups = Record<string, string | undefined>;

/** The text with all clock values near the window as the first instant of 2000. Masking it again changes nothing. */
export function maskClocks(text: string, window: ClockWindow): string {
  if (!mayHold.test(text)) return text;
  let masked = text;
  for (const pattern of dates) {
    masked = replaced(masked, pattern, (match, groups) => {
      return isNearDate(groups, window) ? firstDay(groups.date ?? '') + midnight(groups.tail ?? '') : match;
    });
  }
  for (const pattern of stamps) {
    masked = replaced(masked, pattern, (match, groups) => {
      return isNearDate(groups, window, true) ? firstDay(groups.date ?? '') + zeroes(groups.tail ?? '') : match;
    });
  }
  masked = replaced(masked, logged, (match, groups) => {
    return isNearDate(groups, window, true) ? `${groups.level}0101` : match;
  });
  masked = replaced(masked, objects, (match, groups) => {
    return isNearDate(groups, window) ? `${groups.type}2000, 1, 1${(groups.tail ?? '').replace(/\d+/g, '0')}` : match;
  });
  masked = replaced(masked, foreign, (match, groups) => {
    const { d = '', month: between = '', hours = '', minutes = '', behind = '' } = groups;
    if (!isNearDay(Number(d), window) || !isNearTime(groups, window)) return match;
    return `${firstDay(d + between)}${midnight(`${hours}:${minutes}${behind}`)}`;
  });
  masked = replaced(masked, epochs, (match, { seconds, zone: offset = '' }) => {
    if (!isNear(Number(seconds) * 1000, window, day)) return match;
    return `1${zeroes(match.slice(1, match.length - offset.length))}${offset && ' +0000'}`;
  });
  return [begun, times].reduce(
    (text, pattern) =>
      replaced(text, pattern, (match, groups) => (isNearTime(groups, window) ? midnight(match) : match)),
    masked,
  );
}

/** Whether a text still tells when it was printed. */
export function holdsClock(text: string, window: ClockWindow): boolean {
  return maskClocks(text, window) !== text;
}

function replaced(text: string, pattern: RegExp, by: (match: string, groups: Groups) => string): string {
  return text.replace(pattern, (match, ...rest) => by(match, rest.at(-1)));
}

function isNear(instant: number, { from, to }: ClockWindow, slack: number): boolean {
  return instant >= from - slack && instant <= to + slack;
}

/** Whether a day of the month is one of those around. */
function isNearDay(dayOfMonth: number, { from, to }: ClockWindow): boolean {
  const reach = 1.5 * day;
  if (to - from > 27 * day) return true;
  for (let at = from - reach; at <= to + reach; at += day / 2)
    if (new Date(at).getUTCDate() === dayOfMonth) return true;
  return false;
}

/** @param isWhole whether month and day make a date without a year and a time. */
function isNearDate({ y, m, name, d, a, b, later, tail }: Groups, window: ClockWindow, isWhole = false): boolean {
  const year = y?.length === 2 ? `20${y}` : (y ?? later);
  // A month and a number are no date yet.
  if (year === undefined && tail === undefined && !isWhole) return false;
  const years =
    year === undefined ? [window.from, window.to].map((at) => new Date(at).getUTCFullYear()) : [Number(year)];
  const named = name === undefined ? Number(m) : months.indexOf(name.slice(0, 3)) + 1;
  const readings =
    a === undefined
      ? [[named, Number(d)]]
      : [
          [Number(a), Number(b)],
          [Number(b), Number(a)],
        ];
  return years.some((inYear) =>
    readings.some(([inMonth, ofDay]) => {
      const noon = Date.UTC(inYear, inMonth - 1, ofDay, 12);
      // Elsewhere it is a day earlier or later.
      return inMonth <= 12 && isNear(noon, window, 1.5 * day);
    }),
  );
}

/** By the clock of this machine, or that of servers and containers. */
function isNearTime({ hours, minutes, half: one, other }: Groups, { from, to }: ClockWindow): boolean {
  if (Number(hours) > 23 || Number(minutes) > 59) return false;
  const inHalf = (Number(hours) % 12) * hour + Number(minutes) * 60_000;
  const halfOfDay = one ?? other;
  const isLate = halfOfDay === undefined ? [Number(hours) >= 12, true] : [/p/i.test(halfOfDay)];
  const length = to - from + 2 * hour;
  return [0, new Date(from).getTimezoneOffset() * 60_000].some((offset) =>
    isLate.some((late) => {
      const sinceBegin = inHalf + (late ? day / 2 : 0) - (from - hour - offset);
      return ((sinceBegin % day) + day) % day <= length;
    }),
  );
}

const zeroes = (text: string) => text.replace(/\d/g, '0');

function firstDay(date: string): string {
  return date
    .replace(/\d+/g, (digits) => {
      if (digits.length === 8) return '20000101';
      return digits.length === 4 ? '2000' : '1'.padStart(digits.length, '0');
    })
    .replace(new RegExp(weekday), (name) => (name.endsWith('day') ? 'Saturday' : 'Sat'))
    .replace(new RegExp(month), (name) => (name.length > 3 ? 'January' : 'Jan'));
}

/** A time, its zone, and the year that may stand behind it. */
function midnight(tail: string): string {
  return tail
    .replace(/GMT[+-]\d{4}(?: \([^()]*\))?/, 'UTC')
    .replace(/(?<=[+-]\d\d:?\d\d) \(?[A-Z]{3,5}\)?$/, '')
    .replace(/(?<=[ ]\(?)(?!AM|PM)[A-Z]{1,3}[SD]?T\b/, 'UTC')
    .replace(/-(?=\d\d:?\d\d$)/, '+')
    .replace(/[Pp](?=\.?[Mm]\b)/, (letter) => (letter === 'p' ? 'a' : 'A'))
    .replace(/(?<= )\d{4}(?![\d:])|\d+/g, (digits, at: number) =>
      digits.length === 4 && tail[at - 1] === ' ' ? '2000' : zeroes(digits),
    );
}
