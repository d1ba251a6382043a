import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentName, HookEvent } from "../src/common/agents/Hook.js";
import { hookAnswer } from "../src/common/agents/hookAnswer.js";
import { filesOf } from "../src/common/agents/hookFile.js";
import { readHook } from "../src/common/agents/readHook.js";

const AT = "2026-01-31T09:00:00.000Z";

/** What every payload of a form has. */
const forms = {
  claude: { session_id: "s", transcript_path: "/t", cwd: "/w" },
  code: { timestamp: AT, session_id: "s", transcript_path: "/t", cwd: "/w" },
  codeDocs: { timestamp: AT, sessionId: "s", transcript_path: "/t", cwd: "/w" },
  copilot: { timestamp: 1_769_850_000_000, sessionId: "s", cwd: "/w" },
  copilotPascal: { timestamp: AT, session_id: "s", cwd: "/w" },
  codex: { session_id: "s", transcript_path: null, cwd: "/w", model: "m", turn_id: "t" },
  cursor: {
    ...{ conversation_id: "s", generation_id: "g", model: "m", cursor_version: "3" },
    ...{ workspace_roots: ["/w"], transcript_path: null },
  },
  gemini: { session_id: "s", transcript_path: "/t", cwd: "/w", timestamp: AT },
  devin: { session_id: "s", prompt_id: "p" },
};

/** Devin tells its folder by a variable alone. */
const ENV: Partial<Record<keyof typeof forms, Record<string, string>>> = {
  devin: { DEVIN_PROJECT_DIR: "/w" },
};

const nested = (name: string): object => ({
  hookSpecificOutput: { hookEventName: name, additionalContext: "known" },
});
const nothing = undefined;

/** Form, what it tells, whose it is and what it is, and the answer that carries context. */
type Row = [keyof typeof forms, object, AgentName, HookEvent, object | undefined];

const edit = { tool_name: "Edit", tool_input: { file_path: "/w/a.ts" }, tool_use_id: "u" };
const shell = { tool_name: "Bash", tool_input: { command: "ls" }, tool_use_id: "u" };
const named = (hook_event_name: string, more: object = {}): object => ({
  hook_event_name,
  ...more,
});
const camel = (hookEventName: string, more: object = {}): object => ({ hookEventName, ...more });

