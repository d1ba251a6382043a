import { headLogEntries, headLogMoves, type HeadLogEntry } from "../capture/headLog.js";
import { isSwitch, type Head, type HeadMove } from "../capture/headMoves.js";
import type { FolderReader } from "./FolderReader.js";
import { readText, refIn, type GitFolder } from "./gitFolder.js";

/** What is known of a commit. */
export interface CommitDetails {
  readonly message: string;
  /** When it was made, Unix milliseconds. */
  readonly at: number;
  /** Relative to the repository; empty where nothing says which. */
  readonly files: readonly string[];
}

/** A read of what the repository's files hold of a commit; `undefined` if they do not have it. */
export type ReadCommit = (hash: string) => Promise<CommitDetails | undefined>;

/** Follows HEAD by the files in which git keeps it, for hosts where nothing can run git. */
export class GitHeadFiles {
  readonly #reader: FolderReader;
  readonly #folder: GitFolder;
  readonly #readCommit: ReadCommit;
  #head: Head = {};
  #entries: readonly HeadLogEntry[] = [];
  #moves: HeadMove[] = [];
  #hasLooked = false;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(reader: FolderReader, folder: GitFolder, readCommit: ReadCommit) {
    this.#reader = reader;
    this.#folder = folder;
    this.#readCommit = readCommit;
  }

  /** What was checked out when it was last looked at. */
  get head(): Head {
    return this.#head;
  }

  /** How HEAD has moved since the first look or since this was last asked, oldest first. */
  takeMoves(): HeadMove[] {
    return this.#moves.splice(0);
  }

  /** Reads where HEAD is; whether there are moves to be taken. */
  look(): Promise<boolean> {
    // One after the other: a look that ends late may have read what is out of date by then.
    const look = this.#looking.then(() => this.#look());
    this.#looking = look.catch(() => undefined);
    return look;
  }

  /** Message of a commit, and the files that it changed. */
  async commit(hash: string): Promise<CommitDetails> {
    const found = await this.#readCommit(hash);
    if (found !== undefined) return found;
    const entry = this.#entries.findLast(({ after }) => after === hash);
    return { message: entry?.message ?? "", at: entry?.at ?? 0, files: [] };
  }

  async #look(): Promise<boolean> {
    const [head, log] = await Promise.all([
      this.#readHead(),
      readText(this.#reader, `${this.#folder.gitFolder}/logs/HEAD`),
    ]);
    const entries = headLogEntries(log ?? "");
    if (this.#hasLooked) this.#moves.push(...this.#movesTo(head, entries));
    this.#hasLooked = true;
    this.#head = head;
    this.#entries = entries;
    return this.#moves.length > 0;
  }

  #movesTo(head: Head, entries: readonly HeadLogEntry[]): HeadMove[] {
    if (entries.length === 0) return movesWithoutLog(this.#head, head);
    const last = this.#entries.at(-1)?.line;
    if (last === undefined) return headLogMoves(entries, 0, head.branch);
    const known = entries.findLastIndex(({ line }) => line === last);
    // A log that was made anew does not say what is new in it.
    return known < 0 ? [] : headLogMoves(entries, known + 1, head.branch);
  }

  async #readHead(): Promise<Head> {
    const { gitFolder, commonFolder } = this.#folder;
    const text = (await readText(this.#reader, `${gitFolder}/HEAD`))?.trim() ?? "";
    const ref = refIn(text);
    if (ref === undefined) return text === "" ? {} : { commit: text };
    const branch = { branch: ref.replace(/^refs\/heads\//, "") };
    const loose = (await readText(this.#reader, `${commonFolder}/${ref}`))?.trim();
    const commit =
      loose ?? packedRef(await readText(this.#reader, `${commonFolder}/packed-refs`), ref);
    return commit === undefined ? branch : { ...branch, commit };
  }
}

/** The hash of a ref in `packed-refs`. */
function packedRef(text: string | undefined, ref: string): string | undefined {
  const line = text?.split("\n").find((candidate) => candidate.endsWith(` ${ref}`));
  return line?.slice(0, line.indexOf(" "));
}

/** What the place of HEAD alone says, where git keeps no log. */
function movesWithoutLog(before: Head, after: Head): HeadMove[] {
  if (isSwitch(before, after))
    return [
      { type: "git_checkout", ...(before.branch === undefined ? {} : { from: before.branch }) },
    ];
  if (after.commit === undefined || after.commit === before.commit) return [];
  return [{ type: "git_commit", commit: after.commit, isAmended: false }];
}
