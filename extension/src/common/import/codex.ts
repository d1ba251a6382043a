import { digestOf } from "./derivedId.js";
import type { Importer } from "./Importer.js";
import {
  UNKNOWN_TURN,
  fieldsIn,
  isFields,
  jsonLines,
  SUB_AGENT,
  textOf,
  timeOf,
  type Fields,
} from "./jsonLines.js";
import { beginsWithOne } from "./typed.js";
import { packedLines } from "./unpacked.js";
import { UsesUnderWay } from "./UsesUnderWay.js";

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

/** What the name of a session ends with that Codex has packed after some days. */
const PACKED = ".zst";

/**
 * Sessions of Codex: `sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`, and flat in
 * `archived_sessions`; packed ones end with `.zst`.
 *
 * A fork begins with a copy of its parent, with times of its own: the turns keep their ids, so what
 * they tell has the same keys.
 */
export const codex: Importer = {
  kind: "codex",
  title: "Codex",
  async find(files, folder) {
    const isRollout = (name: string): boolean => /^rollout-.*\.jsonl(?:\.zst)?$/.test(name);
    const kept = await files.find(`${folder}/sessions`, isRollout, 4);
    const archived = await files.find(`${folder}/archived_sessions`, isRollout, 0);
    const both = [...kept, ...archived];
    const found = both.length > 0 ? both : await files.find(folder, isRollout, 4);
    // The earlier first, whether it is archived or not: a parent is before its forks.
    const name = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
    const paths = new Set(found.map(({ path }) => path));
    // One that was packed is unpacked before its session goes on, and the packed one is deleted then.
    return found
      .filter(({ path }) => !(path.endsWith(PACKED) && paths.has(path.slice(0, -PACKED.length))))
      .sort((one, other) => (name(one.path) < name(other.path) ? -1 : 1));
  },
  async *read(input) {
    const { file, onSkipped } = input;
    const lines = file.path.endsWith(PACKED) ? packedLines(input, "zstd") : input.lines;
    const uses = new UsesUnderWay();
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
          const said = `${turn ?? tree} ${role} ${digestOf(words)}`;
          const times = (told.get(said) ?? 0) + 1;
          told.set(said, times);
          const key = `${said} ${times}`;
          yield role === "user"
            ? { ...common, key, prompt: words }
            : { ...common, key, message: words };
          break;
        }
        case "function_call":
        case "custom_tool_call":
        case "local_shell_call": {
          if (id !== undefined) uses.begin(id, payload);
          break;
        }
        case "function_call_output":
        case "custom_tool_call_output": {
          const use = id === undefined ? undefined : uses.end(id);
          // What the model's own shell was given has no name.
          const name =
            use && (textOf(use, "name") ?? (isFields(use["action"]) ? "shell" : undefined));
          if (id === undefined || use === undefined || name === undefined) break;
          const input = withCommandLine(parsed(use["arguments"] ?? use["input"] ?? use["action"]));
          const response = parsed(joined(payload["output"]));
          yield { ...common, key: id, tool: { name, input, response } };
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

/** The texts of an output that came in parts; any other as it is. */
function joined(output: unknown): unknown {
  if (!Array.isArray(output)) return output;
  return fieldsIn(output)
    .map((part) => textOf(part, "text") ?? "")
    .join("\n");
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
