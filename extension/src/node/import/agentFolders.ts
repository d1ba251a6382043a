import { homedir } from "node:os";
import { join } from "node:path";

/** Where an agent keeps its sessions on this machine; nothing for one that is not known. */
export function agentFolder(
  kind: string,
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string | undefined {
  const told = (name: string, folder: string): string => {
    const value = env[name];
    return value === undefined || value === "" ? join(home, folder) : value;
  };
  if (kind === "claude-code") return join(told("CLAUDE_CONFIG_DIR", ".claude"), "projects");
  if (kind === "codex") return join(told("CODEX_HOME", ".codex"), "sessions");
  return undefined;
}
