import { toTranslate } from "../Localize.js";
import { agentFiles, type Homes } from "./agentFiles.js";
import type { ConnectedAgent, HookedAgent } from "./connectedAgents.js";
import { isWindowsPath, type Launch, shellLine, type Shell } from "./shellLine.js";

/** A value that is put into a file of settings, and where. */
export interface Insertion {
  /** Keys from the root. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Whether it goes to the end of a list, which is made if there is none. */
  readonly isInList: boolean;
  /** Where it goes instead in a file that has an object there, which has no `type` of its own. */
  readonly within?: readonly string[];
}

/** What is to be added to one file. */
export type FileChange =
  | { readonly kind: "json"; readonly file: string; readonly insertions: readonly Insertion[] }
  | { readonly kind: "toml"; readonly file: string; readonly table: string; readonly text: string };

/** How our entries are called in the agents' files. */
export const SERVER_NAME = "recollect";

/** How long a hook may take, in seconds; it is done in a fraction of one. */
const HOOK_SECONDS = 10;

/** How long one may take as a session of Codex ends; of more it warns at each start. */
const CODEX_END_SECONDS = 3;

/** Tools that read or change a file: before any other use nobody has to wait for a process. */
const FILE_TOOLS: Readonly<Partial<Record<HookedAgent, string>>> = {
  "claude-code": "Read|Edit|MultiEdit|Write|NotebookEdit",
  // It reads by shell commands.
  codex: "apply_patch|Edit|Write",
};

/**
 * Events of each agent. Before a use of a tool only those agents are asked that take context then:
 * a process for nothing at each use costs time, and some agents deny what a hook fails at.
 */
const EVENTS: Readonly<Record<HookedAgent, readonly string[]>> = {
  "claude-code": [
    ...["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure"],
    ...["Stop", "SubagentStop", "PreCompact", "SessionEnd"],
  ],
  codex: [
    ...["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse"],
    ...["Stop", "SubagentStop", "PreCompact", "SessionEnd"],
  ],
  cursor: [
    ...["sessionStart", "beforeSubmitPrompt", "postToolUse", "postToolUseFailure"],
    ...["stop", "subagentStop", "preCompact", "sessionEnd"],
  ],
  gemini: ["SessionStart", "BeforeAgent", "AfterTool", "AfterAgent", "PreCompress", "SessionEnd"],
  copilot: [
    ...["sessionStart", "userPromptSubmitted", "postToolUse", "postToolUseFailure"],
    ...["agentStop", "subagentStop", "preCompact", "sessionEnd"],
  ],
  devin: [
    ...["SessionStart", "UserPromptSubmit", "PostToolUse", "Stop", "PostCompaction", "SessionEnd"],
  ],
};

/** What an agent's files need, so that it tells its hooks and starts the server. */
export function connection(agent: ConnectedAgent, launch: Launch, homes: Homes): FileChange[] {
  const { hooks: hooksFile, server: serverFile } = agentFiles(agent, homes);
  const server = { command: launch.command, args: [...launch.args, "mcp"] };
  const hooks = (of: HookedAgent, entry: (event: string, hook: Launch) => unknown): Insertion[] =>
    EVENTS[of].map((event) => ({
      ...{ path: ["hooks", event], isInList: true },
      value: entry(event, {
        command: launch.command,
        args: [...launch.args, "hook", "--agent", of, "--event", event],
      }),
    }));
  const servers = (value: object, key = "mcpServers"): Insertion[] => [
    { path: [key, SERVER_NAME], value, isInList: false },
  ];
  const json = (file: string, insertions: readonly Insertion[]): FileChange => ({
    ...{ kind: "json", file, insertions },
  });
  const inClaudesForm =
    (of: HookedAgent, shell: Shell) =>
    (event: string, hook: Launch): object => ({
      ...(event === "PreToolUse" && FILE_TOOLS[of] !== undefined
        ? { matcher: FILE_TOOLS[of] }
        : {}),
      hooks: [
        {
          ...{ type: "command", command: shellLine(hook, shell) },
          timeout: of === "codex" && event === "SessionEnd" ? CODEX_END_SECONDS : HOOK_SECONDS,
        },
      ],
    });
  const isWindows = isWindowsPath(launch.command);
  switch (agent) {
    case "claude-code":
      return [
        json(hooksFile, hooks(agent, inClaudesForm(agent, "any"))),
        json(serverFile, servers({ type: "stdio", ...server })),
      ];
    case "codex":
      return [
        json(hooksFile, hooks(agent, inClaudesForm(agent, isWindows ? "cmd" : "sh"))),
        {
          ...{ kind: "toml", file: serverFile, table: `[mcp_servers.${SERVER_NAME}]` },
          // Strings and lists of them are written as in JSON.
          text: `command = ${JSON.stringify(server.command)}\nargs = ${JSON.stringify(server.args)}\n`,
        },
      ];
    case "cursor":
      return [
        json(hooksFile, [
          { path: ["version"], value: 1, isInList: false },
          ...hooks(agent, (_, hook) => ({
            ...{ command: shellLine(hook, "any"), timeout: HOOK_SECONDS },
          })),
        ]),
        json(serverFile, servers(server)),
      ];
    case "gemini": {
      const shell = isWindows ? "powershell" : "sh";
      const entry = (_: string, hook: Launch): object => ({
        hooks: [
          {
            ...{ name: SERVER_NAME, type: "command", command: shellLine(hook, shell) },
            // In milliseconds.
            timeout: HOOK_SECONDS * 1_000,
          },
        ],
      });
      return [json(hooksFile, [...hooks(agent, entry), ...servers(server)])];
    }
    case "copilot": {
      const entry = (_: string, hook: Launch): object => ({
        ...{ type: "command", bash: shellLine(hook, "sh") },
        ...{ powershell: shellLine(hook, "powershell"), timeoutSec: HOOK_SECONDS },
      });
      return [
        json(hooksFile, [{ path: ["version"], value: 1, isInList: false }, ...hooks(agent, entry)]),
        json(serverFile, servers({ type: "local", ...server, tools: ["*"] })),
      ];
    }
    case "devin":
      return [
        json(hooksFile, hooks(agent, inClaudesForm(agent, "any"))),
        json(serverFile, servers(server)),
      ];
    case "opencode": {
      const command = [server.command, ...server.args];
      const value = { type: "local", command, enabled: true };
      // Its second version reads both forms, but no file that mixes them.
      const within = ["mcp", "servers"];
      return [json(serverFile, [{ path: ["mcp", SERVER_NAME], value, isInList: false, within }])];
    }
    case "cline":
      return [json(serverFile, servers(server))];
    case "zed":
      return [json(serverFile, servers(server, "context_servers"))];
  }
}

/** What a person has still to do, as the agent wants it; a text to be translated. */
export function afterConnecting(agent: ConnectedAgent): string {
  switch (agent) {
    case "codex":
      return toTranslate(
        "Codex runs new hooks only once you have approved them: type /hooks in it.",
      );
    case "gemini":
      return toTranslate("Gemini CLI asks about new hooks and servers in folders that it trusts.");
    case "opencode":
    case "cline":
    case "zed":
      return toTranslate(
        "It can ask the memories from its next session on; what it does is not recorded.",
      );
    default:
      return toTranslate("It counts from the agent's next session on.");
  }
}
