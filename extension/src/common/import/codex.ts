import type { Importer } from "./Importer.js";
import { fieldsIn, isFields, jsonLines, textOf, timeOf, type Fields } from "./jsonLines.js";
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

/** Sessions of Codex: `sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`. */
export const codex: Importer = {
  kind: "codex",
  title: "Codex",
  find: (files, folder) => files.find(folder, (name) => /^rollout-.*\.jsonl$/.test(name), 4),
  async *read(lines, file, onSkipped) {
    const waiting = new Map<string, Fields>();
    let session: string | undefined;
    let cwd: string | undefined;
    for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
      const { payload } = fields;
      if (!isFields(payload)) continue;
      if (fields["type"] === "session_meta") session ??= textOf(payload, "id");
      if (fields["type"] === "session_meta" || fields["type"] === "turn_context") {
        cwd = textOf(payload, "cwd") ?? cwd;
        continue;
      }
      if (fields["type"] !== "response_item") continue;
      const at = timeOf(fields["timestamp"]);
      if (session === undefined || at === undefined) {
        onSkipped({ path: file.path, line, reason: "a turn of a form that is not known" });
        continue;
      }
      const id = textOf(payload, "call_id");
      const common = { session, at, key: `${line}`, ...(cwd === undefined ? {} : { cwd }) };
      switch (payload["type"]) {
        case "message": {
          const words = fieldsIn(payload["content"])
            .map((block) => textOf(block, "text") ?? "")
            .join("\n");
          if (words.trim() === "") break;
          if (payload["role"] === "assistant") yield { ...common, message: words };
          else if (payload["role"] === "user" && !beginsWithOne(words, NOT_TYPED))
            yield { ...common, prompt: words };
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
          const input = parsed(use["arguments"] ?? use["input"]);
          yield { ...common, key: id, tool: { name, input, response: parsed(payload["output"]) } };
          break;
        }
        default:
      }
    }
  },
};

/** JSON that came as a text; any other text as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
