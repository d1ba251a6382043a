import { homedir, platform } from "node:os";
import { join } from "node:path";

interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The repository that decisions are looked for in. */
  readonly repository: string;
  /** The editor's `User` folder, where it is known. */
  readonly editor?: string;
}

const HERE: Machine = { env: process.env, home: homedir(), repository: process.cwd() };

/** Where an agent keeps its sessions on this machine; nothing for what only its user knows the place of. */
export function agentFolder(kind: string, machine: Partial<Machine> = {}): string | undefined {
  const { env, home, repository, editor } = { ...HERE, ...machine };
  const told = (name: string, folder: string): string => {
    const value = env[name];
    return value === undefined || value === "" ? join(home, folder) : value;
  };
  switch (kind) {
    case "claude-code":
    case "claude-memory":
      return join(told("CLAUDE_CONFIG_DIR", ".claude"), "projects");
    case "codex":
      return told("CODEX_HOME", ".codex");
    case "codex-memory":
      return join(told("CODEX_HOME", ".codex"), "memories");
    case "copilot-cli":
      return told("COPILOT_HOME", ".copilot");
    case "gemini":
      return join(told("GEMINI_CLI_HOME", ""), ".gemini");
    case "cursor":
      return editorFolder(env, home, "Cursor");
    case "cursor-agent":
      return join(told("CURSOR_CONFIG_DIR", ".cursor"), "projects");
    case "opencode":
      return join(told("XDG_DATA_HOME", join(".local", "share")), "opencode");
    case "claude-mem":
      return told("CLAUDE_MEM_DATA_DIR", ".claude-mem");
    case "decisions":
      return repository;
    case "editor-chat":
    case "editor-memory":
      return editor ?? editorFolder(env, home);
    default:
      return undefined;
  }
}

function editorFolder(env: NodeJS.ProcessEnv, home: string, name = "Code"): string {
  switch (platform()) {
    case "darwin":
      return join(home, "Library", "Application Support", name, "User");
    case "win32":
      return join(env["APPDATA"] ?? join(home, "AppData", "Roaming"), name, "User");
    default:
      return join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), name, "User");
  }
}
