import ignore, { type Ignore } from "ignore";

/**
 * Names of files and folders of which the module keeps nothing, and a repository's own data.
 *
 * The module asks the same of the one file that an event is about. Lists of files and command
 * lines are looked through here, and a test holds both to the same answers.
 */
const DENIED =
  /^(?:\.env|id_rsa|id_ed25519|secrets\.)|\.tfstate|\.(?:pem|key|p12|pfx|jks)$|^(?:\.npmrc|\.pypirc|\.netrc|\.git-credentials|kubeconfig|\.aws|\.ssh|\.gnupg|\.git)$/iu;

/** Environments that are made to be shared. */
const SHARED = /^\.env\.(?:example|sample|template)$/iu;

/** Characters and names of the longest path that is looked at; no file has a longer one. */
const MAX_PATH_LENGTH = 4_096;
const MAX_NAMES = 256;

/** How often what is escaped may be escaped again. */
const MAX_ESCAPES = 4;

/** Whether nothing of a file is ever kept, whatever the settings say. */
export function isDenied(path: string): boolean {
  let read = path;
  for (let depth = 0; depth <= MAX_ESCAPES; depth += 1) {
    if (plainNames(read).some((name) => DENIED.test(name) && !SHARED.test(name))) return true;
    // The name of a URI may be escaped, and that again.
    const once = read.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (once === read) return false;
    read = once;
  }
  return false;
}

/**
 * Whether a text is too long for the path of a file. Matching takes the square of a path's length,
 * and the matcher keeps every folder above it.
 */
export function isTooLong(path: string): boolean {
  return path.length > MAX_PATH_LENGTH || path.split(/[\\/]/, MAX_NAMES + 1).length > MAX_NAMES;
}

/** Patterns as the editor and the settings write them, in the terms of a `.gitignore`. */
export function globMatcher(globs: readonly string[]): Ignore {
  const patterns = globs.slice(0, MAX_GLOBS).flatMap((glob) => withoutBraces(glob.trim()));
  // A glob is no list: in it neither `!` nor `#` means what it means in a `.gitignore`.
  return ignore().add(patterns.map((pattern) => pattern.replace(/^[!#]/, "\\$&")));
}

/** Whether a path, or a folder that it lies in, is matched. */
export function matches(matcher: Ignore, path: string): boolean {
  const names = plainNames(path);
  return names.length > 0 && matcher.ignores(names.join("/"));
}

const MAX_GLOBS = 256;
const MAX_ALTERNATIVES = 64;

/** The names of a path below the folder, without what names the same file in Windows. */
function plainNames(path: string): string[] {
  return path
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => part.replace(/(?<=[^.\s~])[.\s~]+$/, ""))
    .filter((part) => part !== "" && part !== "." && part !== "..");
}

/** The patterns that one with `{a,b}` stands for. */
function withoutBraces(glob: string): string[] {
  const waiting = [glob];
  const made: string[] = [];
  while (waiting.length > 0 && made.length + waiting.length < MAX_ALTERNATIVES) {
    const next = waiting.pop() ?? "";
    const [whole, inner] = /\{([^{}]*)\}/.exec(next) ?? [];
    if (whole === undefined || inner === undefined) made.push(next);
    else waiting.push(...inner.split(",").map((choice) => next.replace(whole, () => choice)));
  }
  // What is not taken apart matches as it stands, which is nothing.
  return made.filter((pattern) => pattern !== "");
}
