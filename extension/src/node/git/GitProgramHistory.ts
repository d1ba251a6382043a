import { join } from "node:path";
import type { Commit } from "recollect-wasm";
import { groupSize, type History, type Known, type Survey } from "../../common/git/gitHistory.js";
import { readText, refIn, type GitFolder } from "../../common/git/gitFolder.js";
import { isFollowed } from "../../common/git/gitRefs.js";
import { LOG_FORMAT, parseLog } from "./gitLog.js";
import { GitFailedError, gitText, readingGit, type GitRun } from "./readingGit.js";
import { repositoryReader, systemPath } from "./repositoryReader.js";

/** What a repository says of itself; who opens a pipe of such a name would wait for ever. */
const about = repositoryReader(16 * 1024 * 1024);

/** Reads a repository's history through the program `git`. */
export class GitProgramHistory implements History {
  readonly #run: GitRun;
  readonly #commonFolder: string;

  constructor(program: string, { root, gitFolder, commonFolder }: GitFolder) {
    this.#run = { program, root: systemPath(root), gitFolder: systemPath(gitFolder) };
    this.#commonFolder = systemPath(commonFolder);
  }

  async survey(maxCommits: number, known: Known, signal: AbortSignal): Promise<Survey> {
    const { tips, tagged } = await this.#refs(signal);
    const newest =
      tips.length === 0
        ? []
        : await this.#lines(["rev-list", "--stdin", `--max-count=${maxCommits + 1}`], tips, signal);
    const inReach = newest.slice(0, maxCommits);
    const missing = inReach.filter((hash) => !known.has(hash));
    const shallow = await this.#shallow(inReach, signal);
    const pass: Pass = { run: this.#run, tagged, shallow, diffs: await this.#diffs() };
    return {
      missing: missing.length,
      known: inReach.length - missing.length,
      unreadable: 0,
      isCapped: newest.length > maxCommits,
      tagged,
      commits: (toSignal) => commitsOf(pass, missing, toSignal),
      named: async (hashes) => {
        const named: Commit[] = [];
        for await (const commit of logOf(pass, hashes, WITHOUT_DIFFS, signal)) named.push(commit);
        return named;
      },
    };
  }

  async commit(hash: string): Promise<Commit | undefined> {
    const { signal } = new AbortController();
    const shallow = await this.#shallow([hash], signal);
    const pass = { run: this.#run, tagged: new Map(), shallow };
    for await (const commit of logOf(pass, [hash], await this.#diffs(), signal)) return commit;
    return undefined;
  }

  /** Where the history ends, and the names of tags by what they are on. */
  async #refs(
    signal: AbortSignal,
  ): Promise<{ tips: string[]; tagged: ReadonlyMap<string, readonly string[]> }> {
    const format = ["refname", "objecttype", "objectname", "*objecttype", "*objectname"]
      .map((field) => `%(${field})`)
      .join(" ");
    const args = ["for-each-ref", `--format=${format}`, "refs/heads", "refs/remotes", "refs/tags"];
    const refs = (await this.#lines(args, [], signal)).map((line) => line.split(" "));
    const names = new Set(refs.map(([name = ""]) => name));
    const tips = new Set<string>();
    const head = ((await readText(about, join(this.#run.gitFolder, "HEAD"))) ?? "").trim();
    if (refIn(head) === undefined && head !== "") tips.add(head);
    const tagged = new Map<string, string[]>();
    for (const [name = "", type = "", hash = "", targetType = "", target = ""] of refs) {
      const commit = [type, targetType].indexOf("commit");
      if (commit < 0) continue;
      const of = commit === 0 ? hash : target;
      const isTag = name.startsWith("refs/tags/");
      if (isTag || isFollowed(name, names)) tips.add(of);
      if (isTag) tagged.set(of, [...(tagged.get(of) ?? []), name.slice("refs/tags/".length)]);
    }
    return { tips: [...tips], tagged };
  }

  /** Commits at which a shallow clone ends, with the parents that it lacks, which git does not tell. */
  async #shallow(
    inReach: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const text = (await readText(about, join(this.#commonFolder, "shallow"))) ?? "";
    const reached = new Set(text === "" ? [] : inReach);
    const ends = text.split("\n").filter((hash) => reached.has(hash));
    if (ends.length === 0) return new Map();
    const chunks: Buffer[] = [];
    for await (const chunk of readingGit(this.#run, ["cat-file", "--batch"], ends, signal))
      chunks.push(chunk);
    return rawParents(Buffer.concat(chunks));
  }

  /** How files are compared. A clone without contents knows renames by their hashes alone. */
  async #diffs(): Promise<readonly string[]> {
    const config = (await readText(about, join(this.#commonFolder, "config"))) ?? "";
    const isPartial = /^[ \t]*(?:partialclone(?:filter)?|promisor)[ \t]*=/im.test(config);
    return [...DIFFS, isPartial ? "-M100%" : "-M"];
  }

  async #lines(
    args: readonly string[],
    input: readonly string[],
    signal: AbortSignal,
  ): Promise<string[]> {
    const text = await gitText(this.#run, args, input, signal);
    return text.split("\n").filter((line) => line !== "");
  }
}

/** What one pass over the history has found out before it reads commits. */
interface Pass {
  readonly run: GitRun;
  readonly tagged: ReadonlyMap<string, readonly string[]>;
  readonly shallow: ReadonlyMap<string, readonly string[]>;
  readonly diffs: readonly string[];
}

/** A merge is compared with its first parent. What the user's settings change is set back. */
const DIFFS = [
  ...["--raw", "--no-abbrev", "-m", "--first-parent", "--root", "-l1000", "-O/dev/null"],
  ...["--no-ext-diff", "--no-textconv", "--ignore-submodules=none"],
];

const WITHOUT_DIFFS = ["--no-patch"];

async function* commitsOf(
  pass: Pass,
  missing: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Commit[]> {
  const left = new Set(missing);
  let given = 0;
  let group: Commit[] = [];
  // Where files cannot be compared, the messages still say what was done.
  for (const diffs of [pass.diffs, WITHOUT_DIFFS]) {
    try {
      for await (const commit of logOf(pass, [...left], diffs, signal)) {
        if (signal.aborted) return;
        left.delete(commit.hash);
        group.push(commit);
        if (group.length < groupSize(given)) continue;
        yield group;
        given += group.length;
        group = [];
      }
      break;
    } catch (error) {
      if (!(error instanceof GitFailedError)) throw error;
    }
  }
  if (group.length > 0 && !signal.aborted) yield group;
}

async function* logOf(
  { run, tagged, shallow }: Omit<Pass, "diffs">,
  hashes: readonly string[],
  diffs: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Commit> {
  if (hashes.length === 0) return;
  const args = ["log", "--stdin", "--no-walk=unsorted", "-z", ...diffs, "--no-color"];
  const chunks = readingGit(
    run,
    [...args, "--no-show-signature", "--encoding=UTF-8", LOG_FORMAT],
    hashes,
    signal,
  );
  for await (const commit of parseLog(chunks)) {
    const { hash } = commit;
    const parents = shallow.get(hash);
    const tags = tagged.get(hash);
    yield {
      // Without the parent, which a shallow clone lacks, nothing says what changed.
      ...(parents === undefined ? commit : withoutChanges(commit, parents)),
      ...(tags === undefined ? {} : { tags: [...tags] }),
    };
  }
}

/** Parents as the commits name them, from what `git cat-file --batch` writes. */
function rawParents(batch: Buffer): Map<string, readonly string[]> {
  const parents = new Map<string, readonly string[]>();
  for (let start = 0; start < batch.length;) {
    const lineEnd = batch.indexOf(10, start);
    const [hash = "", type, size] = batch.toString("latin1", start, lineEnd).split(" ");
    start = lineEnd + 1;
    if (type === "missing") continue;
    const [head = ""] = batch.toString("latin1", start, start + Number(size)).split("\n\n", 1);
    const lines = [...head.matchAll(/^parent ([0-9a-f]+)$/gm)];
    parents.set(
      hash,
      lines.map(([, parent = ""]) => parent),
    );
    start += Number(size) + 1;
  }
  return parents;
}

function withoutChanges(commit: Commit, parents: readonly string[]): Commit {
  const { hash, message, at, committedAt, author } = commit;
  return {
    ...{ hash, message, at, files: [], parents: [...parents] },
    ...(committedAt === undefined ? {} : { committedAt }),
    ...(author === undefined ? {} : { author }),
  };
}
