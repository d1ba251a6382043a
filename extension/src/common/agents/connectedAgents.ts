import type { AgentName } from "./Hook.js";

/** Agents that are told of each moment by hooks. */
export const HOOKED = [
  ...(["claude-code", "codex", "cursor", "gemini", "copilot", "devin"] as const),
] as const satisfies readonly AgentName[];
export type HookedAgent = (typeof HOOKED)[number];

/** Agents that can be connected from outside; the editor brings its own hooks. */
export const CONNECTED = [...HOOKED, "opencode", "cline", "zed"] as const;
export type ConnectedAgent = (typeof CONNECTED)[number];

/** Names under which agents were known. */
const FORMER_NAMES: Readonly<Record<string, ConnectedAgent>> = { windsurf: "devin" };

/** The agent of this name, also of a former one. */
export function agentNamed(name: string | undefined): ConnectedAgent | undefined {
  if (name !== undefined && Object.hasOwn(FORMER_NAMES, name)) return FORMER_NAMES[name];
  return CONNECTED.find((one) => one === name);
}
