import ignore, { type Ignore } from "ignore";

/**
 * Files of which the module keeps nothing, as patterns of a `.gitignore`.
 *
 * The module asks the same of the one file that an event is about. Lists of files and command
 * lines are looked through here, and a test holds both to the same answers.
 */
const DENIED = [
  ".env*",
  "!.env.example",
  "!.env.sample",
  "!.env.template",
  "*.pem",
  "*.key",
  "*.p12",
  "*.pfx",
  "*.jks",
  "id_rsa*",
  "id_ed25519*",
  ".npmrc",
  ".pypirc",
  ".netrc",
  ".git-credentials",
  "kubeconfig",
  "*.tfstate*",
  "secrets.*",
  ".aws",
  ".ssh",
  ".gnupg",
];

/** What the editor itself is asked to hide everywhere, and a repository's own data. */
const ALWAYS = [".git"];

const denied = ignore().add(DENIED);
const always = ignore().add(ALWAYS);

/** Whether nothing of a file is ever kept, whatever the settings say. */
export function isDenied(path: string): boolean {
  const plain = plainPath(path);
  return plain !== undefined && (denied.ignores(plain) || always.ignores(plain));
}

/** Patterns as the editor and the settings write them, in the terms of a `.gitignore`. */
export function globMatcher(globs: readonly string[]): Ignore {
  const patterns = globs.slice(0, MAX_GLOBS).flatMap((glob) => withoutBraces(glob.trim()));
  // A glob is no list: in it neither `!` nor `#` means what it means in a `.gitignore`.
  return ignore().add(patterns.map((pattern) => pattern.replace(/^[!#]/, "\\$&")));
}

/** Whether a path, or a folder that it lies in, is matched. */
export function matches(matcher: Ignore, path: string): boolean {
  const plain = plainPath(path);
  return plain !== undefined && matcher.ignores(plain);
}

const MAX_GLOBS = 256;
const MAX_ALTERNATIVES = 64;

/**
 * A path as it can be matched: inside of the folder, without what names the same file in Windows;
 * `undefined` for the folder itself.
 */
function plainPath(path: string): string | undefined {
  const parts = path
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => part.replace(/(?<=[^.\s~])[.\s~]+$/, ""))
    .filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.length === 0 ? undefined : parts.join("/");
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
