import type { Verdict } from "./Exclusions.js";
import { nextTurn } from "../turns.js";
import { withoutEnd } from "../text/withoutEnd.js";

/** Stands for a name that is left out. */
export const LEFT_OUT = "…";

export interface NamedFiles {
  /** What may be kept of a file, by its path relative to the workspace folder. */
  verdict(path: string): Promise<Verdict>;
  /** Whether a path is that of a file and not of a folder or of nothing. */
  isFile(path: string): Promise<boolean>;
  /** Path of the workspace folder on its file system, for names that begin at the root. */
  readonly root: string;
}

/** Words, parted by white space, quotes, and what parts words in command lines and messages. */
const WORD = /[^\s"'`<>|&;()[\]{}=,]+/g;

/** Words after which others get their turn, since a text of 64 KiB may have thousands. */
const WORDS_AT_ONCE = 500;

/**
 * A text without the names of files of which nothing may be kept, or `undefined` if it names one
 * about which nothing may be said at all.
 *
 * `cwd` is the folder that names are relative to, itself relative to the workspace folder.
 */
export async function withoutExcluded(
  text: string,
  cwd: string,
  files: NamedFiles,
): Promise<string | undefined> {
  let kept = "";
  let end = 0;
  let words = 0;
  for (const match of text.matchAll(WORD)) {
    words += 1;
    if (words % WORDS_AT_ONCE === 0) await nextTurn();
    const verdict = await verdictOf(match[0], cwd, files);
    if (verdict === "denied") return undefined;
    if (verdict === "kept") continue;
    kept += text.slice(end, match.index) + LEFT_OUT;
    end = match.index + match[0].length;
  }
  return kept + text.slice(end);
}

async function verdictOf(word: string, cwd: string, files: NamedFiles): Promise<Verdict> {
  const name = nameIn(word).replaceAll("\\", "/");
  if (name === "" || /^-[\w-]*$/.test(name) || /^[a-z][a-z\d+.-]+:\/\//i.test(name)) return "kept";
  const path = resolved(name, cwd, files.root);
  // Above the folder nothing is known but names that are telling wherever they stand.
  const verdict = await files.verdict(path ?? name.replace(/^~/, ""));
  if (verdict !== "excluded") return verdict;
  if (path === undefined) return "kept";
  // `npm run build` is no folder, though there is one of that name.
  const isName = !/[/.]/.test(name);
  return isName && !(await files.isFile(path)) ? "kept" : "excluded";
}

/** A word without a place in a file, such as `:12:3`, and the signs that end a sentence. */
function nameIn(word: string): string {
  let name = withoutEnd(word, ".,:!?");
  for (;;) {
    const shorter = withoutEnd(name, "0123456789");
    if (shorter === name || !shorter.endsWith(":")) return name;
    name = shorter.slice(0, -1);
  }
}

/** A name as a path within the workspace folder, or `undefined` if it leads out of it. */
function resolved(name: string, cwd: string, root: string): string | undefined {
  if (name.startsWith("~")) return undefined;
  const isRooted = name.startsWith("/") || /^[A-Za-z]:\//.test(name);
  const begin = `${root.replace(/\/$/, "")}/`;
  const rooted = name.startsWith("/") ? name : `/${name}`;
  if (isRooted && !rooted.startsWith(begin)) return undefined;
  const parts: string[] = isRooted ? [] : cwd.split("/").filter((part) => part !== "");
  for (const part of (isRooted ? rooted.slice(begin.length) : name).split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.length === 0 ? undefined : parts.join("/");
}
