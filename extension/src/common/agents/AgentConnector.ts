import type { ConnectedAgent } from "./connectedAgents.js";

/** What is known of an agent on this machine. */
export interface AgentState {
  readonly agent: ConnectedAgent;
  /** Whether its program or its settings are here. */
  readonly isInstalled: boolean;
  readonly isConnected: boolean;
}

/** Connects agents of this machine with the memories. What it cannot do is told by an error's message. */
export interface AgentConnector {
  /** All agents that can be connected. */
  list(): Promise<AgentState[]>;

  /** What connecting would write, or taking it out again would change: a line each. */
  preview(agent: ConnectedAgent, isUndo: boolean): Promise<string[]>;

  /** Connects an agent; gives what was done, and what is still to be done by a person. */
  connect(agent: ConnectedAgent): Promise<string[]>;

  /** Takes out again what was written; gives what was done. */
  undo(agent: ConnectedAgent): Promise<string[]>;
}

/** How agents call themselves. */
export const AGENT_TITLES: Readonly<Record<ConnectedAgent, string>> = {
  "claude-code": "Claude Code",
  codex: "Codex",
  cursor: "Cursor",
  gemini: "Gemini CLI",
  copilot: "Copilot CLI",
  devin: "Devin (Windsurf)",
  opencode: "OpenCode",
  cline: "Cline",
  zed: "Zed",
};
