import type { Importer, Told } from "./Importer.js";
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
import { beginsWithOne, withoutElements } from "./typed.js";
import { UsesUnderWay } from "./UsesUnderWay.js";
import { toTranslate } from "../Localize.js";

/** Texts in a person's place that no person typed. */
const NOT_TYPED = [
  "<system-reminder",
  "<local-command-",
  "<task-notification",
  "<command-",
  "Stop hook feedback:",
  "[Request interrupted",
  "This session is being continued",
  "Caveat: The messages below",
];

/** What the editor puts before a prompt. */
const EDITOR_TAGS = ["ide_opened_file", "ide_selection", "system-reminder"];

/** Where claude-mem's own sessions work, which only retell what others tell. */
const OBSERVERS = ".claude-mem";

/** Transcripts of Claude Code: `projects/<folder>/<session>.jsonl`, and below it those of sub-agents. */
export const claudeCode: Importer = {
  kind: "claude-code",
  title: "Claude Code",
  find: (files, folder) => files.find(folder, (name) => name.endsWith(".jsonl"), 5),
  async *read({ lines, file, onSkipped }) {
    if (/[\\/]subagents[\\/]/.test(file.path)) {
      onSkipped({ path: file.path, line: 0, reason: SUB_AGENT });
      return;
    }
    const uses = new UsesUnderWay();
    let hasSideChain = false;
    for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
      const type = textOf(fields, "type");
      const queued = type === "attachment" ? queuedIn(fields["attachment"]) : undefined;
      if (type !== "user" && type !== "assistant" && queued === undefined) continue;
      if (fields["isMeta"] === true || fields["isCompactSummary"] === true) continue;
      if (fields["isSidechain"] === true) {
        if (!hasSideChain) onSkipped({ path: file.path, line, reason: SUB_AGENT });
        hasSideChain = true;
        continue;
      }
      const session = textOf(fields, "sessionId");
      const uuid = textOf(fields, "uuid");
      const at = timeOf(fields["timestamp"]);
      const message = queued === undefined ? fields["message"] : { content: queued };
      if (session === undefined || uuid === undefined || at === undefined || !isFields(message)) {
        onSkipped({ path: file.path, line, reason: UNKNOWN_TURN });
        continue;
      }
      const cwd = textOf(fields, "cwd");
      if (cwd?.split(/[\\/]/).includes(OBSERVERS) === true) {
        onSkipped({
          path: file.path,
          line: 0,
          reason: toTranslate("a session of claude-mem's own"),
        });
        return;
      }
      const common = { session, at, key: uuid, ...(cwd === undefined ? {} : { cwd }) };
      if (type === "assistant") {
        for (const block of fieldsIn(message["content"])) {
          const id = textOf(block, "id");
          if (block["type"] === "tool_use" && id !== undefined) uses.begin(id, block);
        }
        const said = wordsOf(message["content"]);
        if (said.trim() !== "") yield { ...common, message: said };
        continue;
      }
      yield* resultsOf(fields, message, uses, common);
      const prompt = withoutElements(wordsOf(message["content"]), EDITOR_TAGS);
      if (prompt.trim() !== "" && !beginsWithOne(prompt, NOT_TYPED)) yield { ...common, prompt };
    }
  },
};

function* resultsOf(
  fields: Fields,
  message: Fields,
  uses: UsesUnderWay,
  common: Told,
): Iterable<Told> {
  for (const block of fieldsIn(message["content"])) {
    const id = textOf(block, "tool_use_id");
    if (block["type"] !== "tool_result" || id === undefined) continue;
    const use = uses.end(id);
    const name = use && textOf(use, "name");
    if (use === undefined || name === undefined) continue;
    const structured = fields["toolUseResult"];
    const text = wordsOf(block["content"]);
    const response =
      block["is_error"] === true
        ? { error: text, is_error: true }
        : isFields(structured)
          ? structured
          : text;
    yield { ...common, key: id, tool: { name, input: use["input"] ?? {}, response } };
  }
}

/** What a person typed while the agent worked, which stands nowhere else. */
function queuedIn(attachment: unknown): unknown {
  if (!isFields(attachment) || attachment["type"] !== "queued_command") return undefined;
  const { commandMode: mode, origin, prompt } = attachment;
  const isTyped = !isFields(origin) || origin["kind"] === "human";
  return (mode === undefined || mode === "prompt") && isTyped ? prompt : undefined;
}

/** The words of a message: a text, or a list of blocks. */
function wordsOf(content: unknown): string {
  if (typeof content === "string") return content;
  return fieldsIn(content)
    .flatMap((block) => (block["type"] === "text" ? [textOf(block, "text") ?? ""] : []))
    .join("\n");
}
