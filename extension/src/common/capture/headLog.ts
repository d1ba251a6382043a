import type { HeadMove } from "./headMoves.js";

/** A line of git's log of where HEAD was. */
export interface HeadLogEntry {
  /** The whole line. */
  readonly line: string;
  /** Hash that HEAD has from then on. */
  readonly after: string;
  /** Whether the hash is another one than before. */
  readonly isMove: boolean;
  /** When, Unix milliseconds; git keeps whole seconds. */
  readonly at: number;
  /** What git was told, such as `commit (amend)` or `merge topic`. */
  readonly action: string;
  /** The first line of a commit's message, or what git did. */
  readonly message: string;
}

/** The entries of `logs/HEAD`, oldest first. Lines of another shape are passed over. */
export function headLogEntries(text: string): HeadLogEntry[] {
  return text.split("\n").flatMap((line) => entryOf(line) ?? []);
}

/** Hashes, name and address, time, and what was done, as `git help reflog` describes them. */
function entryOf(line: string): HeadLogEntry | undefined {
  const tab = line.indexOf("\t");
  const words = line.slice(0, Math.max(tab, 0)).split(" ");
  const [before = "", after = ""] = words;
  const [seconds = "", zone = ""] = words.slice(2).slice(-2);
  if (![before, after].every((hash) => HASH.test(hash))) return undefined;
  if (!/^\d+$/.test(seconds) || !/^[+-]\d{4}$/.test(zone)) return undefined;
  const [action = "", ...rest] = line.slice(tab + 1).split(": ");
  // A colon that no blank follows is none that git writes.
  if (action.includes(":")) return undefined;
  const isMove = before !== after;
  const at = 1_000 * Number(seconds);
  return { line, after, isMove, at, action: action.trim(), message: rest.join(": ") };
}

/** One step of a rebase, which moves HEAD each time. */
const REBASE_STEP = /^(?:rebase|pull)\b.*\((?!start|finish|abort)[a-z]+\)$/;
const REBASE_END = /^(?:rebase|pull)\b.*\(finish\)$/;
const REBASE = /^(?:rebase|pull)\b.*\([a-z]+\)$/;

/** A hash where a branch would stand: then none is checked out. */
const HASH = /^[0-9a-f]{40,64}$/;

/** How HEAD moved with the entries from `first` on, oldest first; `branch` is checked out after them. */
export function headLogMoves(
  entries: readonly HeadLogEntry[],
  first: number,
  branch: string | undefined,
): HeadMove[] {
  const moves = entries.slice(first).flatMap((_, index) => moveAt(entries, first + index) ?? []);
  // Where one switch begins, the one before it ended.
  let next = branch;
  for (let index = moves.length - 1; index >= 0; index -= 1) {
    const move = moves[index];
    if (move?.type !== "git_checkout") continue;
    if (next !== undefined) moves[index] = { ...move, to: next };
    next = move.from;
  }
  return moves.filter((move) => move.type !== "git_checkout" || move.from !== move.to);
}

function moveAt(entries: readonly HeadLogEntry[], index: number): HeadMove | undefined {
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const { action, message, after, isMove } = entry;
  if (action === "checkout") {
    // The log has the other name as it was typed, which may be that of a tag or of nothing.
    const [, from = ""] = /^moving from (\S+) to /.exec(message) ?? [];
    return { type: "git_checkout", ...(from === "" || HASH.test(from) ? {} : { from }) };
  }
  if (REBASE_END.test(action)) return { type: "git_rebase", commits: stepsBefore(entries, index) };
  if (!isMove || REBASE.test(action)) return undefined;
  if (action === "reset") return { type: "git_reset" };
  const [verb] = action.split(" ");
  if (verb === "merge" || verb === "pull" || action === "commit (merge)")
    return { type: "git_merge", commit: after };
  if (verb === "commit" || verb === "cherry-pick" || verb === "revert" || verb === "am")
    return { type: "git_commit", commit: after, isAmended: action === "commit (amend)" };
  return undefined;
}

/** Steps of the rebase that ends with this entry. */
function stepsBefore(entries: readonly HeadLogEntry[], end: number): number {
  let steps = 0;
  while (REBASE_STEP.test(entries[end - 1 - steps]?.action ?? "")) steps += 1;
  return steps;
}
