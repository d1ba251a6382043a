const HIDDEN =
  /(?![\ufe0f\n\t])(?:\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|[\p{Cc}\p{Cs}\ufff9-\ufffb\u{13430}-\u{1343f}])/gu;

/**
 * A text that does not come from the memories, such as what somebody typed or a message of the
 * system, without characters that hide or reorder others. Line feeds and tabs stay.
 *
 * What comes from the memories is clean: the core's cleaner has seen it. A test holds both to the
 * same answers for every character.
 */
export function visible(text: string): string {
  return text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n").replace(HIDDEN, "");
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
