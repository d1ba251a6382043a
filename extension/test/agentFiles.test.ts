import assert from "node:assert/strict";
import { test } from "node:test";
import { agentFiles, type Homes } from "../src/common/agents/agentFiles.js";
import { agentNamed, type ConnectedAgent } from "../src/common/agents/connectedAgents.js";

const homes = (more: Partial<Homes> = {}): Homes => ({
  ...{ home: "/h", env: {}, isWindows: false, isThere: () => false, ...more },
});

test("an agent's files are where its variables say, and where it has been looking before", () => {
  const cases: [ConnectedAgent, Partial<Homes>, string, string][] = [
    ["claude-code", {}, "/h/.claude/settings.json", "/h/.claude.json"],
    ["claude-code", { env: { CLAUDE_CONFIG_DIR: "/c" } }, "/c/settings.json", "/c/.claude.json"],
    ["codex", { env: { CODEX_HOME: "/c" } }, "/c/hooks.json", "/c/config.toml"],
    ["cursor", {}, "/h/.cursor/hooks.json", "/h/.cursor/mcp.json"],
    [
      ...(["gemini", { env: { GEMINI_CLI_HOME: "/g" } }] as const),
      ...(["/g/.gemini/settings.json", "/g/.gemini/settings.json"] as const),
    ],
    [
      ...(["copilot", { env: { COPILOT_HOME: "/c" } }] as const),
      ...(["/c/hooks/recollect.json", "/c/mcp-config.json"] as const),
    ],
    ["devin", {}, "/h/.config/devin/config.json", "/h/.config/devin/mcp_config.json"],
    [
      ...(["devin", { isThere: (path: string) => path === "/h/.codeium/windsurf" }] as const),
      ...(["/h/.config/devin/config.json", "/h/.codeium/windsurf/mcp_config.json"] as const),
    ],
    [
      ...(["devin", { isWindows: true, env: { APPDATA: "C:\\R" } }] as const),
      ...(["C:\\R/devin/config.json", "C:\\R/devin/mcp_config.json"] as const),
    ],
    [
      ...(["opencode", { env: { XDG_CONFIG_HOME: "/x" } }] as const),
      ...(["/x/opencode/opencode.json", "/x/opencode/opencode.json"] as const),
    ],
    [
      ...(["opencode", { isThere: (path: string) => path.endsWith(".jsonc") }] as const),
      ...(["/h/.config/opencode/opencode.jsonc", "/h/.config/opencode/opencode.jsonc"] as const),
    ],
    [
      ...(["cline", { env: { CLINE_DATA_DIR: "/d" } }] as const),
      ...(["/d/settings/cline_mcp_settings.json", "/d/settings/cline_mcp_settings.json"] as const),
    ],
    ["cline", { env: { CLINE_MCP_SETTINGS_PATH: "/m.json" } }, "/m.json", "/m.json"],
    ["zed", {}, "/h/.config/zed/settings.json", "/h/.config/zed/settings.json"],
    [
      ...(["zed", { isWindows: true }] as const),
      ...([
        "/h/AppData/Roaming/Zed/settings.json",
        "/h/AppData/Roaming/Zed/settings.json",
      ] as const),
    ],
  ];
  for (const [agent, more, hooks, server] of cases)
    assert.deepEqual(agentFiles(agent, homes(more)), { hooks, server }, agent);
});

test("an agent is known by its former name too, and by no word of the language", () => {
  assert.equal(agentNamed("windsurf"), "devin");
  assert.equal(agentNamed("zed"), "zed");
  for (const name of [undefined, "", "constructor", "vscode"])
    assert.equal(agentNamed(name), undefined);
});
