const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds of an age such as `7d`; a month counts as 30 days here. */
const UNIT_MS: Readonly<Record<string, number>> = {
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  m: 30 * DAY_MS,
  y: 365 * DAY_MS,
};

const AGE = /^(\d{1,5})\s*([hdwmy])$/;
const AGO = /^(?:(?:in )?the )?(?:last|past) (\d{1,4} )?(hour|day|week|month|year)s?$/;
const COUNTED = /^(a|an|\d{1,4}) (hour|day|week|month|year)s? ago$/;
const PERIOD = /^(?:the )?(this|last|previous) (week|month|quarter|year)$/;
const WEEKDAY = /^(?:on |last )?(sun|mon|tues|wednes|thurs|fri|satur)day$/;
const MONTH = /^(?:in )?([a-z]{3,9})(?: (\d{4}))?$/;

const WEEKDAYS = ["sun", "mon", "tues", "wednes", "thurs", "fri", "satur"];
const MONTHS = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];

/**
 * The moment with which a time begins, in Unix milliseconds: an ISO date or time, an age such as
 * `7d`, `12h`, `2w`, `3m` and `1y`, or words such as `yesterday`, `last week`, `3 days ago` and
 * `July 2026`. Weeks begin on Monday; days are those of the user's clock.
 */
export function parseTime(value: string, now: number): number | undefined {
  const trimmed = value.trim();
  const words = trimmed.toLowerCase().replace(/[\s_]+/g, " ");
  const [, count, unit] = AGE.exec(words) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (UNIT_MS[unit] ?? 0);
  return told(words, now) ?? isoTime(trimmed);
}

function isoTime(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return new Date(Number(text), 0, 1).getTime();
  if (!/^\d{4}-\d{2}(-\d{2})?/.test(text)) return undefined;
  // A date alone means the user's day; the platform would take it as one in UTC.
  const local = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text;
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : at;
}

function told(words: string, now: number): number | undefined {
  const date = new Date(now);
  const today = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  if (words === "now") return now;
  if (words === "today") return today.getTime();
  if (words === "yesterday") return daysBefore(today, 1);

  const [, period, span] = PERIOD.exec(words) ?? [];
  if (period !== undefined && span !== undefined) {
    return beginOf(today, span, period === "this" ? 0 : 1);
  }
  const [, number, unit] = AGO.exec(words) ?? COUNTED.exec(words) ?? [];
  if (unit !== undefined) return before(date, Number(number?.replace(/^an?$/, "1") ?? 1), unit);

  const [, weekday] = WEEKDAY.exec(words) ?? [];
  if (weekday !== undefined) {
    return daysBefore(today, ((today.getDay() - WEEKDAYS.indexOf(weekday) + 6) % 7) + 1);
  }
  const [, name, year] = MONTH.exec(words) ?? [];
  const month = MONTHS.findIndex((one) => one === name || one.slice(0, 3) === name);
  if (name === undefined || month < 0) return undefined;
  // Of a month without a year the last one that has begun is meant.
  const isToCome = month > date.getMonth();
  return new Date(
    year === undefined ? date.getFullYear() - (isToCome ? 1 : 0) : Number(year),
    month,
    1,
  ).getTime();
}

function daysBefore(day: Date, days: number): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
}

/** The beginning of the span that today is in, or of one so many before it. */
function beginOf(today: Date, span: string, earlier: number): number {
  const [year, month] = [today.getFullYear(), today.getMonth()];
  switch (span) {
    case "week":
      return daysBefore(today, ((today.getDay() + 6) % 7) + 7 * earlier);
    case "month":
      return new Date(year, month - earlier, 1).getTime();
    case "quarter":
      return new Date(year, month - (month % 3) - 3 * earlier, 1).getTime();
    default:
      return new Date(year - earlier, 0, 1).getTime();
  }
}

/** The same hour so many calendar units before a moment. */
function before(date: Date, count: number, unit: string): number {
  const moved = new Date(date);
  if (unit === "year") moved.setFullYear(date.getFullYear() - count);
  else if (unit === "month") moved.setMonth(date.getMonth() - count);
  else return date.getTime() - count * (UNIT_MS[unit.charAt(0)] ?? 0);
  return moved.getTime();
}
