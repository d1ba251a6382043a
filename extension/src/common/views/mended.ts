import type { Hit } from "recollect-wasm";

/** Something that did not work, and what is known of its mending. */
export interface Failure {
  /** The first of its failures, one after the other. */
  readonly failure: Hit;
  readonly times: number;
  /** What was changed before it worked again, that it did, and the commit behind; empty if it never did. */
  readonly mends: readonly Hit[];
}

/** Changes that are told of one mending. */
const MAX_CHANGES = 4;

/** What failed in a session, and what mended it; `hits` are the session's, oldest first. */
export function failuresOf(hits: readonly Hit[]): readonly Failure[] {
  const failures: Failure[] = [];
  /** Of what fails at the moment: the place of its failure in both lists. */
  const open = new Map<string, { failure: number; hit: number }>();
  for (const [place, hit] of hits.entries()) {
    const verdict = verdictOf(hit);
    if (verdict === undefined) continue;
    const { subject, works } = verdict;
    const before = open.get(subject);
    const failed = before === undefined ? undefined : failures[before.failure];
    if (!works && failed !== undefined && before !== undefined) {
      failures[before.failure] = { ...failed, times: failed.times + 1 };
      // What was tried before did not help.
      open.set(subject, { ...before, hit: place });
    } else if (!works) {
      open.set(subject, { failure: failures.length, hit: place });
      failures.push({ failure: hit, times: 1, mends: [] });
    } else if (failed !== undefined && before !== undefined) {
      open.delete(subject);
      failures[before.failure] = { ...failed, mends: mendsOf(hits, before.hit, place) };
    }
  }
  return failures;
}

/** What lies between the last failure and the moment at which it worked, that moment, and the commit that follows. */
function mendsOf(hits: readonly Hit[], failed: number, works: number): Hit[] {
  const between = hits.slice(failed + 1, works);
  const isNamed = new Set<string>();
  const changes = between
    .filter((hit) => isChange(hit) || isCommit(hit))
    .filter(({ title }) => !isNamed.has(title) && isNamed.add(title))
    .slice(-MAX_CHANGES);
  const moment = hits[works];
  const behind = hits.slice(works + 1);
  // What fails next is of the next piece of work, and so is the commit behind it.
  const end = behind.findIndex((hit) => verdictOf(hit)?.works === false);
  const commit = changes.some(isCommit)
    ? undefined
    : behind.slice(0, end === -1 ? behind.length : end).find(isCommit);
  return [
    ...changes,
    ...(moment === undefined ? [] : [moment]),
    ...(commit === undefined ? [] : [commit]),
  ];
}

function isCommit({ type, commit }: Hit): boolean {
  return type === "git_commit" || commit !== undefined;
}

/** Whether files are others since. */
function isChange({ kind, type }: Hit): boolean {
  if (kind === "observation") return CHANGING.has(type ?? "");
  return kind === "event" && (type === "code_edit" || type === "refactor" || type === "file_save");
}

/** Events that run something. */
const RAN: ReadonlySet<string> = new Set(["test_run", "build", "task", "terminal_command"]);

/** How the recorder says that something ended. */
const ENDING = /:? (passed|succeeded|failed)(?: with exit code -?\d+)?$/;

const CHANGING: ReadonlySet<string> = new Set(["bugfix", "feature", "refactor", "change"]);

/** What a moment says of something that can work or fail; by the words that the recorder and the rules write. */
function verdictOf({
  kind,
  type,
  title,
}: Hit): { readonly subject: string; readonly works: boolean } | undefined {
  if (kind === "event") {
    const isGone = title.startsWith("Error gone");
    if (type === "error") return { subject: title.replace(/^Error(?: gone)?/, ""), works: isGone };
    const verdict = RAN.has(type ?? "") ? ENDING.exec(title) : null;
    if (verdict === null) return undefined;
    return { subject: title.slice(0, verdict.index), works: verdict[1] !== "failed" };
  }
  if (kind !== "observation") return undefined;
  if (/^Tests? fails?: /.test(title)) return { subject: "tests", works: false };
  if (title.startsWith("Tests pass: ")) return { subject: "tests", works: true };
  const command = /`([^`]+)`/.exec(title)?.[1];
  if (command === undefined) return undefined;
  if (type === "command") return { subject: command, works: true };
  return /^`[^`]+` fails/.test(title) ? { subject: command, works: false } : undefined;
}
