/** A part of a Markdown text under a heading. */
export interface Section {
  /** The headings that lead to it, the outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
}

/** The fields of YAML's simplest form at the beginning of a text, and the text after them. */
export function frontMatter(text: string): {
  fields: ReadonlyMap<string, string>;
  body: string;
} {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const fields = new Map<string, string>();
  const end = lines[0]?.trim() === "---" ? lines.indexOf("---", 1) : -1;
  if (end < 0) return { fields, body: lines.join("\n") };
  for (const line of lines.slice(1, end)) {
    const colon = line.indexOf(":");
    if (colon <= 0 || /^\s/.test(line)) continue;
    fields.set(line.slice(0, colon).trim(), unquoted(line.slice(colon + 1).trim()));
  }
  return { fields, body: lines.slice(end + 1).join("\n") };
}

/** The sections of a text that say something, in their order; code holds no headings. */
export function sectionsOf(body: string, deepest = 3): Section[] {
  const sections: Section[] = [];
  const headings: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const end = (): void => {
    const text = lines.join("\n").trim();
    lines = [];
    if (text !== "") sections.push({ headings: headings.filter((one) => one !== ""), text });
  };
  for (const line of body.split(/\r?\n/)) {
    const start = line.trimStart();
    const mark = start.startsWith("```") ? "```" : start.startsWith("~~~") ? "~~~" : undefined;
    if (mark !== undefined && (fence === undefined || fence === mark))
      fence = fence === undefined ? mark : undefined;
    const level = fence === undefined ? levelOf(line) : 0;
    if (level === 0 || level > deepest) {
      lines.push(line);
      continue;
    }
    end();
    headings.length = Math.min(headings.length, level - 1);
    while (headings.length < level - 1) headings.push("");
    headings.push(plainHeading(line.slice(level)));
  }
  end();
  return sections;
}

/** How deep the heading is that a line is; 0 for any other line. */
function levelOf(line: string): number {
  let level = 0;
  while (level < line.length && line[level] === "#") level += 1;
  return level <= 6 && line[level] === " " ? level : 0;
}

function plainHeading(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "#" || text[end - 1] === " ")) end -= 1;
  return text.slice(0, end).replaceAll("**", "").trim();
}

function unquoted(text: string): string {
  const quote = text[0];
  const isQuoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}
