/**
 * A text without those of `signs` that it ends with.
 *
 * A regular expression for that begins anew at each sign, and stands still where there are many.
 */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