const rows: Row[] = [
  [
    "claude",
    named("SessionStart", { source: "startup" }),
    "claude-code",
    "SessionStart",
    nested("SessionStart"),
  ],
  [
    "claude",
    named("SessionStart", { source: "compact", model: "m" }),
    "claude-code",
    "SessionStart",
    nested("SessionStart"),
  ],
  [
    "claude",
    named("UserPromptSubmit", { prompt: "p", permission_mode: "plan" }),
    "claude-code",
    "UserPromptSubmit",
    nothing,
  ],
  ["claude", named("PreToolUse", edit), "claude-code", "PreToolUse", nested("PreToolUse")],
  [
    "claude",
    named("PostToolUse", { ...edit, tool_response: { ok: 1 } }),
    "claude-code",
    "PostToolUse",
    nested("PostToolUse"),
  ],
  [
    "claude",
    named("PostToolUseFailure", { ...shell, error: "Exit code 1" }),
    "claude-code",
    "PostToolUseFailure",
    nested("PostToolUseFailure"),
  ],
  [
    "claude",
    named("Stop", { stop_hook_active: false, last_assistant_message: "m" }),
    "claude-code",
    "Stop",
    nothing,
  ],
  ["claude", named("SubagentStop", { agent_id: "a" }), "claude-code", "SubagentStop", nothing],
  ["claude", named("PreCompact", { trigger: "auto" }), "claude-code", "PreCompact", nothing],
  ["claude", named("SessionEnd", { reason: "clear" }), "claude-code", "SessionEnd", nothing],

  [
    "code",
    named("SessionStart", { source: "new" }),
    "vscode",
    "SessionStart",
    nested("SessionStart"),
  ],
  [
    "codeDocs",
    camel("SessionStart", { source: "new" }),
    "vscode",
    "SessionStart",
    nested("SessionStart"),
  ],
  ["code", named("UserPromptSubmit", { prompt: "p" }), "vscode", "UserPromptSubmit", nothing],
  [
    "code",
    named("PreToolUse", {
      tool_name: "create_file",
      tool_input: { filePath: "/w/a.ts" },
      tool_use_id: "u",
    }),
    "vscode",
    "PreToolUse",
    nested("PreToolUse"),
  ],
  [
    "codeDocs",
    camel("PostToolUse", { ...edit, tool_response: "done" }),
    "vscode",
    "PostToolUse",
    nested("PostToolUse"),
  ],
  ["code", named("PreCompact", { trigger: "auto" }), "vscode", "PreCompact", nothing],
  ["code", named("Stop", { stop_hook_active: false }), "vscode", "Stop", nothing],
  [
    "codeDocs",
    camel("SubagentStop", { stop_hook_active: false }),
    "vscode",
    "SubagentStop",
    nothing,
  ],

  ["copilot", { source: "startup" }, "copilot", "SessionStart", { additionalContext: "known" }],
  ["copilot", { prompt: "p" }, "copilot", "UserPromptSubmit", nothing],
  ["copilot", { toolName: "edit", toolArgs: { path: "a.ts" } }, "copilot", "PreToolUse", nothing],
  [
    "copilot",
    {
      toolName: "edit",
      toolArgs: '{"path":"a.ts"}',
      toolResult: { resultType: "success", textResultForLlm: "ok" },
    },
    "copilot",
    "PostToolUse",
    { additionalContext: "known" },
  ],
  [
    "copilot",
    { toolName: "bash", toolArgs: {}, error: "no" },
    "copilot",
    "PostToolUseFailure",
    { additionalContext: "known" },
  ],
  ["copilot", { stopReason: "end_turn", transcriptPath: "/t" }, "copilot", "Stop", nothing],
  ["copilot", { stopReason: "end_turn", agentId: "a" }, "copilot", "SubagentStop", nothing],
  ["copilot", { trigger: "auto", customInstructions: "" }, "copilot", "PreCompact", nothing],
  ["copilot", { reason: "complete" }, "copilot", "SessionEnd", nothing],
  [
    "copilotPascal",
    named("SessionStart", { initial_prompt: "p", source: "new" }),
    "copilot",
    "SessionStart",
    { additionalContext: "known" },
  ],
  [
    "copilotPascal",
    named("PreToolUse", { tool_name: "Read", tool_input: { file_path: "a.ts" } }),
    "copilot",
    "PreToolUse",
    nothing,
  ],
  [
    "copilotPascal",
    named("PostToolUse", {
      tool_name: "Bash",
      tool_input: {},
      tool_result: { result_type: "success", text_result_for_llm: "ok" },
    }),
    "copilot",
    "PostToolUse",
    { additionalContext: "known" },
  ],
  ["copilotPascal", named("Stop", { stop_reason: "end_turn" }), "copilot", "Stop", nothing],

  [
    "codex",
    named("SessionStart", { source: "compact" }),
    "codex",
    "SessionStart",
    nested("SessionStart"),
  ],
  ["codex", named("UserPromptSubmit", { prompt: "p" }), "codex", "UserPromptSubmit", nothing],
  ["codex", named("PreToolUse", shell), "codex", "PreToolUse", nested("PreToolUse")],
  [
    "codex",
    named("PostToolUse", { ...shell, tool_response: "ok" }),
    "codex",
    "PostToolUse",
    nested("PostToolUse"),
  ],
  ["codex", named("PreCompact", { trigger: "manual" }), "codex", "PreCompact", nothing],
  ["codex", named("SubagentStop", { agent_id: "a" }), "codex", "SubagentStop", nothing],
  ["codex", named("Stop", { last_assistant_message: "m" }), "codex", "Stop", nothing],

  [
    "cursor",
    named("sessionStart", { session_id: "s", is_background_agent: false }),
    "cursor",
    "SessionStart",
    { additional_context: "known" },
  ],
  [
    "cursor",
    named("beforeSubmitPrompt", { prompt: "p", attachments: [] }),
    "cursor",
    "UserPromptSubmit",
    nothing,
  ],
  [
    "cursor",
    named("preToolUse", {
      tool_name: "Read",
      tool_input: { path: "/w/a.ts" },
      tool_use_id: "u",
      cwd: "/w",
    }),
    "cursor",
    "PreToolUse",
    nothing,
  ],
  [
    "cursor",
    named("postToolUse", {
      tool_name: "Shell",
      tool_input: { command: "ls" },
      tool_output: '{"exitCode":0}',
      tool_use_id: "u",
    }),
    "cursor",
    "PostToolUse",
    { additional_context: "known" },
  ],
  [
    "cursor",
    named("postToolUseFailure", { tool_name: "Shell", tool_input: {}, error_message: "no" }),
    "cursor",
    "PostToolUseFailure",
    { additional_context: "known" },
  ],
  ["cursor", named("preCompact", { trigger: "auto" }), "cursor", "PreCompact", nothing],
  ["cursor", named("subagentStop", { summary: "m" }), "cursor", "SubagentStop", nothing],
  ["cursor", named("stop", { status: "completed" }), "cursor", "Stop", nothing],
  ["cursor", named("sessionEnd", { reason: "completed" }), "cursor", "SessionEnd", nothing],

  [
    "gemini",
    named("BeforeAgent", { prompt: "p" }),
    "gemini",
    "UserPromptSubmit",
    nested("BeforeAgent"),
  ],
  [
    "gemini",
    named("BeforeTool", { tool_name: "read_file", tool_input: { file_path: "/w/a.ts" } }),
    "gemini",
    "PreToolUse",
    {},
  ],
  [
    "gemini",
    named("AfterTool", {
      tool_name: "run_shell_command",
      tool_input: { command: "ls" },
      tool_response: { llmContent: "a.ts", returnDisplay: "a.ts" },
    }),
    "gemini",
    "PostToolUse",
    nested("AfterTool"),
  ],
  ["gemini", named("AfterAgent", { prompt: "p", prompt_response: "m" }), "gemini", "Stop", {}],
  ["gemini", named("PreCompress", { trigger: "auto" }), "gemini", "PreCompact", {}],

  [
    "devin",
    named("SessionStart", { source: "startup" }),
    "devin",
    "SessionStart",
    nested("SessionStart"),
  ],
  ["devin", named("UserPromptSubmit", { prompt: "p" }), "devin", "UserPromptSubmit", nothing],
  [
    "devin",
    named("PostToolUse", {
      ...{ tool_name: "exec", tool_input: { command: "ls" }, tool_use_id: "u" },
      tool_response: { success: true, output: "a.ts", error: null },
    }),
    "devin",
    "PostToolUse",
    nested("PostToolUse"),
  ],
  ["devin", named("PostCompaction"), "devin", "PreCompact", nothing],
  ["devin", named("Stop", { stop_hook_active: false }), "devin", "Stop", nothing],
  ["devin", named("SessionEnd", { reason: "other" }), "devin", "SessionEnd", nothing],
];

