import type { Project } from "recollect-wasm";
import { isDenied } from "../capture/deniedFiles.js";
import type { Memories } from "../memories/Memories.js";
import { fileLines } from "../recall/fileLines.js";
import { workContext } from "../recall/workContext.js";
import { contextToolText } from "../tools/toolText.js";
import type { Hook, HookTool } from "./Hook.js";
import { restartsAfterCompaction, takesContext } from "./hookAnswer.js";
import { fileOf } from "./hookFile.js";

/** What following an agent's work needs of its host. */
export interface HookPorts {
  readonly memories: Memories;
  /** Tells the endpoints for hooks of other programs, which keep what is worth keeping. */
  readonly tell: (path: string, body: object) => Promise<void>;
  readonly projectOf: (folder: string) => Promise<Project>;
  /** The root of the working tree that a folder is in, in every spelling. */
  readonly rootsOf: (folder: string) => Promise<readonly string[]>;
  /** A file as memories name it: from the root of the repository; nothing for one outside. */
  readonly fileName: (folder: string, path: string) => Promise<string | undefined>;
  /** Whether anything of a folder's sessions may be stored now. */
  readonly mayRecord: (folder: string | undefined) => Promise<boolean>;
  /** Whether assistants may use the memories. */
  readonly mayRecall: () => Promise<boolean>;
}

/** About how much a session is told as it begins: agents cut at 10,000 characters. */
const START_TOKENS = 1_800;

/** The same hook comes twice where an agent reads two settings that name it. */
const TWICE_MS = 3_000;

/** Sessions whose state is known at the same time. */
const MAX_SESSIONS = 200;

/** What is known of a session under way. */
interface SessionState {
  /** Files that its model was told about. */
  readonly told: Set<string>;
  /** Whether its model has lost what it was told at the start. */
  isStartDue: boolean;
}

/** Keeps what agents' hooks tell, and says what their models should know. */
export class HookWork {
  readonly #ports: HookPorts;
  readonly #sessions = new Map<string, SessionState>();
  readonly #seen = new Map<string, number>();

  constructor(ports: HookPorts) {
    this.#ports = ports;
  }

  /** Does what a hook is for; gives what the agent's model should read, if anything. */
  async handle(hook: Hook, now = Date.now()): Promise<string | undefined> {
    if (this.#isSecond(hook, now)) return undefined;
    const state = this.#stateOf(hook.session);
    if (hook.event === "PreCompact") {
      state.told.clear();
      state.isStartDue = !restartsAfterCompaction(hook);
    }
    // Nothing of what follows is waited for twice.
    const [context] = await Promise.all([this.#context(hook, state), this.#record(hook)]);
    if (hook.event === "SessionEnd") this.#sessions.delete(hook.session);
    return context;
  }

  async #context(hook: Hook, state: SessionState): Promise<string | undefined> {
    const { cwd, event, tool } = hook;
    if (cwd === undefined || !takesContext(hook) || !(await this.#ports.mayRecall())) {
      return undefined;
    }
    const project = await this.#ports.projectOf(cwd);
    if (event === "SessionStart" || state.isStartDue) {
      state.isStartDue = false;
      return this.#start(project);
    }
    // An agent that takes nothing before a use of a tool is told after it.
    const isOwnMoment = event === "PreToolUse" || !takesContext({ ...hook, event: "PreToolUse" });
    return tool === undefined || !isOwnMoment || event === "UserPromptSubmit"
      ? undefined
      : this.#aboutFile(project, cwd, fileOf(tool), state);
  }

  async #start(project: Project): Promise<string | undefined> {
    const { memories } = this.#ports;
    const known = await workContext(memories, { project, files: [], maxTokens: START_TOKENS });
    return known.text === "" ? undefined : contextToolText(known, project.name);
  }

  async #aboutFile(
    project: Project,
    cwd: string,
    path: string | undefined,
    { told }: SessionState,
  ): Promise<string | undefined> {
    if (path === undefined) return undefined;
    const file = await this.#ports.fileName(cwd, path);
    if (file === undefined || told.has(file) || isDenied(file)) return undefined;
    told.add(file);
    const lines = await fileLines(this.#ports.memories, project, file);
    return lines.length === 0 ? undefined : lines.join("\n");
  }

  async #record(hook: Hook): Promise<void> {
    const { event, session, cwd, agent, prompt, message, tool } = hook;
    const { tell } = this.#ports;
    if (!(await this.#ports.mayRecord(cwd))) return;
    const common = {
      claudeSessionId: session,
      platformSource: agent,
      ...(cwd === undefined ? {} : { cwd }),
    };
    switch (event) {
      case "UserPromptSubmit":
        if (prompt !== undefined) await tell("/api/sessions/init", { ...common, prompt });
        return;
      case "PostToolUse":
      case "PostToolUseFailure":
        if (tool === undefined) return;
        await tell("/api/sessions/observations", {
          ...common,
          tool_name: tool.name,
          tool_input: tool.input ?? {},
          tool_response: tool.response ?? "",
        });
        if (event === "PostToolUse") await this.#noteCommand(hook, tool);
        return;
      case "Stop":
      case "SubagentStop":
      case "PreCompact":
        await tell("/api/sessions/summarize", {
          ...common,
          // What a subagent says last is told to the main one, which is asked about it.
          ...(event === "Stop" && message !== undefined ? { last_assistant_message: message } : {}),
        });
        return;
      case "SessionEnd":
        await tell("/api/sessions/session-end", common);
        return;
      default:
    }
  }

  /** A command that worked is known to every later session; the module decides which is one. */
  async #noteCommand({ session, cwd }: Hook, { name, input, response }: HookTool): Promise<void> {
    if (cwd === undefined) return;
    const [project, roots] = await Promise.all([
      this.#ports.projectOf(cwd),
      this.#ports.rootsOf(cwd),
    ]);
    const use = { name, input, response: response ?? "", cwd, roots: [...roots] };
    await this.#ports.memories.commandWorked(use, { project, provenance: "tool", session });
  }

  #stateOf(session: string): SessionState {
    const known = this.#sessions.get(session) ?? { told: new Set(), isStartDue: false };
    this.#sessions.delete(session);
    this.#sessions.set(session, known);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return known;
  }

  /** Whether the same was told a moment ago. */
  #isSecond({ session, event, tool, prompt, source }: Hook, now: number): boolean {
    for (const [key, at] of this.#seen) if (now - at > TWICE_MS) this.#seen.delete(key);
    const what = tool?.id ?? prompt ?? (tool === undefined ? source : JSON.stringify(tool));
    const key = JSON.stringify([session, event, what]);
    if (this.#seen.has(key)) return true;
    this.#seen.set(key, now);
    return false;
  }
}
