/**
 * What no shown text needs and a hostile one may hold: control characters, zero-width characters
 * and fillers, bidirectional controls, variation selectors except the one of coloured emoji, and
 * Unicode tags. Text can be hidden in them, or shown in another order than it has.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- finding these is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** A text without characters that hide or reorder others. Line feeds and tabs stay. */
export function visible(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(HIDDEN, "");
}

/** A text as one visible line of at most `maxLength` characters, cut with an ellipsis. */
export function oneLine(text: string, maxLength = 200): string {
  const line = visible(text).replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** Local date of a Unix time in milliseconds: `2026-01-31`. */
export function formatDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** Local date and time of a Unix time in milliseconds: `2026-01-31 09:05`. */
export function formatTime(at: number): string {
  const date = new Date(at);
  return `${formatDate(at)} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
