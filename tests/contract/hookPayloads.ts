/**
 * What each agent tells its hooks from a session's start to its end, made up from the agents'
 * documentation: one row for each moment, with what standard output must hold then.
 */
import type { AgentName } from "../../extension/src/common/agents/Hook.js";

/** What a hook has to say: nothing, what the session should know, or what the file's past is. */
export type Says = "nothing" | "start" | "file";

/** A moment of a session. */
export interface Moment {
  /** The event as the agent's settings name it. */
  readonly event: string;
  readonly says: Says;
  readonly payload: object;
}

/** One form of payloads. */
export interface Format {
  readonly name: string;
  readonly agent: AgentName;
  /** Whether the command line tells agent and event, as `recollect connect` writes it. */
  readonly isTold: boolean;
  /** Puts what the model should read into the agent's answer. */
  readonly answer: (event: string, context: string) => object;
  /** What is written where there is nothing to say. */
  readonly silence: string;
  readonly moments: (session: string, folder: string) => Moment[];
  /** Whether the agent tells that a session ended. */
  readonly hasEnd: boolean;
  /** Variables by which the agent tells what its payloads do not. */
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
}

/** The file that each session reads and changes. */
export const FILE = "src/hull.ts";

const AT = "2026-01-31T09:00:00.000Z";
const OUTPUT = "added 1 package";
const FAILURE = "Exit code 1\nError: expected 1 to be 2";

/** The prompt and the dependency by which a session is found again. */
export const promptOf = (session: string): string => `Weld the seam of ${session}`;
export const dependencyOf = (session: string): string => `${session}-kit`;

const nested = (event: string, context: string): object => ({
  hookSpecificOutput: { hookEventName: event, additionalContext: context },
});
const flat = (_: string, context: string): object => ({ additionalContext: context });

/** Rows of a form whose payloads name their event. */
function named(
  common: object,
  key: "hook_event_name" | "hookEventName",
  rows: readonly [string, Says, object][],
): Moment[] {
  return rows.map(([event, says, more]) => ({
    ...{ event, says },
    payload: { ...common, [key]: event, ...more },
  }));
}

const install = (session: string): string => `npm install ${dependencyOf(session)}`;

function claude(session: string, folder: string): Moment[] {
  const common = {
    ...{ session_id: session, transcript_path: "/t/x.jsonl", cwd: folder },
    ...{ permission_mode: "default", prompt_id: "p1" },
  };
  const file = { file_path: `${folder}/${FILE}` };
  const bash = { tool_name: "Bash", tool_use_id: "u2", tool_input: { command: install(session) } };
  const test = { tool_name: "Bash", tool_use_id: "u3", tool_input: { command: "npm test" } };
  const stdout = { stdout: OUTPUT, stderr: "", interrupted: false, isImage: false };
  return named(common, "hook_event_name", [
    ["SessionStart", "start", { source: "startup", model: "m" }],
    ["UserPromptSubmit", "nothing", { prompt: promptOf(session) }],
    ["PreToolUse", "file", { tool_name: "Read", tool_input: file, tool_use_id: "u1" }],
    ["PostToolUse", "nothing", { tool_name: "Read", tool_input: file, tool_use_id: "u1" }],
    ["PreToolUse", "nothing", bash],
    ["PostToolUse", "nothing", { ...bash, tool_response: stdout, duration_ms: 7 }],
    ["PostToolUseFailure", "nothing", { ...test, error: FAILURE, is_interrupt: false }],
    ["SubagentStop", "nothing", { agent_id: "a", agent_type: "Explore", stop_hook_active: false }],
    ["PreCompact", "nothing", { trigger: "auto", custom_instructions: "" }],
    ["SessionStart", "start", { source: "compact" }],
    ["Stop", "nothing", { stop_hook_active: false, last_assistant_message: "Welded." }],
    ["SessionEnd", "nothing", { reason: "other" }],
  ]);
}

