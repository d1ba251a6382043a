/** What of a git config tells where a repository comes from. */
export interface RemoteConfig {
  /** First URL of each remote, by its name, in the order they stand. */
  readonly urls: ReadonlyMap<string, string>;
  /** What an address may begin with, and what git reads instead. */
  readonly insteadOf: readonly { readonly written: string; readonly meant: string }[];
}

/** A section's head, such as `[remote "origin"]`. */
const SECTION = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/;
const LINE = /^\s*([A-Za-z][\w-]*)\s*=(.*)$/;

/** Reads the text of a git config. */
export function readGitConfig(config: string): RemoteConfig {
  const urls = new Map<string, string>();
  const insteadOf: { written: string; meant: string }[] = [];
  let section = "";
  let name: string | undefined;
  for (const line of config.replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    const head = SECTION.exec(line);
    if (head !== null) {
      section = (head[1] ?? "").toLowerCase();
      name = head[2]?.replace(/\\(.)/g, "$1");
    }
    const [, key, text] = LINE.exec(head === null ? line : line.slice(head[0].length)) ?? [];
    if (key === undefined || text === undefined || name === undefined) continue;
    const value = valueOf(text);
    if (value === "") continue;
    if (section === "remote" && key.toLowerCase() === "url") {
      if (!urls.has(name)) urls.set(name, value);
    } else if (section === "url" && key.toLowerCase() === "insteadof") {
      insteadOf.push({ written: value, meant: name });
    }
  }
  return { urls, insteadOf };
}

/** The name of the user that a git config sets. */
export function userName(config: string): string | undefined {
  let section = "";
  let name: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const head = SECTION.exec(line);
    if (head !== null) section = (head[1] ?? "").toLowerCase();
    const [, key, text] = LINE.exec(head === null ? line : line.slice(head[0].length)) ?? [];
    if (section !== "user" || key?.toLowerCase() !== "name" || text === undefined) continue;
    const value = valueOf(text);
    if (value !== "") name = value;
  }
  return name;
}

/**
 * The address of the remote that says which repository this is: `origin`, else `upstream`, else the
 * first; one that names another machine before a folder of this one.
 */
export function chooseRemote(
  { urls, insteadOf }: RemoteConfig,
  more: readonly RemoteConfig[] = [],
): string | undefined {
  const rules = [insteadOf, ...more.map((config) => config.insteadOf)].flat();
  const named = ["origin", "upstream"].flatMap((name) => urls.get(name) ?? []);
  const meant = [...named, ...urls.values()].map((url) => rewritten(url, rules));
  return meant.find((url) => !isPath(url)) ?? meant[0];
}

/** An address as git reads it: of several rules the one that fits the most of it. */
function rewritten(url: string, rules: RemoteConfig["insteadOf"]): string {
  let best: RemoteConfig["insteadOf"][number] | undefined;
  for (const rule of rules) {
    const isLonger = rule.written.length > (best?.written.length ?? 0);
    if (isLonger && url.startsWith(rule.written)) best = rule;
  }
  return best === undefined ? url : best.meant + url.slice(best.written.length);
}

function isPath(url: string): boolean {
  return /^(?:[./~\\]|[A-Za-z]:[\\/]|file:)/.test(url) || !/[:]/.test(url);
}

/** A value without its quotes and without what is a comment. */
function valueOf(text: string): string {
  let value = "";
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? "";
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === "\\") {
      index += 1;
      value += text[index] ?? "";
    } else if (!isQuoted && (sign === "#" || sign === ";")) break;
    else value += sign;
  }
  return value.trim();
}
