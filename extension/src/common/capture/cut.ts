/**
 * As much of a text as fits, before the privacy filter has seen it: half of the word that the cut
 * goes through could be half a secret, which nobody would recognise.
 */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength);
  return `${kept.slice(0, Math.max(0, kept.search(/\s\S*$/)))}…`;
}
