import type { Commit } from "recollect-wasm";
import type { FolderReader } from "./FolderReader.js";
import type { CommitObject } from "./gitCommitObject.js";
import { readText, type GitFolder } from "./gitFolder.js";
import { groupSize, type History, type Known, type Survey } from "./gitHistory.js";
import { GitObjects } from "./GitObjects.js";
import { readGitRefs } from "./gitRefs.js";
import { readMailmap, type Mailmap } from "./mailmap.js";
import { changeFields, treeChanges, type FileChanges } from "./treeChanges.js";

/** Commits that are compared with their parents at the same time. */
const COMPARED_AT_ONCE = 10;

/** Reads a repository's history from its own files, for hosts where nothing can run git. */
export class GitFolderHistory implements History {
  readonly #reader: FolderReader;
  readonly #folder: GitFolder;
  /** Parents of commits that are remembered without any: the beginning of the history, mostly. */
  readonly #ends = new Map<string, readonly string[]>();
  /** What tags are that are files of their own. */
  readonly #tags = new Map<string, string>();

  constructor(reader: FolderReader, folder: GitFolder) {
    this.#reader = reader;
    this.#folder = folder;
  }

  async survey(maxCommits: number, known: Known, signal: AbortSignal): Promise<Survey> {
    const { root, commonFolder } = this.#folder;
    const objects = new GitObjects(this.#reader, commonFolder);
    const shallow = await shallowIn(this.#reader, commonFolder);
    const { tips, tags } = await readGitRefs(this.#reader, this.#folder, this.#tags);
    const tagged = new Map<string, string[]>();
    for (const { name, hash, commit } of tags) {
      if (signal.aborted) break;
      const target =
        commit ?? (known.has(hash) ? hash : await objects.peeled(hash).catch(() => undefined));
      if (target !== undefined) tagged.set(target, [...(tagged.get(target) ?? []), name]);
    }
    const walk = new Walk(objects, known, shallow, this.#ends);
    const isCapped = await walk.follow(tips, [...tagged.keys()], maxCommits, signal);
    const { missing, unreadable, known: knownCount } = walk;
    const pass: Pass = { objects, tagged, shallow, mailmap: await mailmapIn(this.#reader, root) };
    return {
      ...{ missing: missing.length, known: knownCount, unreadable, isCapped, tagged },
      commits: (toSignal) => commitsOf(pass, missing, toSignal),
      named: (hashes) => namedOf(pass, hashes),
    };
  }

  commit(hash: string): Promise<Commit | undefined> {
    return readFolderCommit(this.#reader, this.#folder, hash);
  }
}

/** One commit; `undefined` if the repository's files do not have it. */
export async function readFolderCommit(
  reader: FolderReader,
  { root, commonFolder }: GitFolder,
  hash: string,
): Promise<Commit | undefined> {
  // What was read before is not kept: the repository has changed since.
  const objects = new GitObjects(reader, commonFolder);
  const commit = await objects.commit(hash);
  if (commit === undefined) return undefined;
  const shallow = await shallowIn(reader, commonFolder);
  return withChanges(
    { objects, shallow, tagged: new Map(), mailmap: await mailmapIn(reader, root) },
    commit,
  );
}

async function shallowIn(reader: FolderReader, commonFolder: string): Promise<Set<string>> {
  return new Set(((await readText(reader, `${commonFolder}/shallow`)) ?? "").split("\n"));
}

async function mailmapIn(reader: FolderReader, root: string): Promise<Mailmap> {
  return readMailmap((await readText(reader, `${root}/.mailmap`)) ?? "");
}

/** What one pass over the history has read before it reads commits. */
interface Pass {
  readonly objects: GitObjects;
  readonly tagged: ReadonlyMap<string, readonly string[]>;
  /** Commits whose parents a shallow clone has left out. */
  readonly shallow: ReadonlySet<string>;
  readonly mailmap: Mailmap;
}

async function* commitsOf(
  pass: Pass,
  missing: readonly CommitObject[],
  signal: AbortSignal,
): AsyncGenerator<Commit[]> {
  for (let start = 0; start < missing.length;) {
    const group: Commit[] = [];
    const some = missing.slice(start, start + groupSize(start));
    start += some.length;
    for (let first = 0; first < some.length; first += COMPARED_AT_ONCE) {
      if (signal.aborted) return;
      const together = some.slice(first, first + COMPARED_AT_ONCE);
      group.push(...(await Promise.all(together.map((commit) => withChanges(pass, commit)))));
    }
    yield group;
  }
}

/** These commits without what they changed. */
async function namedOf(pass: Pass, hashes: readonly string[]): Promise<Commit[]> {
  const found = await Promise.all(
    hashes.map((hash) => pass.objects.commit(hash).catch(() => undefined)),
  );
  return found.flatMap((commit) => (commit === undefined ? [] : [toCommit(pass, commit)]));
}

async function withChanges(pass: Pass, commit: CommitObject): Promise<Commit> {
  // Where a tree is not at hand, the message still says what was done.
  const changes = await changesOf(pass, commit).catch(() => undefined);
  return { ...toCommit(pass, commit), ...(changes && changeFields(changes)) };
}

/** What differs between a commit and its first parent. */
async function changesOf(
  { objects, shallow }: Pick<Pass, "objects" | "shallow">,
  { hash, tree, parents: [first] }: CommitObject,
): Promise<FileChanges | undefined> {
  if (first === undefined) return treeChanges(objects, undefined, tree);
  // Without the parent, which a shallow clone lacks, nothing says what changed.
  const parent = shallow.has(hash) ? undefined : await objects.commit(first);
  return parent && treeChanges(objects, parent.tree, tree);
}

function toCommit({ tagged, mailmap }: Omit<Pass, "objects">, commit: CommitObject): Commit {
  const { hash, message, author, committedAt, parents } = commit;
  const name = mailmap(author);
  const tags = tagged.get(hash);
  return {
    hash,
    message: message.trim(),
    at: author.at,
    ...(committedAt === author.at ? {} : { committedAt }),
    ...(name === "" ? {} : { author: name }),
    files: [],
    parents: [...parents],
    ...(tags === undefined ? {} : { tags: [...tags] }),
  };
}

/** Follows a history from where it ends, newest first, without reading what is remembered. */
class Walk {
  readonly missing: CommitObject[] = [];
  unreadable = 0;
  known = 0;
  readonly #objects: GitObjects;
  readonly #known: Known;
  readonly #shallow: ReadonlySet<string>;
  readonly #ends: Map<string, readonly string[]>;
  readonly #seen = new Set<string>();
  /** By date, the newest at the end: what nothing that is remembered comes from. */
  readonly #fresh: CommitObject[] = [];
  /** The same of what is older than something that is remembered. */
  readonly #older: CommitObject[] = [];

  constructor(
    objects: GitObjects,
    known: Known,
    shallow: ReadonlySet<string>,
    ends: Map<string, readonly string[]>,
  ) {
    this.#objects = objects;
    this.#known = known;
    this.#shallow = shallow;
    this.#ends = ends;
  }

  /** Whether more commits are missing than may be read. */
  async follow(
    tips: readonly string[],
    tagged: readonly string[],
    maxCommits: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const tip of tips) await this.#reach(tip, this.#fresh);
    // Later, a tag that was not reached stands on what was left out because it is too old.
    const queue = this.#known.size === 0 ? this.#fresh : this.#older;
    for (const hash of tagged) await this.#reach(hash, queue);
    for (const [queue, isFull] of [
      [this.#fresh, () => this.missing.length >= maxCommits],
      [this.#older, () => this.missing.length + this.known >= maxCommits],
    ] satisfies [CommitObject[], () => boolean][]) {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (signal.aborted) return false;
        if (isFull()) return true;
        this.missing.push(next);
        for (const parent of this.#parentsIn(next.hash, next.parents))
          await this.#reach(parent, queue);
      }
    }
    return false;
  }

  async #reach(hash: string, queue: CommitObject[]): Promise<void> {
    if (this.#seen.has(hash)) return;
    this.#seen.add(hash);
    if (this.#known.has(hash)) return this.#passOver(hash);
    const commit = await this.#read(hash);
    if (commit !== undefined) insertByDate(queue, commit);
  }

  /** Goes through what is remembered, to what is not. */
  async #passOver(hash: string): Promise<void> {
    const open = [hash];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.known += 1;
      for (const parent of await this.#parentsOfKnown(next)) {
        if (this.#seen.has(parent)) continue;
        this.#seen.add(parent);
        if (this.#known.has(parent)) open.push(parent);
        else {
          const commit = await this.#read(parent);
          if (commit !== undefined) insertByDate(this.#older, commit);
        }
      }
    }
  }

  /** Of what was forgotten, and of what was learned before its parents were here, memory has none. */
  async #parentsOfKnown(hash: string): Promise<readonly string[]> {
    const told = this.#known.get(hash) ?? [];
    if (told.length > 0) return this.#parentsIn(hash, told);
    let parents = this.#ends.get(hash);
    if (parents === undefined) {
      parents = this.#shallow.has(hash) ? [] : ((await this.#read(hash))?.parents ?? []);
      if (!this.#shallow.has(hash)) this.#ends.set(hash, parents);
    }
    return parents;
  }

  #parentsIn(hash: string, parents: readonly string[]): readonly string[] {
    return this.#shallow.has(hash) ? [] : parents;
  }

  async #read(hash: string): Promise<CommitObject | undefined> {
    const commit = await this.#objects.commit(hash).catch(() => undefined);
    if (commit === undefined) this.unreadable += 1;
    return commit;
  }
}

function insertByDate(queue: CommitObject[], commit: CommitObject): void {
  let index = queue.length;
  while (index > 0 && (queue[index - 1]?.committedAt ?? 0) > commit.committedAt) index -= 1;
  queue.splice(index, 0, commit);
}
