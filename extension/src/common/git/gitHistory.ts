import type { Commit, Learned, Project } from "recollect-wasm";
import type { DecidedResult, Left } from "./hosted/HostedRepository.js";

/** Commits that are remembered, or forgotten since, with their parents as far as those are known. */
export type Known = ReadonlyMap<string, readonly string[]>;

/** Where commits come from. */
export interface History {
  /**
   * Looks which of the newest `maxCommits` commits are not known yet, without reading what they
   * changed. Rejects if the repository cannot be read at all.
   */
  survey(maxCommits: number, known: Known, signal: AbortSignal): Promise<Survey>;

  /** One commit with what it changed; `undefined` if it cannot be read. */
  commit(hash: string): Promise<Commit | undefined>;
}

/** What a history has that is not known yet. */
export interface Survey {
  /** How many commits {@link Survey.commits} gives. */
  readonly missing: number;
  /** Commits of the history that are known. */
  readonly known: number;
  /** Commits that the repository names and does not have. */
  readonly unreadable: number;
  /** Whether older commits were left out because there are too many. */
  readonly isCapped: boolean;
  /** Names of tags by the commit they are on. */
  readonly tagged: ReadonlyMap<string, readonly string[]>;
  /**
   * What is not known yet, newest first, in groups that fit one file of the store.
   *
   * Ends early when the signal is aborted. Fewer than were promised could not be read.
   */
  commits(signal: AbortSignal): AsyncIterable<Commit[]>;
  /** Commits of these hashes, without what they changed; those that cannot be read are left out. */
  named(hashes: readonly string[]): Promise<Commit[]>;
  /** What was left for another time, asked once all commits were given. */
  left?(): Left | undefined;
  /** How many commits were given without the files that they changed, asked at the same time. */
  withoutFiles?(): number;
}

/** Commits in the first group of {@link Survey.commits}, after which there is something to ask, and in others. */
const FIRST_GROUP = 100;
const NEXT_GROUPS = 400;

/** Commits in a group, once so many have been given. */
export function groupSize(given: number): number {
  return given === 0 ? FIRST_GROUP : NEXT_GROUPS;
}

/** Files kept of one commit. The first commit of a large repository would otherwise name every file. */
export const MAX_FILES_PER_COMMIT = 200;

/** What learning from a history did. */
export interface LearnResult {
  /** Commits that were not known before and are to be read. */
  readonly missing: number;
  /** Of those, how many have been read. */
  readonly read: number;
  /** Commits that became memories now. */
  readonly learned: number;
  /** Commits that were remembered already, or forgotten. */
  readonly known: number;
  /** Commits that say nothing that may be kept. */
  readonly skipped: number;
  /** Commits that the repository names and does not have. */
  readonly unreadable: number;
  /** Whether older commits were left out because there are too many. */
  readonly isCapped: boolean;
  readonly isCancelled: boolean;
  /** Why some were left for another time. */
  readonly left?: Left;
  /** Commits of which no files were told. */
  readonly withoutFiles?: number;
  /** What came of pull requests and issues, where the user wants them. */
  readonly decided?: DecidedResult;
}

/** As much of the memories as learning needs. */
export interface LearningMemories {
  knownCommits(project: Project): Promise<string[]>;
  learn(project: Project, commits: Commit[]): Promise<Learned>;
}

/** How a history is to be learned. */
export interface LearnOptions {
  readonly project: Project;
  readonly maxCommits: number;
  readonly signal: AbortSignal;
  readonly onProgress: (result: LearnResult) => void;
  /** Tags that were told before, each with its commit; those told now are put in. */
  readonly told?: Set<string>;
  /** Commits that are not read although they are not remembered. */
  readonly passedOver?: Known;
  /** What of a commit may be kept. */
  readonly screened?: (commit: Commit) => Promise<Commit>;
  /** Called with commits that have been dealt with, whether they became memories or not. */
  readonly onRead?: (commits: readonly Commit[]) => void;
}

/**
 * Makes memories of what is new in a history, newest commits first, and returns when all of them
 * are durable.
 *
 * What was learned before a cancellation stays, and the next time goes on where this one ended.
 */
export async function learnFrom(
  history: History,
  memories: LearningMemories,
  options: LearnOptions,
): Promise<LearnResult> {
  const { project, maxCommits, signal, onProgress, passedOver, screened, onRead } = options;
  const known = knownFrom(await memories.knownCommits(project));
  for (const [hash, parents] of passedOver ?? []) if (!known.has(hash)) known.set(hash, parents);
  const survey = await history.survey(maxCommits, known, signal);
  const { missing, unreadable, isCapped } = survey;
  const counts = { missing, read: 0, learned: 0, known: survey.known, skipped: 0 };
  const result = (): LearnResult => {
    const left = survey.left?.();
    const withoutFiles = survey.withoutFiles?.() ?? 0;
    return {
      ...{ ...counts, unreadable, isCapped, isCancelled: signal.aborted },
      ...(left === undefined ? {} : { left }),
      ...(withoutFiles === 0 ? {} : { withoutFiles }),
    };
  };
  onProgress(result());
  const read = new Set<string>();
  for await (const group of survey.commits(signal)) {
    const kept = screened === undefined ? group : await Promise.all(group.map(screened));
    const learned = await memories.learn(project, kept);
    counts.read += group.length;
    counts.learned += learned.pending;
    counts.known += learned.known;
    counts.skipped += learned.skipped;
    for (const { hash } of group) read.add(hash);
    onRead?.(group);
    onProgress(result());
    if (signal.aborted) break;
  }
  if (signal.aborted) return result();
  await learnTags(survey, memories, { project, known, told: options.told ?? new Set(), read });
  const { left } = result();
  // What was left for another time can be read then.
  const lost = left === undefined ? missing - counts.read : 0;
  return { ...result(), unreadable: unreadable + lost };
}

/** Tells of tags that were put on commits after these were learned. */
async function learnTags(
  survey: Survey,
  memories: LearningMemories,
  options: { project: Project; known: Known; told: Set<string>; read: ReadonlySet<string> },
): Promise<void> {
  const { project, known, told, read } = options;
  const isTold = (hash: string, names: readonly string[]): boolean =>
    read.has(hash) || names.every((name) => told.has(`${name} ${hash}`));
  const { tagged } = survey;
  const late = [...tagged].flatMap(([hash, names]) =>
    known.has(hash) && !isTold(hash, names) ? [hash] : [],
  );
  for (let start = 0; start < late.length; start += NEXT_GROUPS) {
    const commits = await survey.named(late.slice(start, start + NEXT_GROUPS));
    if (commits.length > 0) await memories.learn(project, commits);
  }
  for (const [hash, names] of tagged) for (const name of names) told.add(`${name} ${hash}`);
}

/** Lines of a hash and the hashes of its parents. */
export function knownFrom(lines: readonly string[]): Map<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  for (const line of lines) {
    const [hash = "", ...parents] = line.split(" ");
    // A commit may be known under several ids of the project, of which one has no parents.
    if (parents.length > 0 || !known.has(hash)) known.set(hash, parents);
  }
  return known;
}
