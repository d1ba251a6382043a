/**
 * The published shapes of claude-mem, as its integration guide names them. Rows have beside them the
 * names that today's claude-mem gives the same values, since its viewer and tools read only these.
 */

/** A session, with its latest summary if it has one. */
export interface SdkSessionRow {
  id: number;
  claude_session_id: string;
  sdk_session_id: string;
  project: string;
  user_prompt: string;
  created_at_epoch: number;
  completed_at_epoch?: number;
  summary_text?: string;
  facts?: string;
  concepts?: string;
  files_touched?: string;
}

/** An observation; lists are JSON in strings. */
export interface ObservationRow {
  id: number;
  sdk_session_id: string;
  title: string;
  subtitle?: string;
  summary: string;
  facts: string;
  concepts: string;
  files_touched: string;
  obs_type: string;
  project: string;
  created_at_epoch: number;
  prompt_number: number;
  memory_session_id: string;
  type: string;
  narrative: string;
  files_read: string;
  files_modified: string;
  created_at: string;
}

/** A summary; lists are JSON in strings. */
export interface SessionSummaryRow {
  id: number;
  sdk_session_id: string;
  summary_text: string;
  facts: string;
  concepts: string;
  files_touched: string;
  project: string;
  created_at_epoch: number;
  memory_session_id: string;
  request: string;
  investigated: string;
  learned: string;
  completed: string;
  next_steps: string;
  notes: string;
  created_at: string;
}

/** A prompt. */
export interface UserPromptRow {
  id: number;
  claude_session_id: string;
  sdk_session_id: string;
  project: string;
  prompt_number: number;
  prompt_text: string;
  created_at_epoch: number;
  content_session_id: string;
  memory_session_id: string;
  created_at: string;
}

/** An observation that was found; lists are lists. */
export interface ObservationSearchResult {
  id: number;
  title: string;
  subtitle?: string;
  summary: string;
  facts: string[];
  concepts: string[];
  files_touched: string[];
  obs_type: string;
  project: string;
  created_at_epoch: number;
  prompt_number: number;
  rank?: number;
}

/** A summary that was found. */
export interface SessionSummarySearchResult {
  id: number;
  summary_text: string;
  facts: string[];
  concepts: string[];
  files_touched: string[];
  project: string;
  created_at_epoch: number;
  rank?: number;
}

/** A prompt that was found. */
export interface UserPromptSearchResult {
  id: number;
  claude_session_id: string;
  project: string;
  prompt_number: number;
  prompt_text: string;
  created_at_epoch: number;
  rank?: number;
}

/** What a list shows of anything that was found. */
export interface IndexResult {
  id: number;
  title: string;
  preview: string;
  project: string;
  created_at_epoch: number;
  rank?: number;
}

/** An observation in a list. */
export interface ObservationIndexResult extends IndexResult {
  subtitle?: string;
  summary: string;
  concepts: string[];
  obs_type: string;
}

/** A summary in a list. */
export interface SummaryIndexResult extends IndexResult {
  summary_text: string;
}

/** A prompt in a list. */
export interface PromptIndexResult extends IndexResult {
  prompt_number: number;
}

/** A text as the tools of an MCP server answer it: what today's clients read of a search. */
export interface ToolContent {
  content: { type: "text"; text: string }[];
}
