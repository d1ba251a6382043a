import type { Commit } from "recollect-wasm";

/** A part of a list that a hosting service gives by pages, the newest first. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Whether there is a page behind this one. */
  readonly hasMore: boolean;
  /** Tells this state of the list from others, where the service says so. */
  readonly etag?: string;
}

/** A page that is as it was when its `etag` was given. */
export type Unchanged = "unchanged";

/** A tag, and the commit that it stands at. */
export interface HostedTag {
  readonly name: string;
  readonly hash: string;
}

/** A pull request that was merged, or an issue that was closed. */
export interface Decided {
  readonly kind: "pull request" | "issue";
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** When it was merged or closed. */
  readonly at: number;
  readonly author?: string;
  readonly labels: readonly string[];
  /** Why an issue was closed, as the service names it. */
  readonly outcome?: string;
  /** Whether its author may write to the repository: anybody else can open one and write anything into it. */
  readonly isByOwnPeople: boolean;
}

/** What a list of {@link Decided} holds: some are left out before anybody looks at them. */
export interface DecidedPage extends Page<Decided> {
  /** What was closed without being merged, or was made by a program. */
  readonly leftOut: number;
}

/**
 * A repository at a hosting service, as requests to that service tell of it.
 *
 * Pages count from 1. Each method rejects with {@link HostingFailure}, or with what the signal was
 * aborted for.
 */
export interface HostedRepository {
  /** Commits that can be reached from one, or from what the workspace shows, without what they changed. */
  commits(
    from: string | undefined,
    page: number,
    options: { readonly etag?: string | undefined; readonly signal: AbortSignal },
  ): Promise<Page<Commit> | Unchanged>;

  /** How many commits can be reached from one. */
  count(from: string, signal: AbortSignal): Promise<number>;

  /** A commit with what it changed. */
  commit(hash: string, signal: AbortSignal): Promise<Commit>;

  tags(
    page: number,
    options: { readonly etag?: string | undefined; readonly signal: AbortSignal },
  ): Promise<Page<HostedTag> | Unchanged>;

  /** What was decided, changed since a time if one is told. */
  decided(page: number, since: string | undefined, signal: AbortSignal): Promise<DecidedPage>;

  /** How many requests the service still allows for now, as far as it has said so. */
  readonly remaining: number | undefined;
}

/** Why a hosting service gave no answer. */
export type FailureReason = "limit" | "sign-in" | "refused" | "missing" | "server";

/** What was left for another time, and why. */
export interface Left {
  readonly reason: FailureReason;
  /** When the service takes requests again, where it has said so. */
  readonly until?: number;
}

/** What learning from pull requests and issues did. */
export interface DecidedResult {
  readonly read: number;
  /** Those that became memories now. */
  readonly learned: number;
  readonly known: number;
  /** What was closed without being merged, was made by a program, or may not be kept. */
  readonly leftOut: number;
  /** What the service did not give, and why. */
  readonly left?: Left;
}

/** A hosting service gave no answer. The message holds nothing of what was sent or told. */
export class HostingFailure extends Error {
  override readonly name = "HostingFailure";
  readonly left: Left;

  constructor(left: Left, status?: number) {
    super(`the hosting service did not answer (${left.reason}${status ? `, ${status}` : ""})`);
    this.left = left;
  }
}