/** The editor's own agent, whose documentation and source write names differently. */
function code(isAsDocumented: boolean): Format["moments"] {
  return (session, folder) => {
    const common = {
      ...{ timestamp: AT, transcript_path: "/t/x.jsonl", cwd: folder },
      ...(isAsDocumented ? { sessionId: session } : { session_id: session }),
    };
    const file = { filePath: `${folder}/${FILE}`, startLine: 1, endLine: 9 };
    const read = { tool_name: "read_file", tool_input: file, tool_use_id: "u1" };
    const input = { command: install(session), explanation: "Get it", isBackground: false };
    const run = { tool_name: "run_in_terminal", tool_input: input, tool_use_id: "u2" };
    return named(common, isAsDocumented ? "hookEventName" : "hook_event_name", [
      ["SessionStart", "start", { source: "new" }],
      ["UserPromptSubmit", "nothing", { prompt: promptOf(session) }],
      ["PreToolUse", "file", read],
      ["PostToolUse", "nothing", { ...read, tool_response: "export const hull = 1;" }],
      ["PreToolUse", "nothing", run],
      ["PostToolUse", "nothing", { ...run, tool_response: OUTPUT }],
      ["SubagentStop", "nothing", { agent_id: "a", agent_type: "Plan", stop_hook_active: false }],
      // No start follows, so what comes next tells it again.
      ["PreCompact", "nothing", { trigger: "auto" }],
      ["PreToolUse", "start", { ...read, tool_use_id: "u4" }],
      ["Stop", "nothing", { stop_hook_active: false }],
    ]);
  };
}

/** Neither agent nor event stands in what Copilot CLI sends by its own names. */
function copilot(session: string, folder: string): Moment[] {
  const common = { sessionId: session, timestamp: 1_769_850_000_000, cwd: folder };
  const view = { toolName: "view", toolArgs: { path: `${folder}/${FILE}` } };
  const run = { toolName: "bash", toolArgs: JSON.stringify({ command: install(session) }) };
  const result = (text: string): object => ({
    toolResult: { resultType: "success", textResultForLlm: text },
  });
  const rows: [string, Says, object][] = [
    ["sessionStart", "start", { source: "new", initialPrompt: promptOf(session) }],
    ["userPromptSubmitted", "nothing", { prompt: promptOf(session) }],
    ["preToolUse", "nothing", view],
    ["postToolUse", "file", { ...view, ...result("export const hull = 1;") }],
    ["postToolUse", "nothing", { ...run, ...result(OUTPUT) }],
    ["postToolUseFailure", "nothing", { toolName: "bash", toolArgs: {}, error: FAILURE }],
    ["subagentStop", "nothing", { transcriptPath: "/t", agentId: "a", stopReason: "end_turn" }],
    ["preCompact", "nothing", { transcriptPath: "/t", trigger: "auto", customInstructions: "" }],
    ["postToolUse", "start", { ...view, ...result("again") }],
    ["agentStop", "nothing", { transcriptPath: "/t", stopReason: "end_turn" }],
    ["sessionEnd", "nothing", { reason: "complete" }],
  ];
  return rows.map(([event, says, more]) => ({ event, says, payload: { ...common, ...more } }));
}

/** Copilot CLI where its settings name events as Claude Code does. */
function copilotPascal(session: string, folder: string): Moment[] {
  const common = { session_id: session, timestamp: AT, cwd: folder };
  const read = { tool_name: "Read", tool_input: { file_path: `${folder}/${FILE}` } };
  const run = { tool_name: "Bash", tool_input: { command: install(session) } };
  const result = (text: string): object => ({
    tool_result: { result_type: "success", text_result_for_llm: text },
  });
  return named(common, "hook_event_name", [
    ["SessionStart", "start", { source: "startup", initial_prompt: promptOf(session) }],
    // By its fields alone it might as well be another agent's.
    ["UserPromptSubmit", "nothing", { prompt: promptOf(session) }],
    ["PreToolUse", "nothing", read],
    ["PostToolUse", "file", { ...read, ...result("export const hull = 1;") }],
    ["PostToolUse", "nothing", { ...run, ...result(OUTPUT) }],
    ["Stop", "nothing", { stop_reason: "end_turn" }],
  ]);
}

