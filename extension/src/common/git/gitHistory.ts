import type { Commit, Learned, Project } from "recollect-wasm";

/** Where commits come from. */
export interface History {
  /**
   * The newest `maxCommits` commits, newest first, in groups that fit one file of the store.
   *
   * Stops early when the signal is aborted.
   */
  commits(maxCommits: number, signal: AbortSignal): AsyncIterable<Commit[]>;
}

/** Commits in one group of {@link History.commits}. */
export const COMMITS_PER_GROUP = 100;

/** Files kept of one commit. The first commit of a large repository would otherwise name every file. */
export const MAX_FILES_PER_COMMIT = 200;

/** What learning from a history did. */
export interface LearnResult {
  /** Commits read, whether they became memories or not. */
  readonly read: number;
  /** Commits that became memories now. */
  readonly learned: number;
  /** Commits that were remembered already. */
  readonly known: number;
  readonly isCancelled: boolean;
}

/**
 * Makes memories of a history, newest commits first, and returns when all of them are durable.
 *
 * What was learned before a cancellation stays.
 */
export async function learnFrom(
  history: History,
  memories: { learn(project: Project, commits: Commit[]): Promise<Learned> },
  options: {
    readonly project: Project;
    readonly maxCommits: number;
    readonly signal: AbortSignal;
    readonly onProgress: (result: LearnResult) => void;
  },
): Promise<LearnResult> {
  const { project, maxCommits, signal, onProgress } = options;
  let result: LearnResult = { read: 0, learned: 0, known: 0, isCancelled: false };
  for await (const group of history.commits(maxCommits, signal)) {
    const telling = group.filter(isTelling).map(normalised);
    const learned =
      telling.length === 0
        ? { pending: 0, known: 0, skipped: 0, releases: 0 }
        : await memories.learn(project, telling);
    result = {
      read: result.read + group.length,
      learned: result.learned + learned.pending,
      known: result.known + learned.known,
      isCancelled: false,
    };
    onProgress(result);
    if (signal.aborted) break;
  }
  return { ...result, isCancelled: signal.aborted };
}

/** Messages that git writes by itself for a merge and that say nothing about what changed. */
const AUTOMATIC_MERGE = /^Merge (?:(?:remote-tracking )?branch|tag|commit) '[^\n]*$/;

/** Whether a commit says anything worth remembering. */
export function isTelling({ message }: Commit): boolean {
  const trimmed = message.trim();
  return trimmed !== "" && !AUTOMATIC_MERGE.test(trimmed);
}

function normalised(commit: Commit): Commit {
  return {
    ...commit,
    message: commit.message.trim(),
    files: commit.files.slice(0, MAX_FILES_PER_COMMIT),
  };
}
