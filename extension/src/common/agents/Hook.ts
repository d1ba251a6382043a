/** Agents whose hooks are understood. */
export const AGENTS = [
  ...(["claude-code", "vscode", "copilot", "codex", "cursor", "gemini", "devin"] as const),
] as const;
export type AgentName = (typeof AGENTS)[number];

/** Moments of an agent's work, whatever it calls them. */
export const HOOK_EVENTS = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PostToolUse",
  "PostToolUseFailure",
  "Stop",
  "SubagentStop",
  "PreCompact",
  "SessionEnd",
] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

/** What an agent tells at a moment of its work, in one shape for all of them. */
export interface Hook {
  readonly agent: AgentName;
  readonly event: HookEvent;
  /** The event as the agent calls it, which its answer must repeat. */
  readonly calledAs: string;
  readonly session: string;
  /** The folder that is worked in. */
  readonly cwd?: string;
  /** Why a session began or ended. */
  readonly source?: string;
  readonly prompt?: string;
  /** The assistant's last message. */
  readonly message?: string;
  readonly tool?: HookTool;
}

/** A use of a tool. */
export interface HookTool {
  readonly name: string;
  readonly input: unknown;
  readonly response?: unknown;
  readonly id?: string;
}
