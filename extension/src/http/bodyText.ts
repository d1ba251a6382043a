/**
 * JSON without halves of characters, which a client leaves that cuts a text anywhere: such a text
 * is worth keeping, and no file can hold it as it is.
 */
export function wellFormed(json: string): string {
  if (!/\\ud[89a-f]/i.test(json)) return json;
  const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|ud[89a-f][\da-f]{2}|[^])/gi;
  return json.replace(escapes, (escape) => (escape.length === 6 ? "\\ufffd" : escape));
}

/** Whether lists and objects of a JSON text stand deeper in one another than that. */
export function isDeeper(json: string, maxDepth: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isText) {
      if (character === "\\") index += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === "[" || character === "{") {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === "]" || character === "}") depth -= 1;
  }
  return false;
}

/** Whether a text has more bytes of UTF-8 than that. */
export function isLonger(text: string, maxBytes: number): boolean {
  // A code unit has three bytes at most, and one at least.
  if (text.length * 3 <= maxBytes) return false;
  return text.length > maxBytes || new TextEncoder().encode(text).length > maxBytes;
}

/** As much of a text as has so many bytes, to the end of a word. It must have been filtered: a cut may end a secret. */
export function beginningOf(text: string, maxBytes: number): string {
  if (!isLonger(text, maxBytes)) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  const whole = /^[^]*\s/.exec(text.slice(0, read))?.[0] ?? "";
  return `${whole.trimEnd()} …`;
}