test("every event of every format is read, and answered in that format", () => {
  for (const [form, told, agent, event, answer] of rows) {
    const where = `${form}: ${JSON.stringify(told)}`;
    const hook = readHook({ ...forms[form], ...told }, {}, ENV[form]);
    assert.ok(hook, where);
    assert.deepEqual(
      [hook.agent, hook.event, hook.session, hook.cwd],
      [agent, event, "s", "/w"],
      where,
    );
    if (event === "UserPromptSubmit") assert.equal(hook.prompt, "p", where);
    if (event.includes("ToolUse")) assert.ok(hook.tool, where);
    const said = hookAnswer(hook, "known");
    if (answer === undefined) assert.equal(said, "", where);
    else assert.deepEqual(JSON.parse(said), answer, where);
    assert.equal(hookAnswer(hook, undefined), agent === "gemini" ? "{}\n" : "", where);
    assert.doesNotMatch(said, /deny|block|permission|decision|continue/, where);
  }
});

test("the start and the end of Gemini's sessions are told by its environment or the command line", () => {
  const start = { ...forms.gemini, ...named("SessionStart", { source: "startup" }) };
  assert.equal(readHook(start, {}, { GEMINI_SESSION_ID: "s" })?.agent, "gemini");
  assert.equal(readHook(start, { agent: "gemini" })?.agent, "gemini");
});

test("what the command line says of a hook comes first", () => {
  const bare = { session_id: "s", cwd: "/w", timestamp: AT, prompt: "p" };
  assert.equal(readHook(bare), undefined);
  const flags = { agent: "copilot", event: "userPromptSubmitted" };
  const hook = readHook(bare, flags);
  assert.deepEqual([hook?.agent, hook?.event], ["copilot", "UserPromptSubmit"]);
});

test("an agent that runs the hooks of another one's settings is answered in its own form", () => {
  const asTold: [AgentName, keyof typeof forms, object, AgentName][] = [
    ["claude-code", "claude", named("SessionStart", { source: "startup" }), "claude-code"],
    ["claude-code", "code", named("SessionStart", { source: "new" }), "vscode"],
    ["claude-code", "cursor", named("postToolUse", { tool_name: "Read" }), "cursor"],
    ["claude-code", "devin", named("SessionStart", { source: "startup" }), "devin"],
    ["copilot", "code", named("PostToolUse", { ...shell, tool_response: "ok" }), "vscode"],
    ["copilot", "copilot", { source: "startup" }, "copilot"],
    ["vscode", "copilot", { source: "startup" }, "copilot"],
    // Nobody else reads the settings of these.
    ["cursor", "claude", named("Stop"), "cursor"],
    ["gemini", "code", named("SessionStart", { source: "new" }), "gemini"],
  ];
  for (const [told, form, payload, agent] of asTold) {
    const hook = readHook(
      { ...forms[form], ...payload },
      { agent: told, event: "sessionStart" },
      ENV[form],
    );
    assert.equal(hook?.agent, agent, `${told} ${form}`);
    assert.equal(hook.cwd, "/w");
  }
});

