import { toTranslate } from "../Localize.js";
import type { AgentName } from "./Hook.js";

/** Agents that can be connected from outside; the editor brings its own hooks. */
export type ConnectedAgent = Exclude<AgentName, "vscode">;
export const CONNECTED: readonly ConnectedAgent[] = [
  ...(["claude-code", "codex", "cursor", "gemini", "copilot"] as const),
];

/** A program and its arguments. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** A value that is put into a file of settings, and where. */
export interface Insertion {
  /** Keys from the root. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Whether it goes to the end of a list, which is made if there is none. */
  readonly isInList: boolean;
}

/** What is to be added to one file. */
export type FileChange =
  | { readonly kind: "json"; readonly file: string; readonly insertions: readonly Insertion[] }
  | { readonly kind: "toml"; readonly file: string; readonly table: string; readonly text: string };

/** Where a user's files are. */
export interface Homes {
  /** The home folder, with `/` at no end. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How our entries are called in the agents' files. */
export const SERVER_NAME = "recollect";

/** How long a hook may take, in seconds; it is done in a fraction of one. */
const HOOK_SECONDS = 10;

/** Tools of Claude Code that read or change a file: no other use has to wait for a process. */
const FILE_TOOLS = "Read|Edit|MultiEdit|Write|NotebookEdit";

/**
 * Events of each agent. Before a use of a tool only the one agent is asked that takes context then:
 * a process for nothing at each use costs time, and some agents deny what a hook fails at.
 */
const EVENTS: Readonly<Record<ConnectedAgent, readonly string[]>> = {
  "claude-code": [
    ...["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure"],
    ...["Stop", "SubagentStop", "PreCompact", "SessionEnd"],
  ],
  codex: ["SessionStart", "UserPromptSubmit", "PostToolUse", "Stop", "SubagentStop", "PreCompact"],
  cursor: [
    ...["sessionStart", "beforeSubmitPrompt", "postToolUse", "postToolUseFailure"],
    ...["stop", "subagentStop", "preCompact", "sessionEnd"],
  ],
  gemini: ["SessionStart", "BeforeAgent", "AfterTool", "AfterAgent", "PreCompress", "SessionEnd"],
  copilot: [
    ...["sessionStart", "userPromptSubmitted", "postToolUse", "postToolUseFailure"],
    ...["agentStop", "subagentStop", "preCompact", "sessionEnd"],
  ],
};

/** What an agent's files need, so that it tells its hooks and starts the server. */
export function connection(
  agent: ConnectedAgent,
  launch: Launch,
  { home, env }: Homes,
): FileChange[] {
  const at = (variable: string, folder: string): string => env[variable] || `${home}/${folder}`;
  const server = { command: launch.command, args: [...launch.args, "mcp"] };
  const hooks = (entry: (event: string, hook: Launch) => unknown): Insertion[] =>
    EVENTS[agent].map((event) => ({
      ...{ path: ["hooks", event], isInList: true },
      value: entry(event, {
        command: launch.command,
        args: [...launch.args, "hook", "--agent", agent, "--event", event],
      }),
    }));
  const servers = (value: object): Insertion[] => [
    { path: ["mcpServers", SERVER_NAME], value, isInList: false },
  ];
  const json = (file: string, insertions: readonly Insertion[]): FileChange => ({
    ...{ kind: "json", file, insertions },
  });
  const inClaudesForm = (event: string, hook: Launch): object => ({
    ...(agent === "claude-code" && event === "PreToolUse" ? { matcher: FILE_TOOLS } : {}),
    hooks: [{ type: "command", command: shellLine(hook), timeout: HOOK_SECONDS }],
  });
  switch (agent) {
    case "claude-code":
      return [
        json(`${at("CLAUDE_CONFIG_DIR", ".claude")}/settings.json`, hooks(inClaudesForm)),
        json(
          `${env["CLAUDE_CONFIG_DIR"] || home}/.claude.json`,
          servers({ type: "stdio", ...server }),
        ),
      ];
    case "codex":
      return [
        json(`${at("CODEX_HOME", ".codex")}/hooks.json`, hooks(inClaudesForm)),
        {
          ...{ kind: "toml", file: `${at("CODEX_HOME", ".codex")}/config.toml` },
          table: `[mcp_servers.${SERVER_NAME}]`,
          // Strings and lists of them are written as in JSON.
          text: `command = ${JSON.stringify(server.command)}\nargs = ${JSON.stringify(server.args)}\n`,
        },
      ];
    case "cursor":
      return [
        json(`${home}/.cursor/hooks.json`, [
          { path: ["version"], value: 1, isInList: false },
          ...hooks((_, hook) => ({ command: shellLine(hook), timeout: HOOK_SECONDS })),
        ]),
        json(`${home}/.cursor/mcp.json`, servers(server)),
      ];
    case "gemini": {
      const milliseconds = HOOK_SECONDS * 1_000;
      const entry = (_: string, hook: Launch): object => ({
        hooks: [
          { name: SERVER_NAME, type: "command", command: shellLine(hook), timeout: milliseconds },
        ],
      });
      return [json(`${home}/.gemini/settings.json`, [...hooks(entry), ...servers(server)])];
    }
    case "copilot": {
      const entry = (_: string, hook: Launch): object => ({
        ...{ type: "command", bash: shellLine(hook), powershell: `& ${shellLine(hook, true)}` },
        timeoutSec: HOOK_SECONDS,
      });
      const folder = at("COPILOT_HOME", ".copilot");
      return [
        json(`${folder}/hooks/recollect.json`, [
          { path: ["version"], value: 1, isInList: false },
          ...hooks(entry),
        ]),
        json(`${folder}/mcp-config.json`, servers({ type: "local", ...server, tools: ["*"] })),
      ];
    }
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
    default:
      return toTranslate("It counts from the agent's next session on.");
  }
}

/**
 * A command line for a shell. What needs no quotes gets none: of shells in Windows one takes a
 * quoted program for a text.
 */
function shellLine({ command, args }: Launch, isPowerShell = false): string {
  const quoted = (word: string, isFirst: boolean): string => {
    if (/^[\w./:=@+,-]+$/.test(word) && !(isPowerShell && isFirst)) return word;
    const escaped = isPowerShell ? word.replace(/[`"$]/g, "`$&") : word.replace(/["$`\\]/g, "\\$&");
    return `"${escaped}"`;
  };
  return [command, ...args].map((word, index) => quoted(word, index === 0)).join(" ");
}
