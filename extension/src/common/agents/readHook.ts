import {
  AGENTS,
  HOOK_EVENTS,
  type AgentName,
  type Hook,
  type HookEvent,
  type HookTool,
} from "./Hook.js";
import { commandLine, shortened } from "./hookInput.js";
import { toolName } from "./toolName.js";

/** What the command line says of a hook: agents leave out what their own readers know. */
export interface HookFlags {
  readonly agent?: string | undefined;
  readonly event?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Agents' own names of events, in lower case and without `_`, where they are not ours. */
const OTHER_EVENTS: Readonly<Record<string, HookEvent>> = {
  userpromptsubmitted: "UserPromptSubmit",
  beforesubmitprompt: "UserPromptSubmit",
  beforeagent: "UserPromptSubmit",
  beforetool: "PreToolUse",
  aftertool: "PostToolUse",
  agentstop: "Stop",
  afteragent: "Stop",
  precompress: "PreCompact",
  // What its model was told is gone in either case.
  postcompaction: "PreCompact",
};

/** Agents that run the hooks in another one's settings too, each in a format of its own. */
const ALSO_RUN_BY: Readonly<Partial<Record<AgentName, readonly AgentName[]>>> = {
  "claude-code": ["vscode", "cursor", "copilot", "devin"],
  copilot: ["vscode"],
  vscode: ["copilot"],
};

const OF_GEMINI = /^(?:Before|After)(?:Agent|Tool|Model)$|^BeforeToolSelection$|^PreCompress$/;

/** Longest key of a session that is believed. */
const MAX_SESSION = 256;

/**
 * What a hook's JSON tells, or `undefined` if it is of no agent that is known, or of nothing that
 * matters here. What the command line says comes first: a payload may name neither agent nor event.
 */
export function readHook(
  payload: unknown,
  flags: HookFlags = {},
  env: Readonly<Record<string, string | undefined>> = {},
): Hook | undefined {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return undefined;
  // An object has only string keys that matter here, and the values stay unknown.
  const fields = payload as Fields;
  const named = text(fields, "hook_event_name", "hookEventName");
  const found = agentOf(fields, named, env);
  const told = AGENTS.find((one) => one === flags.agent);
  const isOfAnother = told && found && ALSO_RUN_BY[told]?.includes(found);
  const agent = isOfAnother ? found : (told ?? found);
  const calledAs = named ?? flags.event ?? (agent === "copilot" ? copilotEvent(fields) : undefined);
  const event = eventOf(calledAs) ?? eventOf(flags.event);
  if (agent === undefined || calledAs === undefined || event === undefined) return undefined;
  const cwd =
    text(fields, "cwd", "workingDirectory", "working_directory") ??
    firstRoot(fields) ??
    (agent === "devin" ? folderOfDevin(env) : undefined);
  const session = sessionOf(fields, agent, cwd);
  if (session === undefined) return undefined;
  return {
    ...{ agent, event, calledAs, session },
    ...some("cwd", cwd),
    ...some("source", text(fields, "source", "trigger", "reason")),
    ...some("prompt", text(fields, "prompt")),
    ...some("message", text(fields, "last_assistant_message", "prompt_response", "response")),
    ...some("tool", event.includes("ToolUse") ? toolOf(fields, event) : undefined),
  };
}

/** The key of a session; early versions of an agent tell none, so that its transcript or folder is one. */
function sessionOf(fields: Fields, agent: AgentName, cwd: string | undefined): string | undefined {
  const names = ["session_id", "sessionId", "conversation_id"];
  const told = names
    .map((name) => fields[name])
    .map((value) => (Number.isFinite(value) ? String(value) : value))
    .find((value) => typeof value === "string" && value.trim() !== "");
  if (typeof told === "string") return told.length > MAX_SESSION ? undefined : told;
  const place = text(fields, "transcript_path", "transcriptPath") ?? cwd;
  return place === undefined ? undefined : `${agent}:${place}`.slice(0, MAX_SESSION);
}

/** Which agent is calling, by what only it sends; the order matters. */
function agentOf(
  fields: Fields,
  event: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): AgentName | undefined {
  const has = (name: string): boolean => name in fields;
  // Agents with formats of their own that look like these.
  if (has("agent_action_name") || (has("event_type") && has("working_directory"))) return undefined;
  if (has("cursor_version") || (has("conversation_id") && has("generation_id"))) return "cursor";
  // A time as ISO text is another agent's.
  const isNumbered = /^\d{10,16}$/.test(String(fields["timestamp"]));
  if (event === undefined) return has("sessionId") && isNumbered ? "copilot" : undefined;
  if (has("hookEventName") && has("sessionId")) return isNumbered ? "copilot" : "vscode";
  if (OF_GEMINI.test(event)) return "gemini";
  const isTold = has("timestamp");
  const isTool = event.includes("ToolUse");
  if (
    has("turn_id") ||
    (!isTold && has("model") && has("permission_mode") && event === "SessionStart")
  )
    return "codex";
  if (!isTold && folderOfDevin(env) !== undefined && !has("cwd") && !has("transcript_path"))
    return has("session_id") ? "devin" : undefined;
  if (!isTold) return has("session_id") ? "claude-code" : undefined;
  if (has("tool_result") || has("initial_prompt") || has("stop_reason")) return "copilot";
  if (isTool && !has("tool_use_id")) return "copilot";
  if (fields["source"] === "new" || (isTool && typeof fields["tool_response"] === "string"))
    return "vscode";
  if (/^(?:SessionStart|SessionEnd|Notification)$/.test(event) && env["GEMINI_SESSION_ID"])
    return "gemini";
  return has("transcript_path") ? "vscode" : undefined;
}

/** The folder that Devin works in, which only its variables tell. */
function folderOfDevin(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env["DEVIN_PROJECT_DIR"] || undefined;
}

function eventOf(name: string | undefined): HookEvent | undefined {
  const plain = name?.replace(/[_-]/g, "").toLowerCase();
  if (plain === undefined) return undefined;
  return (
    HOOK_EVENTS.find((event) => event.toLowerCase() === plain) ??
    (Object.hasOwn(OTHER_EVENTS, plain) ? OTHER_EVENTS[plain] : undefined)
  );
}

/** The event of a payload that does not name it, by its fields. */
function copilotEvent(fields: Fields): string | undefined {
  const has = (name: string): boolean => name in fields;
  if (has("transformedPrompt")) return undefined;
  if (has("toolResult")) return "postToolUse";
  if (has("toolName")) return has("error") ? "postToolUseFailure" : "preToolUse";
  if (has("prompt")) return "userPromptSubmitted";
  if (has("source")) return "sessionStart";
  if (has("trigger")) return "preCompact";
  if (has("stopReason")) return has("agentId") ? "subagentStop" : "agentStop";
  return has("reason") ? "sessionEnd" : undefined;
}

function toolOf(fields: Fields, event: HookEvent): HookTool | undefined {
  const name = text(fields, "tool_name", "toolName");
  if (name === undefined || name === "") return undefined;
  const told = fields["tool_input"] ?? fields["toolInput"] ?? fields["toolArgs"];
  const input = shortened(commandLine(parsed(told)));
  const id = text(fields, "tool_use_id", "toolUseId");
  const response = event === "PreToolUse" ? undefined : shortened(responseOf(fields, event));
  return { name: toolName(name), input, ...some("response", response), ...some("id", id) };
}

function responseOf(fields: Fields, event: HookEvent): unknown {
  const failure = text(fields, "error", "error_message");
  if (event === "PostToolUseFailure") return { error: failure ?? "", is_error: true };
  const result = fields["toolResult"] ?? fields["tool_result"];
  if (isObject(result)) {
    const said = text(result, "textResultForLlm", "text_result_for_llm") ?? "";
    const type = text(result, "resultType", "result_type") ?? "success";
    return type === "success" ? said : { error: said, is_error: true };
  }
  const told = fields["tool_response"] ?? fields["toolResponse"] ?? fields["tool_output"];
  const response = parsed(told ?? result);
  if (!isObject(response)) return response;
  const { success, output, error } = response;
  if (typeof success === "boolean" && typeof output === "string" && error !== undefined)
    return success
      ? output
      : { error: `${output}\n${text(response, "error") ?? ""}`.trim(), is_error: true };
  if (!("llmContent" in response)) return response;
  const said = partsOf(response["llmContent"]);
  return error === undefined ? said : { error: said, is_error: true };
}

/** What a model reads of an output: a text, or some in a list. */
function partsOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts = Array.isArray(content) ? (content as unknown[]) : [content];
  return parts
    .map((part) =>
      isObject(part) ? (text(part, "text") ?? "") : typeof part === "string" ? part : "",
    )
    .join("");
}

/** JSON that came as a text; any other text as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function firstRoot(fields: Fields): string | undefined {
  const roots = fields["workspace_roots"];
  const [first] = Array.isArray(roots) ? (roots as unknown[]) : [];
  return typeof first === "string" ? first : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** An object with the field only if there is a value, as exact optional fields want it. */
function some<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  // The computed key has exactly this name, which the compiler widens to `string`.
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}
