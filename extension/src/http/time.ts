import { badField } from "./Refusal.js";

const DAY_MS = 86_400_000;

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Ten digits are seconds, as some clients send them; eleven to fourteen are milliseconds. */
const EPOCH = /^\d{10,14}$/;

/** A moment, and how long what names it lasts: a day, if only the day is named. */
interface Moment {
  readonly at: number;
  readonly lengthMs: number;
}

function parse(name: string, text: string): Moment {
  const trimmed = text.trim();
  if (EPOCH.test(trimmed)) {
    const number = Number(trimmed);
    return { at: trimmed.length === 10 ? number * 1000 : number, lengthMs: 1 };
  }
  const isDate = DATE_ONLY.test(trimmed);
  if (isDate || DATE_TIME.test(trimmed)) {
    // A time without a zone is taken as UTC, or the answer would depend on the machine.
    const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed);
    const at = Date.parse(isDate || hasZone ? trimmed : `${trimmed.replace(" ", "T")}Z`);
    // `Date.parse` takes the 30th of February for the 2nd of March.
    const isReal = !isDate || (!Number.isNaN(at) && isoDate(at) === trimmed);
    if (!Number.isNaN(at) && isReal) return { at, lengthMs: isDate ? DAY_MS : 1 };
  }
  throw badField(name, "an ISO 8601 date or time, or Unix milliseconds");
}

/** The first millisecond of what a text names. */
export function startOf(name: string, text: string): number {
  return parse(name, text).at;
}

/** The first millisecond behind what a text names: a day that is named is within. */
export function endOf(name: string, text: string): number {
  const { at, lengthMs } = parse(name, text);
  return at + lengthMs;
}

/** Whether a text looks like a time rather than a number of a record. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d{2}/.test(text.trim());
}

/** UTC date of a Unix time in milliseconds: `2026-01-31`. */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** UTC date and time of a Unix time in milliseconds: `2026-01-31 09:05`. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
