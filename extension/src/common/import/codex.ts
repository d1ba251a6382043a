import type { Importer } from "./Importer.js";
import {
  UNKNOWN_TURN,
  digestOf,
  fieldsIn,
  isFields,
  jsonLines,
  SUB_AGENT,
  textOf,
  timeOf,
  type Fields,
} from "./jsonLines.js";
import { beginsWithOne } from "./typed.js";

/** Texts in a person's place that no person typed. */
const NOT_TYPED = [
  "# AGENTS.md",
  "<environment_context",
  "<INSTRUCTIONS",
  "<user_instructions",
  "<skill",
  "<recommended_plugins",
  "<goal_context",
  "<turn_aborted",
  "<subagent_notification",
];

const MAX_WAITING = 1_000;

/**
 * Sessions of Codex: `sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`, and flat in
 * `archived_sessions`.
 *
 * A fork begins with a copy of its parent, with times of its own: the turns keep their ids, so what
 * they tell has the same keys.
 */
export const codex: Importer = {
  kind: "codex",
  title: "Codex",
  async find(files, folder) {
    const isRollout = (name: string): boolean => /^rollout-.*\.jsonl$/.test(name);
    const kept = await files.find(`${folder}/sessions`, isRollout, 4);
    const archived = await files.find(`${folder}/archived_sessions`, isRollout, 0);
    const both = [...kept, ...archived];
    const found = both.length > 0 ? both : await files.find(folder, isRollout, 4);
    // The earlier first, whether it is archived or not: a parent is before its forks.
    const name = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
    return found.sort((one, other) => (name(one.path) < name(other.path) ? -1 : 1));
  },
  async *read({ lines, file, onSkipped }) {
    const waiting = new Map<string, Fields>();
    const told = new Map<string, number>();
    let session: string | undefined;
    let tree: string | undefined;
    let turn: string | undefined;
    let cwd: string | undefined;
    for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
      const { payload } = fields;
      if (!isFields(payload)) continue;
      if (fields["type"] === "session_meta") {
        if (session === undefined && isSubAgent(payload)) {
          onSkipped({ path: file.path, line: 0, reason: SUB_AGENT });
          return;
        }
        session ??= textOf(payload, "id");
        tree ??= textOf(payload, "session_id") ?? textOf(payload, "forked_from_id") ?? session;
      }
      if (fields["type"] === "turn_context") turn = textOf(payload, "turn_id") ?? turn;
      if (fields["type"] === "session_meta" || fields["type"] === "turn_context") {
        cwd = textOf(payload, "cwd") ?? cwd;
        continue;
      }
      if (fields["type"] !== "response_item") continue;
      const at = timeOf(fields["timestamp"]);
      if (session === undefined || at === undefined) {
        onSkipped({ path: file.path, line, reason: UNKNOWN_TURN });
        continue;
      }
      const id = textOf(payload, "call_id");
      const common = { session, at, ...(cwd === undefined ? {} : { cwd }) };
      switch (payload["type"]) {
        case "message": {
          const words = fieldsIn(payload["content"])
            .map((block) => textOf(block, "text") ?? "")
            .join("\n");
          const role = textOf(payload, "role") ?? "";
          if (words.trim() === "" || !["assistant", "user"].includes(role)) break;
          if (role === "user" && beginsWithOne(words, NOT_TYPED)) break;
          // The same words may be said again in one turn.
          const said = `${turn ?? tree} ${role} ${await digestOf(words)}`;
          const times = (told.get(said) ?? 0) + 1;
          told.set(said, times);
          const key = `${said} ${times}`;
          yield role === "user"
            ? { ...common, key, prompt: words }
            : { ...common, key, message: words };
          break;
        }
        case "function_call":
        case "custom_tool_call": {
          if (id === undefined) break;
          waiting.set(id, payload);
          const [oldest] = waiting.keys();
          if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
          break;
        }
        case "function_call_output":
        case "custom_tool_call_output": {
          const use = id === undefined ? undefined : waiting.get(id);
          const name = use && textOf(use, "name");
          if (id === undefined || use === undefined || name === undefined) break;
          waiting.delete(id);
          const input = withCommandLine(parsed(use["arguments"] ?? use["input"]));
          yield { ...common, key: id, tool: { name, input, response: parsed(payload["output"]) } };
          break;
        }
        default:
      }
    }
  },
};

function isSubAgent(meta: Fields): boolean {
  const { source } = meta;
  return (
    (isFields(source) && "subagent" in source) ||
    textOf(meta, "thread_source") === "subagent" ||
    (textOf(meta, "parent_thread_id") !== undefined && textOf(meta, "forked_from_id") === undefined)
  );
}

/** A command that stands as a list, as the line that a shell was given. */
function withCommandLine(input: unknown): unknown {
  if (!isFields(input) || !Array.isArray(input["command"])) return input;
  const words = input["command"].filter((word) => typeof word === "string");
  const isShell = /^-\w*c$/.test(words[1] ?? "") && words.length === 3;
  return { ...input, command: isShell ? words[2] : words.join(" ") };
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
