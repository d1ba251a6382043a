import type { Memories } from "../common/Memories.js";

/** What the endpoints need of the memories. */
export type HttpMemories = Pick<
  Memories,
  | "aliased"
  | "aliases"
  | "append"
  | "changes"
  | "context"
  | "endSession"
  | "fact"
  | "facts"
  | "forget"
  | "get"
  | "isPromptPrivate"
  | "observe"
  | "open"
  | "patterns"
  | "projectOf"
  | "projects"
  | "recent"
  | "remember"
  | "search"
  | "seen"
  | "select"
  | "session"
  | "sessions"
  | "stats"
  | "stripPrivate"
  | "summariseSession"
  | "timeline"
  | "used"
>;
