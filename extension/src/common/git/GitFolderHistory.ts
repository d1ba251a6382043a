import type { ReadCommitResult } from "isomorphic-git";
import type { Commit } from "recollect-wasm";
import type { FolderReader } from "./FolderReader.js";
import { readText, refIn, type GitFolder } from "./gitFolder.js";
import { COMMITS_PER_GROUP, type History } from "./gitHistory.js";
import { changedFiles, GitObjects } from "./GitObjects.js";

/** Reads a repository's history from its own files, for hosts where nothing can run git. */
export class GitFolderHistory implements History {
  readonly #reader: FolderReader;
  readonly #folder: GitFolder;

  constructor(reader: FolderReader, folder: GitFolder) {
    this.#reader = reader;
    this.#folder = folder;
  }

  async *commits(maxCommits: number, signal: AbortSignal): AsyncGenerator<Commit[]> {
    const objects = new GitObjects(this.#reader, this.#folder.commonFolder);
    const head = await this.#head(objects);
    if (head === undefined) return;

    let group: Commit[] = [];
    let count = 0;
    for await (const read of newestFirst(objects, head)) {
      if (signal.aborted || count === maxCommits) break;
      group.push(await toCommit(objects, read));
      count += 1;
      if (group.length === COMMITS_PER_GROUP) {
        yield group;
        group = [];
      }
    }
    if (group.length > 0) yield group;
  }

  /** Id of the commit that is checked out, or `undefined` before the first commit. */
  async #head(objects: GitObjects): Promise<string | undefined> {
    const head = (await readText(this.#reader, `${this.#folder.gitFolder}/HEAD`))?.trim();
    if (head === undefined) return undefined;
    const ref = refIn(head);
    return ref === undefined ? head : objects.resolve(ref);
  }
}

/** All commits that can be reached from one, by date, as `git log` lists them. */
async function* newestFirst(objects: GitObjects, head: string): AsyncGenerator<ReadCommitResult> {
  const seen = new Set([head]);
  const first = await objects.commit(head);
  // Oldest first, so that the newest is taken from the end.
  const open = first === undefined ? [] : [first];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (const oid of next.commit.parent) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      const parent = await objects.commit(oid);
      if (parent !== undefined) insertByDate(open, parent);
    }
  }
}

function insertByDate(open: ReadCommitResult[], commit: ReadCommitResult): void {
  const { timestamp } = commit.commit.committer;
  let index = open.length;
  while (index > 0 && (open[index - 1]?.commit.committer.timestamp ?? 0) > timestamp) index -= 1;
  open.splice(index, 0, commit);
}

async function toCommit(objects: GitObjects, { oid, commit }: ReadCommitResult): Promise<Commit> {
  return {
    hash: oid,
    message: commit.message,
    at: commit.committer.timestamp * 1000,
    author: commit.author.name,
    files: await changedFiles(objects, commit),
  };
}
