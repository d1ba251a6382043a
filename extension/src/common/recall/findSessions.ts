import { withoutEnd } from "../text/withoutEnd.js";
import type { Hit, Period, Session, SessionDetail } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** A session with what is told of it in a list. */
export interface ToldSession {
  readonly detail: SessionDetail;
  /** Its commits as the editor saw them, oldest first. */
  readonly commits: readonly Hit[];
}

/** Which sessions are asked for. */
export interface SessionQuestion {
  /** Words that their records hold, a time such as `yesterday`, `last`, or nothing for the newest. */
  readonly text: string;
  /** Id of the project; none means all. */
  readonly project?: string;
  /** Key of the session under way, which is no earlier one. */
  readonly current?: string;
  /** Most sessions. */
  readonly limit: number;
}

type Asked = Pick<Memories, "sessions" | "search" | "session" | "recent" | "period">;

/** Sessions that are looked through for a time. */
const MAX_SESSIONS = 100;

/** Hits of words that lead to sessions. */
const MAX_HITS = 100;

/** Commits that are told of one session. */
const MAX_COMMITS = 20;

/** What asks for one session: the one before this one. */
const LAST = /^(?:(?:my|the) )?(?:last|latest|previous|newest)(?: (?:one|session))?[?.!]?$/iu;

/** The sessions that fit, the newest first; those that words lead to, the best first. */
export async function findSessions(
  memories: Asked,
  question: SessionQuestion,
): Promise<ToldSession[]> {
  const { current } = question;
  const text = question.text.trim();
  const isLast = LAST.test(text);
  const limit = isLast ? 1 : question.limit;
  const time = isLast ? {} : await memories.period(withoutEnd(text, "?.!"));
  const keys =
    text === "" || time !== undefined
      ? await keysByTime(memories, question, time ?? {})
      : await keysByWords(memories, question, text);
  const told: ToldSession[] = [];
  for (const key of keys) {
    if (told.length >= limit) break;
    if (isLast && key === current) continue;
    const one = await tellSession(memories, key).catch(unlessThere);
    if (one !== undefined && hasContent(one)) told.push(one);
  }
  return told;
}

/** A session and its commits. */
export async function tellSession(
  memories: Pick<Memories, "session" | "recent">,
  key: string,
): Promise<ToldSession> {
  const filter = { session: key, kinds: ["event" as const], types: ["git_commit"] };
  const [detail, commits] = await Promise.all([
    memories.session(key),
    memories.recent({ ...filter, limit: MAX_COMMITS }),
  ]);
  return { detail, commits: commits.hits.toReversed() };
}

async function keysByTime(
  memories: Asked,
  { project }: SessionQuestion,
  { since = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY }: Period,
): Promise<string[]> {
  const { sessions } = await memories.sessions({
    ...(project === undefined ? {} : { project }),
    limit: MAX_SESSIONS,
  });
  const isIn = ({ startedAt, lastAt }: Session): boolean => lastAt >= since && startedAt < before;
  return sessions.filter(isIn).map(({ key }) => key);
}

async function keysByWords(
  memories: Asked,
  { project }: SessionQuestion,
  text: string,
): Promise<string[]> {
  const { hits } = await memories.search({
    text,
    kinds: ["summary", "event", "prompt", "observation", "session"],
    ...(project === undefined ? {} : { projects: [project] }),
    limit: MAX_HITS,
  });
  return [...new Set(hits.flatMap(({ session }) => session ?? []))];
}

/** A window in which a file was only looked at is no work that anybody asks for. */
function hasContent({ detail: { summary, session } }: ToldSession): boolean {
  const { edits, commits, testsRun, prompts, observations } = session.statistics;
  return summary !== undefined || edits + commits + testsRun + prompts + observations > 0;
}

/** It may have been forgotten a moment ago. */
function unlessThere(error: unknown): undefined {
  if (error instanceof Error && error.name === "NotFound") return undefined;
  throw error;
}
