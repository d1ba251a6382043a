/** What is checked out. */
export interface Head {
  /** Absent while no branch is checked out. */
  readonly branch?: string;
  /** Absent before the first commit. */
  readonly commit?: string;
}

/** A commit, as far as it tells how HEAD came to it. */
export interface HeadCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  /** When it was made here, Unix milliseconds. */
  readonly at: number;
}

/** What moved HEAD: the type of an event, and the commit it is about if it is about one. */
export type HeadMove =
  | { readonly type: "git_checkout"; readonly from?: string; readonly to?: string }
  | { readonly type: "git_commit"; readonly commit: string; readonly isAmended: boolean }
  | { readonly type: "git_merge"; readonly commit: string; readonly commits?: number }
  | { readonly type: "git_rebase"; readonly commits: number }
  | { readonly type: "git_reset"; readonly commits?: number };

/** A commit of an earlier time was made elsewhere and came by a pull or a merge. */
const MADE_NOW_MS = 60_000;

/** Whether another branch, or none, is checked out now. */
export function isSwitch(before: Head, after: Head): boolean {
  return before.branch !== after.branch;
}

/**
 * How HEAD of one branch moved, oldest first.
 *
 * `reached` are the commits that the branch has now and had not before, newest first; `lost` is how
 * many it had and has no longer. `since` is when HEAD was last looked at.
 */
export function headMoves(
  after: string,
  reached: readonly HeadCommit[],
  lost: number,
  since: number,
): HeadMove[] {
  if (reached.length === 0) return [{ type: "git_reset", commits: lost }];
  if (lost > 0 && (lost > 1 || reached.length > 1))
    return [{ type: "git_rebase", commits: reached.length }];
  const made = reached.filter(({ at }) => at >= since - MADE_NOW_MS);
  // All of them came from elsewhere: a pull, or a merge that needed no commit.
  if (made.length === 0) return [{ type: "git_merge", commit: after, commits: reached.length }];
  const merge = made.find(({ parents }) => parents.length > 1);
  // What a merge brings along may have been made a moment ago on the other branch.
  if (merge !== undefined && merge.hash === after)
    return [{ type: "git_merge", commit: after, commits: reached.length }];
  return made
    .toReversed()
    .map(({ hash }) => ({ type: "git_commit", commit: hash, isAmended: lost > 0 }));
}
