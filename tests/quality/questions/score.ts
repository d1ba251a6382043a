/** Whether an answer is useful, as somebody who asked would say, and how well it is ordered. */

/** What is known of a commit. */
export interface Commit {
  readonly hash: string;
  /** When its author made it, Unix milliseconds. */
  readonly at: number;
}

/** A question whose answers are known. */
export interface Question {
  readonly id: string;
  readonly category: string;
  readonly question: string;
  /** The question before it. */
  readonly earlier?: string;
  /** When it is asked, Unix milliseconds. */
  readonly at: number;
  /** One answer, a list, or none. */
  readonly kind: "answer" | "list" | "none";
  /** Whether the newest come first in a good answer. */
  readonly latest: boolean;
  /** Grades of the commits that answer, by hash: 3 answers it, 1 helps. */
  readonly gold: ReadonlyMap<string, number>;
}

/** What was shown. */
export interface Shown {
  readonly isAnswered: boolean;
  /** The first ten commits, each once. */
  readonly commits: readonly Commit[];
}

/** How good one answer is. */
export interface Score {
  readonly isUseful: boolean;
  /** Whether the first commit answers it. */
  readonly isHit: boolean;
  readonly ndcg: number;
}

const DAY_MS = 86_400_000;

/** Scores what was shown to a question; `timeOf` knows the commits of its gold. */
export function score(
  question: Question,
  { isAnswered, commits }: Shown,
  timeOf: (hash: string) => number,
): Score {
  const { gold, kind } = question;
  const grade = ({ hash }: Commit): number => gold.get(hash) ?? 0;
  const [first] = commits;
  return {
    isUseful:
      kind === "none"
        ? !isAnswered || commits.length === 0
        : isAnswered &&
          (kind === "answer"
            ? commits.slice(0, 3).some((commit) => grade(commit) === 3)
            : isGoodList(question, commits.slice(0, 5), timeOf)),
    isHit: first !== undefined && grade(first) === 3,
    ndcg: ndcg(commits.map(grade), [...gold.values()]),
  };
}

function isGoodList(
  { gold, latest }: Question,
  commits: readonly Commit[],
  timeOf: (hash: string) => number,
): boolean {
  const needed = gold.size < 5 ? Math.max(1, gold.size - 1) : 4;
  if (commits.filter(({ hash }) => gold.has(hash)).length < needed) return false;
  if (!latest) return true;
  const isOrdered = commits.every(({ at }, place) => {
    const before = commits[place - 1];
    // Two that are less than a day apart may change places.
    return before === undefined || before.at + DAY_MS >= at;
  });
  const newest = [...gold.keys()].sort((a, b) => timeOf(b) - timeOf(a)).slice(0, 3);
  return isOrdered && newest.includes(commits[0]?.hash ?? "");
}

function ndcg(grades: readonly number[], all: readonly number[]): number {
  const best = dcg([...all].sort((a, b) => b - a).slice(0, 10));
  return best === 0 ? 0 : dcg(grades.slice(0, 10)) / best;
}

function dcg(grades: readonly number[]): number {
  return grades.reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
}

/** Figures of several answers, in percent. */
export interface Figures {
  readonly questions: number;
  readonly useful: number;
  readonly hit: number;
  readonly ndcg: number;
}

/** Figures of questions with their scores; what has no answer counts as useful or not alone. */
export function figuresOf(scored: readonly (readonly [Question, Score])[]): Figures {
  const answerable = scored.filter(([{ kind }]) => kind !== "none");
  const percent = (sum: number, count: number): number =>
    count === 0 ? 0 : Math.round((1000 * sum) / count) / 10;
  const count = (is: (score: Score) => boolean, of: typeof scored): number =>
    of.filter(([, one]) => is(one)).length;
  return {
    questions: scored.length,
    useful: percent(
      count(({ isUseful }) => isUseful, scored),
      scored.length,
    ),
    hit: percent(
      count(({ isHit }) => isHit, answerable),
      answerable.length,
    ),
    ndcg: percent(
      answerable.reduce((sum, [, one]) => sum + one.ndcg, 0),
      answerable.length,
    ),
  };
}
