/** As much of a text as fits, to the end of a word. The privacy filter must have seen it: a cut may end a secret. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength);
  return `${kept.slice(0, Math.max(0, kept.search(/\s\S*$/)))}…`;
}
