import ignore, { type Ignore } from "ignore";
import { globMatcher, isDenied, isTooLong, matches } from "./deniedFiles.js";

/** What may be kept of a file: everything, no mention of it, or nothing that is about it at all. */
export type Verdict = "kept" | "excluded" | "denied";

/** Reads the `.gitignore` files of one repository; paths are relative to its root. */
export interface IgnoreFiles {
  /** Path of the workspace folder below the root, without slashes at its ends; empty for the root. */
  readonly prefix: string;
  /** Text of the `.gitignore` in a folder, or `undefined` if there is none; rejects if that cannot be told. */
  read(folder: string): Promise<string | undefined>;
  /** Text of the repository's own `info/exclude`, or `undefined`. */
  readOwn(): Promise<string | undefined>;
  /** Whether there is a file, by its path relative to the workspace folder. */
  isFile(path: string): Promise<boolean>;
}

/** Files that are hidden while a sibling is there, such as what a compiler made of it. */
export interface HiddenBeside {
  readonly glob: string;
  /** Name of the sibling; `$(basename)` stands for the file's name without its extension. */
  readonly sibling: string;
}

export interface Globs {
  /** Of files that the user wants nothing captured about. */
  readonly own: readonly string[];
  /** Of files that the editor hides or does not search. */
  readonly hidden: readonly string[];
  readonly hiddenBeside: readonly HiddenBeside[];
}

/** Answers about single files that are remembered, at most. */
const MAX_ANSWERS = 4_096;

/** Tells which files of one workspace folder may be captured. */
export class Exclusions {
  readonly #files: IgnoreFiles;
  #globs: Matchers;
  /** By folder. */
  readonly #ignores = new Map<string, Promise<Ignore | undefined>>();
  #repository: Promise<Ignore | undefined> | undefined;
  readonly #answers = new Map<string, Promise<Verdict>>();

  constructor(files: IgnoreFiles, globs: Globs) {
    this.#files = files;
    this.#globs = matchers(globs);
  }

  /** Other settings hold from here on. */
  setGlobs(globs: Globs): void {
    this.#globs = matchers(globs);
    this.#answers.clear();
  }

  /** A `.gitignore` is another one now: all are read again. */
  forget(): void {
    this.#ignores.clear();
    this.#repository = undefined;
    this.#answers.clear();
  }

  /**
   * What may be kept of a file, by its path relative to the workspace folder. What is too long for
   * a path is asked for its names alone, and left out.
   */
  verdict(path: string): Promise<Verdict> {
    if (isTooLong(path)) return Promise.resolve(isDenied(path) ? "denied" : "excluded");
    const known = this.#answers.get(path);
    if (known !== undefined) return known;
    if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear();
    const answer = this.#ask(path).catch((): Verdict => {
      // What cannot be told is not kept, and asked again the next time.
      this.forget();
      return "excluded";
    });
    this.#answers.set(path, answer);
    return answer;
  }

  async #ask(path: string): Promise<Verdict> {
    const { own, hidden, beside } = this.#globs;
    if (isDenied(path) || matches(own, path)) return "denied";
    if (matches(hidden, path)) return "excluded";
    for (const { matcher, sibling } of beside)
      if (matches(matcher, path) && (await this.#files.isFile(siblingOf(path, sibling))))
        return "excluded";
    const { prefix } = this.#files;
    const whole = prefix === "" ? path : `${prefix}/${path}`;
    return (await this.#isIgnored(whole)) ? "excluded" : "kept";
  }

  /** Whether git ignores a path or a folder above it: the rule nearest to each of them decides. */
  async #isIgnored(path: string): Promise<boolean> {
    const names = path.split("/").filter((name) => name !== "");
    for (let length = 1; length <= names.length; length += 1) {
      const isFolder = length < names.length;
      if (await this.#isIgnoredItself(names.slice(0, length), isFolder)) return true;
    }
    return false;
  }

  async #isIgnoredItself(names: readonly string[], isFolder: boolean): Promise<boolean> {
    const rest = (from: number): string => names.slice(from).join("/") + (isFolder ? "/" : "");
    for (let depth = names.length - 1; depth >= 0; depth -= 1) {
      const rules = await this.#rulesOf(names.slice(0, depth).join("/"));
      const { ignored, unignored } = rules?.test(rest(depth)) ?? NEITHER;
      if (ignored || unignored) return ignored;
    }
    this.#repository ??= this.#files.readOwn().then(rulesIn);
    return (await this.#repository)?.ignores(rest(0)) ?? false;
  }

  #rulesOf(folder: string): Promise<Ignore | undefined> {
    let rules = this.#ignores.get(folder);
    if (rules === undefined) {
      rules = this.#files.read(folder).then(rulesIn);
      this.#ignores.set(folder, rules);
    }
    return rules;
  }
}

interface Matchers {
  readonly own: Ignore;
  readonly hidden: Ignore;
  readonly beside: readonly { readonly matcher: Ignore; readonly sibling: string }[];
}

function matchers({ own, hidden, hiddenBeside }: Globs): Matchers {
  return {
    own: globMatcher(own.flatMap(anywhere)),
    hidden: globMatcher(hidden),
    beside: hiddenBeside.map(({ glob, sibling }) => ({ matcher: globMatcher([glob]), sibling })),
  };
}

function siblingOf(path: string, sibling: string): string {
  const begin = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, begin);
  const basename = path.slice(begin).replace(/(.)\.[^.]*$/, "$1");
  return folder + sibling.replaceAll("$(basename)", () => basename);
}

/** A path of the user's own is one from the root or from any folder, as it is for the module. */
function anywhere(glob: string): string[] {
  const path = glob.trim().replace(/^\.\//, "");
  return /^\/|^\*\*\/|^[^/]*\/?$/.test(path) ? [path] : [path, `**/${path}`];
}

const NEITHER = { ignored: false, unignored: false };

function rulesIn(text: string | undefined): Ignore | undefined {
  return text === undefined ? undefined : ignore().add(text);
}
