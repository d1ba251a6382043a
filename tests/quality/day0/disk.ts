/**
 * The disk of a made-up developer: sessions with five agents in the files that these keep, each in
 * its own form. What is asked about stands in `sessions.jsonl`; the invented working days of the
 * set `workdays` lie between them, so that there is something to find the right thing among.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What an assistant did or said before its last words. */
type Step =
  | { readonly run: string; readonly out: string; readonly fails?: boolean }
  | { readonly edit: string; readonly old: string; readonly new: string }
  | { readonly read: string }
  | { readonly say: string };

interface Turn {
  readonly ask: string;
  readonly steps: readonly Step[];
  /** The last words of the assistant. */
  readonly say: string;
}

/** A line of `sessions.jsonl`. */
export interface Session {
  readonly key: string;
  readonly agent: Agent;
  /** The name of the folder that was worked in. */
  readonly project: string;
  /** From 1; the first is that of {@link BEGIN}. */
  readonly day: number;
  readonly turns: readonly Turn[];
}

/** The agents of the disk, as importers name them. */
export const AGENTS = ["claude-code", "codex", "copilot-cli", "gemini", "editor-chat"] as const;
export type Agent = (typeof AGENTS)[number] | "cursor-agent";

const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 5, 9);

/** When the questions are asked. */
export const NOW = BEGIN + 40 * DAY_MS;

const MINUTE_MS = 60_000;

/** A use of a tool, as an agent names it. */
interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: string;
  readonly fails: boolean;
}

/** Which tools an agent has, and what their fields are called. */
const TOOLS: Readonly<Record<Agent, (step: Exclude<Step, { say: string }>) => Call>> = {
  "claude-code": calls("Bash", "Edit", "Read", ["file_path", "old_string", "new_string"]),
  codex: (step) => {
    const { input, output, fails } = calls("shell", "apply_patch", "shell", ["path"])(step);
    if ("edit" in step) {
      const patch = `*** Begin Patch\n*** Update File: ${step.edit}\n@@\n-${step.old}\n+${step.new}\n*** End Patch`;
      return { name: "apply_patch", input: { input: patch }, output: "Done", fails };
    }
    const command = "run" in step ? step.run : `cat ${String(input["path"])}`;
    return { name: "shell", input: { command: ["bash", "-lc", command] }, output, fails };
  },
  "copilot-cli": calls("bash", "edit", "view", ["path", "old_str", "new_str"]),
  gemini: calls("run_shell_command", "replace", "read_file", [
    ...["file_path", "old_string", "new_string"],
  ]),
  "cursor-agent": calls("run_terminal_cmd", "edit_file", "read_file", [
    ...["target_file", "old_string", "new_string"],
  ]),
  "editor-chat": calls("run_in_terminal", "replace_string_in_file", "read_file", [
    ...["filePath", "oldString", "newString"],
  ]),
};

function calls(
  run: string,
  edit: string,
  read: string,
  [path = "", before = "", after = ""]: readonly string[],
): (step: Exclude<Step, { say: string }>) => Call {
  return (step) => {
    if ("run" in step) {
      const { out, fails = false } = step;
      return { name: run, input: { command: step.run }, output: out, fails };
    }
    if ("read" in step)
      return { name: read, input: { [path]: step.read }, output: "…", fails: false };
    const input = { [path]: step.edit, [before]: step.old, [after]: step.new };
    return { name: edit, input, output: "Done", fails: false };
  };
}

/** The planted sessions and the invented days among them. */
export function sessionsOfDisk(): Session[] {
  const planted = linesOf(join(import.meta.dirname, "sessions.jsonl")) as Session[];
  return [...planted, ...days()];
}

/** Writes sessions below a home folder; the projects are empty folders in it. */
export function writeDisk(home: string, sessions: readonly Session[]): void {
  const projects = [...new Set(sessions.map(({ project }) => project))];
  mkdirSync(join(home, ".gemini"), { recursive: true });
  const roots = Object.fromEntries(projects.map((project) => [join(home, project), project]));
  writeFileSync(join(home, ".gemini/projects.json"), JSON.stringify({ projects: roots }));
  for (const session of sessions) {
    const cwd = join(home, session.project);
    mkdirSync(cwd, { recursive: true });
    const [path, text] = WRITERS[session.agent](session, cwd, new Clock(session));
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (session.agent === "editor-chat")
      writeFileSync(
        join(dirname(dirname(file)), "workspace.json"),
        JSON.stringify({ folder: `file://${cwd}` }),
      );
  }
}

