import { formatDate } from "../common/text/plainText.js";
import { badField } from "./Refusal.js";

const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** A plus that was not escaped in an address arrives as a blank. */
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:(Z)|([+ -])(\d{2}):?(\d{2}))?$/i;
/** Ten digits are seconds, as some clients send them; eleven to fourteen are milliseconds. */
const EPOCH = /^\d{10,14}$/;

/** A moment, and the first behind what names it: a day, if only the day is named. */
interface Moment {
  readonly at: number;
  readonly end: number;
}

function parse(name: string, text: string): Moment {
  const trimmed = text.trim();
  const at = millisecondsOf(trimmed);
  if (!Number.isNaN(at)) return { at, end: at + 1 };
  const [, year, month, day] = (DATE_ONLY.exec(trimmed) ?? []).map(Number);
  if (year !== undefined && month !== undefined && day !== undefined) {
    // Days are the user's: this host's clock says when they begin.
    const from = new Date(year, month - 1, day);
    // The 30th of February would be the 2nd of March.
    if (isoDate(from.getTime()) === trimmed) {
      return { at: from.getTime(), end: new Date(year, month - 1, day + 1).getTime() };
    }
  }
  throw badField(name, "an ISO 8601 date or time, or Unix milliseconds");
}

/** Milliseconds of a number or of a date with a time; not a number for anything else. */
function millisecondsOf(text: string): number {
  if (EPOCH.test(text)) return text.length === 10 ? Number(text) * 1000 : Number(text);
  const [, date, time, utc, sign, hours, minutes] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || time === undefined) return Number.NaN;
  if (utc !== undefined) return Date.parse(`${date}T${time}Z`);
  // A time without a zone is the user's.
  if (sign === undefined) return Date.parse(`${date}T${time}`);
  return Date.parse(`${date}T${time}${sign === "-" ? "-" : "+"}${hours ?? ""}:${minutes ?? ""}`);
}

/** The first millisecond of what a text names. */
export function startOf(name: string, text: string): number {
  return parse(name, text).at;
}

/** The first millisecond behind what a text names: a day that is named is within. */
export function endOf(name: string, text: string): number {
  return parse(name, text).end;
}

/** Whether a text looks like a time rather than a number of a record. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d{2}/.test(text.trim());
}

/** The user's date of a Unix time in milliseconds: `2026-01-31`. */
export const isoDate = formatDate;
