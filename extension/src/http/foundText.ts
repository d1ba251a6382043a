import { oneLine, visible } from "../common/plainText.js";
import type { FoundItem } from "./found.js";
import { isoDate } from "./time.js";

/** What was found as Markdown, to be read by a person or a model. */
export function foundMarkdown(items: readonly FoundItem[]): string {
  if (items.length === 0) return "Nothing is remembered about this.\n";
  const lines = items.map(({ number, memory, hit }) => {
    const kind = memory.type ?? memory.kind;
    const head = `- **${escaped(oneLine(memory.title))}** (#${number}, ${kind}, ${escaped(memory.project.name)}, ${isoDate(memory.at)})`;
    const preview = oneLine(visible(hit.preview));
    return preview === "" || preview === memory.title ? head : `${head}\n  ${escaped(preview)}`;
  });
  return `${lines.join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&");
}