export function linesOf(file: string): unknown[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as unknown);
}

/** Times and ids within a session. */
class Clock {
  #minutes = 0;
  readonly #begin: number;
  readonly #key: string;

  constructor({ key, day }: Session) {
    this.#begin = BEGIN + (day - 1) * DAY_MS;
    this.#key = key;
  }

  next(): { at: number; timestamp: string; id: string } {
    this.#minutes += 1;
    const at = this.#begin + this.#minutes * MINUTE_MS;
    const id = `${this.#key}-${this.#minutes}`;
    return { at, timestamp: new Date(at).toISOString(), id };
  }
}

type Writer = (session: Session, cwd: string, clock: Clock) => readonly [string, string];

const WRITERS: Readonly<Record<Agent, Writer>> = {
  "claude-code": (session, cwd, clock) => {
    const line = (type: string, content: unknown): object => {
      const { timestamp, id } = clock.next();
      const of = { uuid: id, sessionId: session.key, cwd, timestamp, isSidechain: false };
      return { type, ...of, message: { role: type, content } };
    };
    const lines = session.turns.flatMap(({ ask, steps, say }) => [
      line("user", ask),
      ...steps.flatMap((step) => {
        if ("say" in step) return [line("assistant", [{ type: "text", text: step.say }])];
        const { name, input, output, fails } = TOOLS["claude-code"](step);
        const { id } = clock.next();
        const result = { type: "tool_result", tool_use_id: id, content: output, is_error: fails };
        return [line("assistant", [{ type: "tool_use", id, name, input }]), line("user", [result])];
      }),
      line("assistant", [{ type: "text", text: say }]),
    ]);
    return [`.claude/projects/-${session.project}/${session.key}.jsonl`, jsonl(lines)];
  },
  codex: (session, cwd, clock) => {
    const line = (type: string, payload: object): object => ({
      ...{ timestamp: clock.next().timestamp, type, payload },
    });
    const said = (role: string, text: string): object =>
      line("response_item", {
        ...{ type: "message", role },
        content: [{ type: role === "user" ? "input_text" : "output_text", text }],
      });
    const lines = session.turns.flatMap(({ ask, steps, say }) => [
      line("turn_context", { turn_id: clock.next().id, cwd }),
      said("user", ask),
      ...steps.flatMap((step) => {
        if ("say" in step) return [said("assistant", step.say)];
        const { name, input, output, fails } = TOOLS.codex(step);
        const call_id = clock.next().id;
        const told = JSON.stringify({ output, metadata: { exit_code: fails ? 1 : 0 } });
        const isPatch = name === "apply_patch";
        const kind = isPatch ? "custom_tool_call" : "function_call";
        const given = isPatch ? input : { arguments: JSON.stringify(input) };
        return [
          line("response_item", { type: kind, name, call_id, ...given }),
          line("response_item", { type: `${kind}_output`, call_id, output: told }),
        ];
      }),
      said("assistant", say),
    ]);
    const day = new Date(BEGIN + (session.day - 1) * DAY_MS).toISOString().slice(0, 10);
    const path = `.codex/sessions/${day.replaceAll("-", "/")}/rollout-${day}-${session.key}.jsonl`;
    return [path, jsonl([line("session_meta", { id: session.key, cwd }), ...lines])];
  },
  "copilot-cli": (session, cwd, clock) => {
    const event = (type: string, data: object): object => {
      const { timestamp, id } = clock.next();
      return { type, data, id, timestamp };
    };
    const lines = session.turns.flatMap(({ ask, steps, say }) => [
      event("user.message", { content: ask }),
      ...steps.flatMap((step) => {
        if ("say" in step) return [event("assistant.message", { content: step.say })];
        const { name, input, output, fails } = TOOLS["copilot-cli"](step);
        const toolCallId = clock.next().id;
        return [
          event("tool.execution_start", { toolCallId, toolName: name, arguments: input }),
          event("tool.execution_complete", {
            ...{ toolCallId, success: !fails, result: { content: output } },
          }),
        ];
      }),
      event("assistant.message", { content: say }),
    ]);
    const start = event("session.start", { sessionId: session.key, context: { cwd } });
    return [`.copilot/session-state/${session.key}/events.jsonl`, jsonl([start, ...lines])];
  },
  gemini: (session, _, clock) => {
    const message = (type: string, content: string, more: object = {}): object => {
      const { timestamp, id } = clock.next();
      return { id, timestamp, type, content, ...more };
    };
    const lines = session.turns.flatMap(({ ask, steps, say }) => [
      message("user", ask),
      ...steps.map((step) => {
        if ("say" in step) return message("gemini", step.say);
        const { name, input: args, output, fails } = TOOLS.gemini(step);
        const { id, timestamp } = clock.next();
        const result = [{ functionResponse: { id, name, response: { output } } }];
        const status = fails ? "error" : "success";
        const call = { id, name, args, result, status, timestamp };
        return message("gemini", "", { toolCalls: [call] });
      }),
      message("gemini", say),
    ]);
    const meta = { sessionId: session.key, kind: "main", startTime: clock.next().timestamp };
    const folder = `.gemini/tmp/${session.project}`;
    return [`${folder}/chats/session-${session.key}.jsonl`, jsonl([meta, ...lines])];
  },
  "cursor-agent": (session) => {
    const line = (role: string, content: readonly object[]): object => ({
      ...{ role, message: { content } },
    });
    const text = (said: string): object => ({ type: "text", text: said });
    const lines = session.turns.flatMap(({ ask, steps, say }) => [
      line("user", [text(`<user_query>\n${ask}\n</user_query>`)]),
      ...steps.map((step) => {
        if ("say" in step) return line("assistant", [text(step.say)]);
        const { name, input } = TOOLS["cursor-agent"](step);
        return line("assistant", [{ type: "tool_use", name, input }]);
      }),
      line("assistant", [text(say)]),
    ]);
    const folder = `.cursor/projects/${session.project}/agent-transcripts/${session.key}`;
    return [`${folder}/${session.key}.jsonl`, jsonl(lines)];
  },
  "editor-chat": (session, _, clock) => {
    const requests = session.turns.map(({ ask, steps, say }) => {
      const { at, id } = clock.next();
      const response: object[] = [];
      const toolCalls: object[] = [];
      for (const step of steps) {
        if ("say" in step) {
          response.push({ value: step.say });
          continue;
        }
        const { name, input, output } = TOOLS["editor-chat"](step);
        const call = clock.next().id;
        toolCalls.push({ id: call, name, arguments: JSON.stringify(input) });
        const resultDetails = { output: [{ type: "embed", value: output }] };
        response.push({
          ...{ kind: "toolInvocationSerialized", toolId: name, toolCallId: call, resultDetails },
        });
      }
      response.push({ value: say });
      const metadata = { toolCallRounds: [{ response: "", toolCalls }] };
      const message = { text: ask, parts: [] };
      return { requestId: id, timestamp: at, message, response, result: { metadata } };
    });
    const state = { version: 3, sessionId: session.key, requests };
    const folder = `.config/Code/User/workspaceStorage/${session.project}`;
    return [`${folder}/chatSessions/${session.key}.jsonl`, jsonl([{ kind: 0, v: state }])];
  },
};

function jsonl(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** A line of `sets/workdays.turns.jsonl`. */
interface Said {
  readonly session: string;
  readonly day: number;
  readonly who: "developer" | "assistant";
  readonly text: string;
}

const PROJECTS = ["tidepool", "ledgerly", "mapmint"];

/** The invented working days, as sessions of the five agents in turn. */
function days(): Session[] {
  const sessions = new Map<string, Said[]>();
  const file = join(import.meta.dirname, "../sets/workdays.turns.jsonl");
  for (const said of linesOf(file) as Said[])
    sessions.set(said.session, [...(sessions.get(said.session) ?? []), said]);
  return [...sessions].map(([key, said], number): Session => {
    const turns: { ask: string; steps: Step[]; say: string }[] = [];
    for (const { who, text } of said) {
      const last = turns.at(-1);
      if (who === "developer") turns.push({ ask: text, steps: [], say: "" });
      else if (last !== undefined) last.say = last.say === "" ? text : `${last.say}\n\n${text}`;
    }
    const agent = AGENTS[number % AGENTS.length] ?? "claude-code";
    const project = PROJECTS[number % PROJECTS.length] ?? "";
    return { key, agent, project, day: said[0]?.day ?? 1, turns };
  });
}
