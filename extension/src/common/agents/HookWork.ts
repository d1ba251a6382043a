import type { Project } from "recollect-wasm";
import { isDenied } from "../capture/deniedFiles.js";
import type { Memories } from "../memories/Memories.js";
import { fileLines } from "../recall/fileLines.js";
import { workContext } from "../recall/workContext.js";
import { contextToolText } from "../tools/toolText.js";
import type { Hook, HookTool } from "./Hook.js";
import { takesContext } from "./hookAnswer.js";
import { filesOf } from "./hookFile.js";
import { HookSessions, type KeptText, type SessionState } from "./HookSessions.js";

/** What following an agent's work needs of its host. */
export interface HookPorts {
  readonly memories: Memories;
  /** Tells the endpoints for hooks of other programs, which keep what is worth keeping; gives the answer. */
  readonly tell: (path: string, body: object) => Promise<unknown>;
  readonly projectOf: (folder: string) => Promise<Project>;
  /** The root of the working tree that a folder is in, in every spelling. */
  readonly rootsOf: (folder: string) => Promise<readonly string[]>;
  /** A file as memories name it: from the root of the repository; nothing for one outside. */
  readonly fileName: (folder: string, path: string) => Promise<string | undefined>;
  /** Whether anything of a folder's sessions may be stored now. */
  readonly mayRecord: (folder: string | undefined) => Promise<boolean>;
  /** Whether assistants may use the memories. */
  readonly mayRecall: () => Promise<boolean>;
  /** Keeps what is known of sessions for the process that follows this one. */
  readonly kept?: KeptText;
}

/** About how much a session is told as it begins: agents cut at 10,000 characters. */
const START_TOKENS = 1_800;

/** Files of one use of a tool that its model is told about; a patch may change many. */
const FILES_AT_ONCE = 3;

/** The same hook comes twice where an agent reads two settings that name it. */
const TWICE_MS = 3_000;

/** Keeps what agents' hooks tell, and says what their models should know. */
export class HookWork {
  readonly #ports: HookPorts;
  readonly #sessions: HookSessions;
  readonly #seen = new Map<string, number>();

  constructor(ports: HookPorts) {
    this.#ports = ports;
    this.#sessions = new HookSessions(ports.kept);
  }

  /** Does what a hook is for; gives what the agent's model should read, if anything. */
  async handle(hook: Hook, now = Date.now()): Promise<string | undefined> {
    if (this.#isSecond(hook, now)) return undefined;
    const state = await this.#sessions.of(hook.session);
    // What is resumed has what it was told.
    if (hook.event === "SessionStart" && hook.source !== "resume") state.told.clear();
    if (hook.event === "PreCompact") {
      state.told.clear();
      // Some agents start the session anew then, others do not, and one only on some systems.
      state.isStartDue = true;
      this.#sessions.changed();
    }
    // Nothing of what follows is waited for twice.
    const [context] = await Promise.all([this.#context(hook, state), this.#record(hook, state)]);
    if (hook.event === "SessionEnd") await this.#sessions.end(hook.session);
    return context;
  }

  /** The agent had stopped waiting for what a hook of it was to be told. */
  async wasLate({ event, session }: Hook): Promise<void> {
    if (event !== "SessionStart") return;
    (await this.#sessions.of(session)).isStartDue = true;
    this.#sessions.changed();
  }

  /** Resolves once the next process can know what this one does. */
  settled(): Promise<void> {
    return this.#sessions.settled();
  }

  async #context(hook: Hook, state: SessionState): Promise<string | undefined> {
    const { cwd, event, tool } = hook;
    if (cwd === undefined || !takesContext(hook) || !(await this.#ports.mayRecall())) {
      return undefined;
    }
    const project = await this.#ports.projectOf(cwd);
    if (event === "SessionStart" || state.isStartDue) {
      if (state.isStartDue) this.#sessions.changed();
      state.isStartDue = false;
      return this.#start(project);
    }
    // What was not told before a use of a tool is told after it: not every agent asks before.
    return tool === undefined ? undefined : this.#aboutFiles(project, cwd, filesOf(tool), state);
  }

  async #start(project: Project): Promise<string | undefined> {
    const { memories } = this.#ports;
    const known = await workContext(memories, { project, files: [], maxTokens: START_TOKENS });
    return known.text === "" ? undefined : contextToolText(known, project.name);
  }

  async #aboutFiles(
    project: Project,
    cwd: string,
    paths: readonly string[],
    state: SessionState,
  ): Promise<string | undefined> {
    const told: string[] = [];
    let files = 0;
    for (const path of paths) {
      const file = await this.#ports.fileName(cwd, path);
      if (file === undefined || isDenied(file)) continue;
      if (!(await this.#sessions.isNew(state, file))) continue;
      const lines = await fileLines(this.#ports.memories, project, file);
      told.push(...lines);
      if (lines.length > 0) files += 1;
      if (files === FILES_AT_ONCE) break;
    }
    return told.length === 0 ? undefined : told.join("\n");
  }

  async #record(hook: Hook, state: SessionState): Promise<void> {
    const { event, session, cwd, agent, prompt, message, tool } = hook;
    const { tell } = this.#ports;
    if (!(await this.#ports.mayRecord(cwd))) return;
    // The process that heard the prompt may have ended, and nothing else knows of it.
    if (state.isPrivate && event !== "UserPromptSubmit" && event !== "SessionEnd") return;
    const common = {
      claudeSessionId: session,
      platformSource: agent,
      ...(cwd === undefined ? {} : { cwd }),
    };
    switch (event) {
      case "UserPromptSubmit":
        if (prompt !== undefined) {
          const answer = await tell("/api/sessions/init", { ...common, prompt });
          this.#notePrompt(state, answer);
        }
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

  /** Whether a prompt was private, as the endpoint says that took it. */
  #notePrompt(state: SessionState, answer: unknown): void {
    // An object has only string keys that matter here, and the values stay unknown.
    const { reason } = (answer ?? {}) as { readonly reason?: unknown };
    const isPrivate = reason === "private";
    if (state.isPrivate !== isPrivate) this.#sessions.changed();
    state.isPrivate = isPrivate;
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
