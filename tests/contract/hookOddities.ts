/**
 * Inputs that agents send although no documentation says so: by older and newer versions, other
 * shells and systems, and other runtimes. One row for each, with what is to be found afterwards.
 */
import type { AgentName } from "../../extension/src/common/agents/Hook.js";

/** One input of a hook. */
export interface Oddity {
  readonly agent: AgentName;
  /** The event as the agent's settings name it, which the command line tells. */
  readonly event: string;
  /** What is odd about it. */
  readonly what: string;
  readonly input: string | Buffer | object;
  /** Whether the command line leaves out agent and event. */
  readonly isUntold?: boolean;
  /** Words by which something must be found afterwards; nothing if nothing can be kept. */
  readonly finds?: string;
}

const BOM = "\ufeff";

/** Where the tool's whole output would fill the memory of most programs. */
const HUGE = 20 * 1024 * 1024;

/** All of them; each says another word, and none but what `finds` says is kept of it. */
export function oddities(folder: string): Oddity[] {
  const install = (name: string): object => ({ command: `npm install ${name}` });
  const claude = (name: string, more: object = {}): object => ({
    ...{ session_id: name, transcript_path: "/t", cwd: folder, hook_event_name: "PostToolUse" },
    ...{ tool_name: "Bash", tool_input: install(name), tool_use_id: name },
    ...{ tool_response: { stdout: "added 1 package", stderr: "" }, ...more },
  });
  const text = (name: string, more: object = {}): string => JSON.stringify(claude(name, more));
  const code = (name: string, more: object = {}): object => ({
    ...{ timestamp: "2026-01-31T09:00:00.000Z", session_id: name, transcript_path: "/t" },
    ...{ cwd: folder, hook_event_name: "PostToolUse", tool_name: "run_in_terminal" },
    ...{ tool_input: install(name), tool_response: "added 1 package", tool_use_id: name, ...more },
  });
  const copilot = (name: string, more: object = {}): object => ({
    ...{ sessionId: name, timestamp: 1_769_850_000_000, cwd: folder, toolName: "bash" },
    ...{ toolArgs: JSON.stringify(install(name)) },
    ...{ toolResult: { resultType: "success", textResultForLlm: "added 1 package" }, ...more },
  });
  const codex = (name: string, more: object = {}): object => ({
    ...{ session_id: name, transcript_path: null, cwd: folder, model: "m", turn_id: "t1" },
    ...{ permission_mode: "default", hook_event_name: "PostToolUse", tool_name: "Bash" },
    ...{ tool_input: install(name), tool_response: "added 1 package", tool_use_id: name, ...more },
  });
  const cursor = (name: string, more: object = {}): object => ({
    ...{ conversation_id: name, generation_id: "g", cursor_version: "3.1.0", model: "m" },
    ...{ workspace_roots: [folder], hook_event_name: "postToolUse", tool_name: "Shell" },
    ...{ tool_input: install(name), tool_use_id: name, duration: 3 },
    ...{ tool_output: JSON.stringify({ output: "added 1 package", exitCode: 0 }), ...more },
  });
  const gemini = (name: string, more: object = {}): object => ({
    ...{ session_id: name, transcript_path: "/t", cwd: folder, hook_event_name: "AfterTool" },
    ...{ timestamp: "2026-01-31T09:00:00.000Z", tool_name: "run_shell_command" },
    ...{ tool_input: install(name), tool_response: { llmContent: "added 1 package" }, ...more },
  });
  /** A row of an agent: what is found is found by the name that the input was made of. */
  const row =
    (agent: AgentName, event: string, make: (name: string) => Oddity["input"]) =>
    (name: string, what: string, more: Partial<Oddity> = {}): Oddity => ({
      ...{ agent, event, what, input: make(name), finds: name, ...more },
    });
  const nothing = { finds: "" };
  const gone = { cwd: `${folder}/gone` };
  const windows = { cwd: "C:\\Users\\ann\\shop" };
  const camel = (name: string): object => ({
    ...{ sessionId: name, hookEventName: "PostToolUse", cwd: folder, toolUseId: name },
    ...{ toolName: "Bash", toolInput: install(name), toolResponse: { stdout: "added 1 package" } },
  });
  const nameless = (payload: object): object => ({ ...payload, hook_event_name: undefined });
  const sessionless = (payload: object): object => ({
    ...{ ...payload, session_id: undefined, sessionId: undefined, conversation_id: undefined },
  });
  const half = (payload: object): string => JSON.stringify(payload).slice(0, 200);
  const prompt = (name: string): object => ({ prompt: `Tar the ${name}`, tool_name: undefined });
  const utf16 = (payload: object, isBig: boolean, mark = BOM): Buffer => {
    const bytes = Buffer.from(mark + JSON.stringify(payload), "utf16le");
    return isBig ? bytes.swap16() : bytes;
  };
  const of = {
    claude: (make: (name: string) => Oddity["input"], event = "PostToolUse") =>
      row("claude-code", event, make),
    code: (make: (name: string) => Oddity["input"], event = "PostToolUse") =>
      row("vscode", event, make),
    copilot: (make: (name: string) => Oddity["input"], event = "postToolUse") =>
      row("copilot", event, make),
    codex: (make: (name: string) => Oddity["input"], event = "PostToolUse") =>
      row("codex", event, make),
    cursor: (make: (name: string) => Oddity["input"], event = "postToolUse") =>
      row("cursor", event, make),
    gemini: (make: (name: string) => Oddity["input"], event = "AfterTool") =>
      row("gemini", event, make),
  };
  return [
    of.claude(camel)("adze", "fields in the other casing"),
    of.claude((name) => nameless(claude(name)))("awl", "no name of an event"),
    of.claude((name) => BOM + text(name))("auger", "a mark of its encoding"),
    of.claude((name) => utf16(claude(name), false))("anvil", "UTF-16"),
    of.claude((name) => utf16(claude(name), true))("bradawl", "UTF-16 of the other order"),
    of.claude((name) => utf16(claude(name), false, ""))("bodkin", "UTF-16 without its mark"),
    of.claude((name) => half(claude(name)))("burin", "half of it", nothing),
    of.claude((name) => [claude(name)])("chisel", "a list", nothing),
    of.claude((name) => `\r\n\t${text(name)}\r\n\0`)("caliper", "space and a zero around it"),
    of.claude((name) => text(name, { tool_response: { stdout: "cog ".repeat(HUGE / 4) } }))(
      ...(["clamp", "20 MiB of output"] as const),
    ),
    of.claude((name) => claude(name, { session_id: 4711 }))("crowbar", "a number as session"),
    of.claude((name) => sessionless(claude(name)))("drill", "no session"),
    of.claude((name) => claude(name, gone))("dowel", "a folder that is gone"),
    of.claude((name) => claude(name, { cwd: undefined }))("edger", "no folder"),
    of.claude((name) => claude(name, windows))("file", "a folder of Windows", {
      finds: "file",
    }),
    of.claude((name) => claude(name, { tool_name: "Frobnicate", tool_input: { a: [name] } }))(
      ...(["froe", "a tool that nobody knows", nothing] as const),
    ),
    of.claude((name) => claude(name, { tool_input: null, tool_response: null }))(
      ...(["gimlet", "a tool without input", nothing] as const),
    ),
    of.claude((name) => Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(text(name))]))(
      ...(["gauge", "bytes of no encoding", nothing] as const),
    ),
    of.claude((name) => nameless(claude(name, prompt(name))), "UserPromptSubmit")(
      "gavel",
      "event by flag",
    ),
    of.code((name) => code(name, { tool_input: JSON.stringify(install(name)) }))(
      ...(["hacksaw", "input as a text of JSON"] as const),
    ),
    of.code((name) => code(name, { tool_response: [{ value: "added 1 package" }] }))(
      ...(["hammer", "output in parts"] as const),
    ),
    of.code((name) => code(name, { sessionId: name, hookEventName: "PostToolUse" }))(
      ...(["hatchet", "both casings at once"] as const),
    ),
    of.code((name) => nameless(code(name)))("hoe", "no name of an event"),
    of.code((name) => code(name, { hook_event_name: "post-tool-use" }))(
      ...(["jigsaw", "another spelling of the event"] as const),
    ),
    of.code((name) => copilot(name))("jack", "the form of the agent host"),
    of.code((name) => code(name, gone))("ladle", "a folder that is gone"),
    of.copilot((name) => copilot(name, { timestamp: "1769850000000" }))(
      ...(["lathe", "a time as a text"] as const),
    ),
    of.copilot((name) => copilot(name, { timestamp: "1769850000000" }))(
      ...(["level", "a time as a text, and nothing told", { isUntold: true }] as const),
    ),
    of.copilot((name) => sessionless(copilot(name)))("loppers", "no session, as early versions"),
    of.copilot((name) => copilot(name, { toolArgs: install(name) }))(
      "mallet",
      "input not in a text",
    ),
    of.copilot((name) => copilot(name, { toolResult: "added 1 package" }))(
      ...(["mattock", "output as a text"] as const),
    ),
    of.copilot((name) => half(copilot(name)))("needle", "half of it", nothing),
    of.copilot((name) => utf16(copilot(name), false))("nipper", "UTF-16, as PowerShell pipes"),
    of.codex((name) => codex(name, { tool_input: { command: ["npm", "install", name] } }))(
      ...(["pestle", "a command in words"] as const),
    ),
    of.codex((name) =>
      codex(name, { tool_input: { command: ["bash", "-lc", `npm install ${name}`] } }),
    )("peen", "a command of a shell in words"),
    of.codex((name) =>
      codex(name, {
        tool_response: JSON.stringify({ output: "added", metadata: { exit_code: 0 } }),
      }),
    )("pickaxe", "output as a text of JSON"),
    of.codex((name) => nameless(codex(name, prompt(name))), "UserPromptSubmit")(
      "plane",
      "event by flag",
    ),
    of.codex(
      (name) => ({ type: "agent-turn-complete", "turn-id": name }),
      "Stop",
    )(...(["plumb", "what its older program is told", nothing] as const)),
    of.cursor((name) => cursor(name, { workspace_roots: [] }))("pliers", "no folder"),
    of.cursor((name) => cursor(name, { workspace_roots: ["/c:/shop", folder] }))(
      ...(["punch", "a folder of Windows as an address"] as const),
    ),
    of.cursor((name) => cursor(name, { tool_output: "added 1 package" }))(
      ...(["rasp", "output that is no JSON"] as const),
    ),
    of.cursor((name) => cursor(name, { conversation_id: undefined, session_id: name }))(
      ...(["reamer", "the session by its other name"] as const),
    ),
    of.cursor((name) => claude(name))("router", "hooks of another agent that it runs"),
    of.cursor((name) => half(cursor(name)))("sander", "half of it", nothing),
    of.gemini((name) => gemini(name, { tool_response: { llmContent: [{ text: "added" }] } }))(
      ...(["scythe", "output in parts"] as const),
    ),
    of.gemini((name) => gemini(name, { tool_response: "added 1 package" }))(
      ...(["shears", "output as a text"] as const),
    ),
    of.gemini((name) => nameless(gemini(name)))("sickle", "no name of an event"),
    of.gemini((name) => [gemini(name)])("spade", "a list", nothing),
    of.gemini((name) => half(gemini(name)))("square", "half of it", nothing),
    of.gemini((name) =>
      gemini(name, { tool_name: "mcp_x_y", tool_input: { deep: { er: [name] } } }),
    )(...(["tongs", "a tool of a server, with nested input", nothing] as const)),
    of.gemini(
      (name) => gemini(name, { ...prompt(name), hook_event_name: "BeforeAgent" }),
      "BeforeAgent",
    )(...(["trowel", "a prompt beside fields of a tool"] as const)),
  ];
}
