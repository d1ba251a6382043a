import type { Pattern, PatternRequest, Session } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** A pattern, and the newest sessions that show it. */
export interface ShownPattern {
  readonly pattern: Pattern;
  /** Newest first. */
  readonly examples: readonly PatternExample[];
}

/** A session that shows a pattern. */
export interface PatternExample {
  readonly session: Session;
  /** Id of what is said of the session, if anything is. */
  readonly summary?: string;
}

/**
 * What recurs, with example sessions, the most salient first; nothing where nothing has been
 * recorded of the project.
 */
export async function patternsOf(
  memories: Pick<Memories, "patterns" | "session">,
  request: PatternRequest,
): Promise<ShownPattern[]> {
  const patterns = await memories.patterns(request).catch(unlessUnknown);
  const examples = new Map<string, PatternExample>();
  for (const key of new Set(patterns.flatMap(({ sessions }) => sessions))) {
    const detail = await memories.session(key).catch(unlessUnknown);
    if (!("session" in detail)) continue;
    const { session, summary } = detail;
    examples.set(key, summary === undefined ? { session } : { session, summary: summary.id });
  }
  return patterns.map((pattern) => ({
    pattern,
    examples: pattern.sessions.flatMap((key) => examples.get(key) ?? []),
  }));
}

/** What was forgotten while this was asked is shown no more. */
function unlessUnknown(error: unknown): never[] {
  if (error instanceof Error && error.name === "NotFound") return [];
  throw error;
}