function codex(session: string, folder: string): Moment[] {
  const start = {
    ...{ session_id: session, transcript_path: null, cwd: folder, model: "m" },
    permission_mode: "default",
  };
  const common = { ...start, turn_id: "t1" };
  const patch = `*** Begin Patch\n*** Update File: ${FILE}\n@@\n-a\n+b\n*** End Patch`;
  const edit = { tool_name: "apply_patch", tool_input: { command: patch }, tool_use_id: "u1" };
  const run = { tool_name: "Bash", tool_input: { command: install(session) }, tool_use_id: "u2" };
  return [
    ...named(start, "hook_event_name", [["SessionStart", "start", { source: "startup" }]]),
    ...named(common, "hook_event_name", [
      ["UserPromptSubmit", "nothing", { prompt: promptOf(session) }],
      ["PreToolUse", "file", edit],
      [
        "PostToolUse",
        "nothing",
        { ...edit, tool_response: "Success. Updated the following files" },
      ],
      ["PostToolUse", "nothing", { ...run, tool_response: OUTPUT }],
      ["SubagentStop", "nothing", { agent_id: "a", agent_type: "x", stop_hook_active: false }],
      ["PreCompact", "nothing", { trigger: "auto" }],
    ]),
    ...named(start, "hook_event_name", [["SessionStart", "start", { source: "compact" }]]),
    ...named(common, "hook_event_name", [
      ["Stop", "nothing", { stop_hook_active: false, last_assistant_message: "Welded." }],
    ]),
    // Of its end no more is told.
    {
      ...{ event: "SessionEnd", says: "nothing" },
      payload: {
        ...{ session_id: session, transcript_path: null, cwd: folder },
        ...{ hook_event_name: "SessionEnd", reason: "other" },
      },
    },
  ];
}

function cursor(session: string, folder: string): Moment[] {
  const common = {
    ...{ conversation_id: session, generation_id: "g", model: "m", cursor_version: "3.1.0" },
    ...{ workspace_roots: [folder], user_email: null, transcript_path: null },
  };
  const read = { tool_name: "Read", tool_input: { path: `${folder}/${FILE}` }, tool_use_id: "u1" };
  const input = { command: install(session), cwd: folder };
  const run = { tool_name: "Shell", tool_input: input, tool_use_id: "u2", cwd: folder };
  const output = JSON.stringify({ output: OUTPUT, exitCode: 0 });
  return named(common, "hook_event_name", [
    ["sessionStart", "start", { session_id: session, is_background_agent: false }],
    ["beforeSubmitPrompt", "nothing", { prompt: promptOf(session), attachments: [] }],
    ["preToolUse", "nothing", { ...read, cwd: folder, agent_message: "" }],
    ["postToolUse", "file", { ...read, tool_output: '{"content":"x"}', duration: 3 }],
    ["postToolUse", "nothing", { ...run, tool_output: output, duration: 3 }],
    [
      "postToolUseFailure",
      "nothing",
      { ...run, tool_use_id: "u3", error_message: FAILURE, failure_type: "error" },
    ],
    ["subagentStop", "nothing", { subagent_id: "a", subagent_type: "x", summary: "Done." }],
    ["preCompact", "nothing", { trigger: "auto", is_first_compaction: true }],
    ["postToolUse", "start", { ...read, tool_use_id: "u4", tool_output: "{}" }],
    ["stop", "nothing", { status: "completed", loop_count: 0 }],
    ["sessionEnd", "nothing", { reason: "completed", duration_ms: 9, final_status: "ok" }],
  ]);
}

