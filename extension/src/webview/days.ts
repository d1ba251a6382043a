/** Days and numbers for people. Days are texts such as `2026-11-02`, which is how days are told to a webview; no clock is asked. */

const DAY_MS = 86_400_000;

/** A day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a day is behind another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Place of a day in its week, from 0 for Monday. */
export function weekday(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** A day, or one day to another, for people; the year where it is not that of `today`. */
export function dayLabel(from: string, to: string, today: string): string {
  const isThisYear = from.slice(0, 4) === today.slice(0, 4);
  const format = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    ...{ day: "numeric", month: "short", timeZone: "UTC" },
    ...(isThisYear ? {} : { year: "numeric" }),
  });
  return from === to
    ? format.format(Date.parse(from))
    : format.formatRange(Date.parse(from), Date.parse(to));
}

/** The month of a day, in short. */
export function monthLabel(day: string): string {
  const language = document.documentElement.lang || undefined;
  return new Date(Date.parse(day)).toLocaleDateString(language, {
    month: "short",
    timeZone: "UTC",
  });
}

/** A number for people. */
export function numberLabel(value: number): string {
  return value.toLocaleString(document.documentElement.lang || undefined);
}
