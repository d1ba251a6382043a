import type { ConnectedAgent } from "./connectedAgents.js";

/** Where a user's files are. */
export interface Homes {
  /** The home folder, with `/` at no end. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isWindows: boolean;
  /** Whether there is a file or folder. */
  readonly isThere: (path: string) => boolean;
}

/** The files of an agent that tell it of hooks and of servers; one may do for both. */
export interface AgentFiles {
  readonly hooks: string;
  readonly server: string;
}

/** Where an agent of this user looks for its hooks and servers. */
export function agentFiles(agent: ConnectedAgent, homes: Homes): AgentFiles {
  const { home, env, isThere } = homes;
  const at = (variable: string, folder: string): string => env[variable] || `${home}/${folder}`;
  const both = (file: string): AgentFiles => ({ hooks: file, server: file });
  switch (agent) {
    case "claude-code":
      return {
        hooks: `${at("CLAUDE_CONFIG_DIR", ".claude")}/settings.json`,
        server: `${env["CLAUDE_CONFIG_DIR"] || home}/.claude.json`,
      };
    case "codex": {
      const folder = at("CODEX_HOME", ".codex");
      return { hooks: `${folder}/hooks.json`, server: `${folder}/config.toml` };
    }
    case "cursor":
      return { hooks: `${home}/.cursor/hooks.json`, server: `${home}/.cursor/mcp.json` };
    case "gemini":
      return both(`${env["GEMINI_CLI_HOME"] || home}/.gemini/settings.json`);
    case "copilot": {
      const folder = at("COPILOT_HOME", ".copilot");
      return { hooks: `${folder}/hooks/recollect.json`, server: `${folder}/mcp-config.json` };
    }
    case "devin": {
      const folder = `${roaming(homes)}/devin`;
      const server = `${folder}/mcp_config.json`;
      // Before it was renamed it looked there alone, and still does.
      const former = `${home}/.codeium/windsurf`;
      const isFormer = !isThere(folder) && isThere(former);
      return {
        hooks: `${folder}/config.json`,
        server: isFormer ? `${former}/mcp_config.json` : server,
      };
    }
    case "opencode": {
      const folder = `${env["XDG_CONFIG_HOME"] || `${home}/.config`}/opencode`;
      const names = ["opencode.jsonc", "opencode.json", "config.json"];
      const known = names.map((name) => `${folder}/${name}`).find((file) => isThere(file));
      return both(known ?? `${folder}/opencode.json`);
    }
    case "cline": {
      const data = env["CLINE_DATA_DIR"] || `${at("CLINE_DIR", ".cline")}/data`;
      const file = `${data}/settings/cline_mcp_settings.json`;
      return both(env["CLINE_MCP_SETTINGS_PATH"] || file);
    }
    case "zed":
      return both(`${roaming(homes)}/${homes.isWindows ? "Zed" : "zed"}/settings.json`);
  }
}

/** Where programs keep settings, if they go by the system's own rules. */
function roaming({ home, env, isWindows }: Homes): string {
  return isWindows
    ? env["APPDATA"] || `${home}/AppData/Roaming`
    : env["XDG_CONFIG_HOME"] || `${home}/.config`;
}