test("the end of a session of Codex tells no more than its session", () => {
  const end = { ...forms.claude, hook_event_name: "SessionEnd", reason: "other" };
  const hook = readHook(end, { agent: "codex", event: "SessionEnd" });
  assert.deepEqual([hook?.agent, hook?.event], ["codex", "SessionEnd"]);
});

test("responses of tools are told in one shape, failures as such", () => {
  const response = (form: keyof typeof forms, told: object): unknown =>
    readHook({ ...forms[form], ...told })?.tool?.response;
  const failed = (error: string): object => ({ error, is_error: true });
  assert.deepEqual(
    response("claude", named("PostToolUseFailure", { ...shell, error: "Exit code 2" })),
    failed("Exit code 2"),
  );
  const result = { resultType: "failure", textResultForLlm: "no such file" };
  assert.deepEqual(
    response("copilot", { toolName: "view", toolArgs: {}, toolResult: result }),
    failed("no such file"),
  );
  const output = '{"exitCode":1,"stdout":"x"}';
  assert.deepEqual(
    response("cursor", named("postToolUse", { tool_name: "Shell", tool_output: output })),
    { exitCode: 1, stdout: "x" },
  );
  const gemini = { llmContent: "oops", error: { message: "oops" } };
  assert.deepEqual(
    response("gemini", named("AfterTool", { tool_name: "x", tool_response: gemini })),
    failed("oops"),
  );
  const devin = (tool_response: object): unknown =>
    response("claude", named("PostToolUse", { tool_name: "exec", tool_response }));
  assert.equal(devin({ success: true, output: "done", error: null }), "done");
  assert.deepEqual(devin({ success: false, output: "", error: "no" }), failed("no"));
  assert.equal(
    readHook({ ...forms.gemini, ...named("AfterTool", { tool_name: "run_shell_command" }) })?.tool
      ?.name,
    "Bash",
  );
  assert.equal(
    readHook({ ...forms.cursor, ...named("preToolUse", { tool_name: "MCP:fetch" }) })?.tool?.name,
    "mcp__fetch",
  );
});

test("what is of no agent, of no event or damaged is nothing", () => {
  const payloads: unknown[] = [
    ...[null, 7, "x", [], {}, { session_id: "s" }, { hook_event_name: "Stop" }],
    { agent_action_name: "pre_run_command", trajectory_id: "s" },
    { event_type: "Stop", working_directory: "/w", session_id: "s" },
    { ...forms.claude, hook_event_name: "Notification" },
    { ...forms.claude, hook_event_name: "constructor" },
    { ...forms.claude, session_id: " ", hook_event_name: "Stop", transcript_path: 7, cwd: 7 },
    { ...forms.claude, session_id: "s".repeat(300), hook_event_name: "Stop" },
    { ...forms.claude, hook_event_name: 7, session_id: {} },
    { ...forms.copilotPascal, ...named("UserPromptSubmit", { prompt: "p" }) },
    { ...forms.copilot, prompt: "p", transformedPrompt: "q" },
  ];
  for (const payload of payloads)
    assert.equal(readHook(payload), undefined, JSON.stringify(payload));
});

test("the file of a tool's use is found, and that of a list or a command is none", () => {
  const two = "*** Begin Patch\r\n*** Update File: a.ts\r\n@@\r\n*** Add File: lib/b c.ts\r\n+x";
  const cases: [string, unknown, string | string[] | undefined][] = [
    ["Read", { file_path: "/w/a.ts" }, "/w/a.ts"],
    ["replace_string_in_file", { filePath: "/w/a.ts" }, "/w/a.ts"],
    ["view", { path: "a.ts" }, "a.ts"],
    ["apply_patch", { input: "*** Begin Patch\n*** Update File: lib/a.ts\n@@" }, "lib/a.ts"],
    ["apply_patch", "*** Begin Patch\n*** Add File: lib/b.ts\n+x", "lib/b.ts"],
    ["apply_patch", { command: `${two}\n*** Delete File: a.ts` }, ["a.ts", "lib/b c.ts"]],
    ["editFiles", { files: ["a.ts", 7, " ", "b.ts"] }, ["a.ts", "b.ts"]],
    [
      "multi_replace_string_in_file",
      { replacements: [{ filePath: "/w/a.ts" }, { filePath: "/w/a.ts" }, { filePath: 7 }, null] },
      ["/w/a.ts"],
    ],
    ["Bash", { command: "cat a.ts" }, undefined],
    ["LS", { path: "/w" }, undefined],
    ["Grep", { path: "/w", pattern: "x" }, undefined],
    ["Read", null, undefined],
    ["Read", { file_path: 7 }, undefined],
  ];
  for (const [name, input, file = []] of cases)
    assert.deepEqual(filesOf({ name, input }), [file].flat(), name);
});
