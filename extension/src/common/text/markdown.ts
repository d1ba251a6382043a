import { oneLine, visible } from "./plainText.js";

/** Characters that can begin markup in Markdown or HTML, wherever they stand. */
const MARKUP = /[\\`*_{}[\]()#+\-.!|<>~$&:@]/g;

/** A stored text as one line of Markdown that shows exactly its characters: no markup, no links, no HTML. */
export function escapeLine(text: string, maxLength = 200): string {
  return escapeMarkup(oneLine(text, maxLength));
}

/** Code between as many back-ticks on each side. */
const CODE = /(?<!`)(`+)(?!`)([^`]+)\1(?!`)/g;

/** A stored title as one line of Markdown: what stands between back-ticks is code, all else shows its characters. */
export function titleLine(text: string, maxLength = 120): string {
  const line = oneLine(text, maxLength);
  let shown = "";
  let end = 0;
  for (const match of line.matchAll(CODE)) {
    const [whole, , code = ""] = match;
    shown += escapeMarkup(line.slice(end, match.index));
    shown += code.trim() === "" ? escapeMarkup(whole) : inlineCode(code.trim());
    end = match.index + whole.length;
  }
  return shown + escapeMarkup(line.slice(end));
}

/**
 * A stored text as a Markdown heading that stays readable as it is: what could make a link, an image
 * or HTML is escaped, bare addresses and mail addresses too.
 */
export function escapeHeading(text: string): string {
  const escaped = oneLine(text, 500).replace(/[\\`[\]<&]/g, (character) => `\\${character}`);
  return withoutLinks(escaped);
}

/** Markdown in which no bare address becomes a link by itself. */
export function withoutLinks(markdown: string): string {
  return markdown
    .replace(/\/(?=\/)/g, "&#47;")
    .replace(/@/g, "&#64;")
    .replace(
      /\b(www|mailto)(?=[.:])(.)/gi,
      (_, word: string, sign: string) => `${word}&#${sign.charCodeAt(0)};`,
    );
}

/** A stored text as a Markdown code block: exact in an editor, and nothing but text in a preview. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text, /`+/g) + 1));
  return `${fence}text\n${visible(text)}\n${fence}`;
}

/** A stored text as Markdown code, whatever backticks it holds. */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  const fence = "`".repeat(longestRun(line, /`+/g) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

function longestRun(text: string, run: RegExp): number {
  let longest = 0;
  for (const [match] of text.matchAll(run)) longest = Math.max(longest, match.length);
  return longest;
}

function escapeMarkup(text: string): string {
  return text.replace(MARKUP, (character) => ENTITIES[character] ?? `\\${character}`);
}

// A backslash does not escape these: `<` and `&` would start HTML, and a bare address or
// mail address becomes a link by its `:` or `@` alone.
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  ":": "&#58;",
  "@": "&#64;",
};