function gemini(session: string, folder: string): Moment[] {
  const common = {
    ...{ session_id: session, transcript_path: "/t/x.jsonl", cwd: folder, timestamp: AT },
  };
  const read = { tool_name: "read_file", tool_input: { absolute_path: `${folder}/${FILE}` } };
  const run = { tool_name: "run_shell_command", tool_input: { command: install(session) } };
  const result = (text: string): object => ({
    tool_response: { llmContent: text, returnDisplay: text },
  });
  return named(common, "hook_event_name", [
    ["SessionStart", "start", { source: "startup" }],
    ["BeforeAgent", "nothing", { prompt: promptOf(session) }],
    ["BeforeTool", "nothing", read],
    ["AfterTool", "file", { ...read, ...result("export const hull = 1;") }],
    ["AfterTool", "nothing", { ...run, ...result(OUTPUT) }],
    ["PreCompress", "nothing", { trigger: "auto" }],
    ["AfterTool", "start", { ...read, ...result("again") }],
    ["AfterAgent", "nothing", { prompt: "p", prompt_response: "Welded.", stop_hook_active: false }],
    ["SessionEnd", "nothing", { reason: "exit" }],
  ]);
}

/** Devin has the form of Claude Code without a folder, and a word of its own for compaction. */
function devin(session: string): Moment[] {
  const common = { session_id: session, prompt_id: "p1" };
  const file = { file_path: FILE };
  const read = { tool_name: "read", tool_input: file, tool_use_id: "u1" };
  const run = { tool_name: "exec", tool_input: { command: install(session) }, tool_use_id: "u2" };
  const test = { tool_name: "exec", tool_input: { command: "npm test" }, tool_use_id: "u3" };
  const done = (output: string): object => ({
    tool_response: { success: true, output, error: null },
  });
  const failed = { tool_response: { success: false, output: "", error: FAILURE } };
  return named(common, "hook_event_name", [
    ["SessionStart", "start", { source: "startup" }],
    ["UserPromptSubmit", "nothing", { prompt: promptOf(session) }],
    ["PostToolUse", "file", { ...read, ...done("export const hull = 1;") }],
    ["PostToolUse", "nothing", { ...run, ...done(OUTPUT) }],
    ["PostToolUse", "nothing", { ...test, ...failed }],
    ["PostCompaction", "nothing", {}],
    ["PostToolUse", "start", { ...read, tool_use_id: "u4", ...done("again") }],
    ["Stop", "nothing", { stop_hook_active: false, last_assistant_message: "Welded." }],
    ["SessionEnd", "nothing", { reason: "other" }],
  ]);
}

export const FORMATS: readonly Format[] = [
  {
    ...{ name: "claude", agent: "claude-code", isTold: true, hasEnd: true },
    ...{ answer: nested, silence: "", moments: claude },
  },
  {
    ...{ name: "code", agent: "vscode", isTold: true, hasEnd: false },
    ...{ answer: nested, silence: "", moments: code(false) },
  },
  {
    ...{ name: "codedocs", agent: "vscode", isTold: false, hasEnd: false },
    ...{ answer: nested, silence: "", moments: code(true) },
  },
  {
    ...{ name: "copilot", agent: "copilot", isTold: true, hasEnd: true },
    ...{ answer: flat, silence: "", moments: copilot },
  },
  {
    ...{ name: "copilotpascal", agent: "copilot", isTold: true, hasEnd: false },
    ...{ answer: flat, silence: "", moments: copilotPascal },
  },
  {
    ...{ name: "codex", agent: "codex", isTold: true, hasEnd: true },
    ...{ answer: nested, silence: "", moments: codex },
  },
  {
    ...{ name: "cursor", agent: "cursor", isTold: true, hasEnd: true },
    answer: (_, context) => ({ additional_context: context }),
    ...{ silence: "", moments: cursor },
  },
  {
    ...{ name: "gemini", agent: "gemini", isTold: true, hasEnd: true },
    ...{ answer: nested, silence: "{}\n", moments: gemini },
  },
  {
    ...{ name: "devin", agent: "devin", isTold: true, hasEnd: true, answer: nested, silence: "" },
    ...{ moments: devin, env: (folder) => ({ DEVIN_PROJECT_DIR: folder }) },
  },
];
