import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AgentConnector, AgentState } from "../common/agents/AgentConnector.js";
import { CONNECTED, type ConnectedAgent } from "../common/agents/connectedAgents.js";
import { connect, isConnected } from "./cli/connect.js";
import { type Installed, writeLauncher } from "./cli/launcher.js";
import { onPath } from "./ownProgram.js";

/** What shows that an agent is here: a folder in the home folder, or one of its programs. */
const SIGNS: Readonly<
  Record<ConnectedAgent, { folders: readonly string[]; programs: readonly string[] }>
> = {
  "claude-code": { folders: [".claude"], programs: ["claude"] },
  codex: { folders: [".codex"], programs: ["codex"] },
  cursor: { folders: [".cursor"], programs: ["cursor", "cursor-agent"] },
  gemini: { folders: [".gemini"], programs: ["gemini"] },
  copilot: { folders: [".copilot"], programs: ["copilot"] },
  devin: {
    folders: [".config/devin", "AppData/Roaming/devin", ".codeium/windsurf"],
    programs: ["devin", "windsurf"],
  },
  opencode: { folders: [".config/opencode"], programs: ["opencode"] },
  cline: { folders: [".cline"], programs: ["cline"] },
  zed: { folders: [".config/zed", "AppData/Roaming/Zed"], programs: ["zed"] },
};

/** Connects the agents of this machine, as `recollect connect` does. */
export function agentConnector(
  storage: string,
  installed: Installed,
  home = homedir(),
): AgentConnector {
  const run = async (
    agent: ConnectedAgent,
    how: { isUndo: boolean; isDryRun: boolean },
  ): Promise<string[]> => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    await connect(agent, { folder: storage, installed, home, write, ...how });
    return lines;
  };
  return {
    list: () =>
      Promise.all(
        CONNECTED.map(async (agent): Promise<AgentState> => {
          const { folders, programs } = SIGNS[agent];
          const isInstalled =
            folders.some((folder) => existsSync(join(home, folder))) ||
            programs.some((name) => onPath(name) !== undefined);
          return { agent, isInstalled, isConnected: await isConnected(agent, storage) };
        }),
      ),
    preview: (agent, isUndo) => run(agent, { isUndo, isDryRun: true }),
    connect: (agent) => run(agent, { isUndo: false, isDryRun: false }),
    undo: (agent) => run(agent, { isUndo: true, isDryRun: false }),
  };
}

/** After an update of the editor or the extension, connected agents find what is installed now. */
export async function refreshLauncher(storage: string, installed: Installed): Promise<void> {
  if (existsSync(join(storage, "bin", "recollect.cjs"))) await writeLauncher(storage, installed);
}
