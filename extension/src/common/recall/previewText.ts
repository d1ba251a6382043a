import type { Hit } from "recollect-wasm";
import { withoutEnd } from "../text/withoutEnd.js";

/** What a preview says that the title does not; empty if that is nothing. */
function previewText({ kind, preview, title }: Hit): string {
  // The title of an event says its content already.
  if (kind === "event") return "";
  const plain = plainPreview(preview);
  const said = kind === "summary" ? withoutParts(plain, title) : plain;
  return isBeginning(said, title) ? "" : said;
}

/** Files that are named; of more only the number is told. */
const NAMED_FILES = 3;

/**
 * The same beside the author's name, or else the files that the memory names, if the whole memory
 * was asked for.
 */
export function detailText(hit: Hit): string {
  const said = besideAuthor(hit);
  if (said !== "" || hit.memory === undefined) return said;
  const files = [...new Set([...hit.memory.filesModified, ...hit.memory.filesRead])];
  const more = files.length > NAMED_FILES ? ` (+${files.length - NAMED_FILES})` : "";
  return `${files.slice(0, NAMED_FILES).join(", ")}${more}`;
}

/** The same beside the author's name. */
export function besideAuthor(hit: Hit): string {
  const preview = previewText(hit);
  const by = hit.author === undefined ? "" : `by ${hit.author}`;
  return by !== "" && preview.startsWith(by) ? preview.slice(by.length).trim() : preview;
}

/** A preview without a commit's hash, the signs of headings and lists, and asterisks around words. */
function plainPreview(preview: string): string {
  return preview
    .replace(/^Commit [\da-f]{7,40}\b ?/, "")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/^(?:[-*] )+/, "")
    .replace(/([.:;]) [-*] /g, "$1 ")
    .trim();
}

/** A summary's text without the headings of its parts and the sentence that is its title. */
function withoutParts(preview: string, title: string): string {
  const withoutHeadings = (text: string): string =>
    text
      .trim()
      .replace(
        /(?:^|(?<=[.·…] ))(?:Request|Investigated|Learned|Completed|Next steps|Notes)\. (?:· )?/g,
        "",
      );
  // The title takes the sentence along that stood before the next heading.
  return withoutHeadings(withoutHeadings(preview).replace(title, "")).replace(/ {2,}/g, " ").trim();
}

function isBeginning(preview: string, title: string): boolean {
  const words = (text: string): string => withoutEnd(text, " \t\n.…").toLowerCase();
  return words(title).startsWith(words(preview));
}
