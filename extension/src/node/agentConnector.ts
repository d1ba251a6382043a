import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AgentConnector, AgentState } from "../common/agents/AgentConnector.js";
import { CONNECTED, type ConnectedAgent } from "../common/agents/connections.js";
import { connect, isConnected } from "./cli/connect.js";
import { type Installed, writeLauncher } from "./cli/launcher.js";
import { onPath } from "./ownProgram.js";

/** What shows that an agent is here: its folder in the home folder, or one of its programs. */
const SIGNS: Readonly<Record<ConnectedAgent, { folder: string; programs: readonly string[] }>> = {
  "claude-code": { folder: ".claude", programs: ["claude"] },
  codex: { folder: ".codex", programs: ["codex"] },
  cursor: { folder: ".cursor", programs: ["cursor", "cursor-agent"] },
  gemini: { folder: ".gemini", programs: ["gemini"] },
  copilot: { folder: ".copilot", programs: ["copilot"] },
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
          const { folder, programs } = SIGNS[agent];
          const isInstalled =
            existsSync(join(home, folder)) || programs.some((name) => onPath(name) !== undefined);
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
