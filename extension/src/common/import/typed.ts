/** Whether a text begins with one of these, blanks before it left out. */
export function beginsWithOne(text: string, beginnings: readonly string[]): boolean {
  const words = text.trimStart();
  return beginnings.some((beginning) => words.startsWith(beginning));
}

/**
 * A text without the elements of these names and what they hold, read once from its beginning.
 * An element that has no end stays.
 */
export function withoutElements(text: string, names: readonly string[]): string {
  let open = names;
  let kept = "";
  let from = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const name = open.find((each) => text.startsWith(`<${each}>`, at));
    if (name === undefined) continue;
    const end = text.indexOf(`</${name}>`, at);
    if (end < 0) {
      // No later one of this name has an end either.
      open = open.filter((each) => each !== name);
      continue;
    }
    kept += text.slice(from, at);
    from = end + name.length + "</>".length;
    at = from - 1;
  }
  return kept + text.slice(from);
}
