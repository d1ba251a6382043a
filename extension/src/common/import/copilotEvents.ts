import type { ImportInput, Told } from "./Importer.js";
import { UNKNOWN_TURN, isFields, jsonLines, SUB_AGENT, textOf, timeOf } from "./jsonLines.js";
import { UsesUnderWay } from "./UsesUnderWay.js";

/** Events in the words of the Copilot CLI, which the editor's own transcripts use too. */
export async function* readEvents({
  lines,
  file,
  onSkipped,
}: Omit<ImportInput, "files">): AsyncIterable<Told> {
  const uses = new UsesUnderWay();
  let session: string | undefined;
  let cwd = file.of;
  let hasSubAgent = false;
  for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
    const type = textOf(fields, "type");
    const { data } = fields;
    if (type === undefined || !isFields(data)) continue;
    if (type === "session.start" || type === "session.resume") {
      session ??= textOf(data, "sessionId");
      const { context } = data;
      if (isFields(context)) cwd = textOf(context, "cwd") ?? cwd;
      continue;
    }
    if (!TOLD.has(type)) continue;
    const at = timeOf(fields["timestamp"]);
    const key = textOf(fields, "id");
    if (session === undefined || at === undefined || key === undefined) {
      onSkipped({ path: file.path, line, reason: UNKNOWN_TURN });
      continue;
    }
    // Later versions name the agent beside the event, earlier ones the call that began it in it.
    const agent = textOf(fields, "agentId") ?? textOf(data, "parentToolCallId");
    if (agent !== undefined) {
      if (!hasSubAgent) onSkipped({ path: file.path, line, reason: SUB_AGENT });
      hasSubAgent = true;
      continue;
    }
    const common = { session, at, key, ...(cwd === undefined ? {} : { cwd }) };
    const words = textOf(data, "content") ?? "";
    const call = textOf(data, "toolCallId");
    const isTyped = !isOfProgram(textOf(data, "source") ?? "");
    if (type === "user.message" && words.trim() !== "" && isTyped)
      yield { ...common, prompt: words };
    if (type === "assistant.message" && words.trim() !== "") yield { ...common, message: words };
    if (type === "tool.execution_start" && call !== undefined) uses.begin(call, data);
    if (type !== "tool.execution_complete" || call === undefined) continue;
    const use = uses.end(call);
    const name = use && textOf(use, "toolName");
    if (use === undefined || name === undefined) continue;
    const { result, error } = data;
    const text = (isFields(result) ? textOf(result, "content") : undefined) ?? "";
    const problem = isFields(error) ? textOf(error, "message") : undefined;
    const response = data["success"] === false ? { error: problem ?? text, is_error: true } : text;
    yield { ...common, tool: { name, input: use["arguments"] ?? {}, response } };
  }
}

/** Whether a message in a person's place was put there: of a skill, another agent, the program itself. */
function isOfProgram(source: string): boolean {
  return source === "system" || source === "autopilot" || /^(?:skill|agent)(?:-|$)/.test(source);
}

/** What is read; all else is how the session went on. */
const TOLD: ReadonlySet<string> = new Set([
  "user.message",
  "assistant.message",
  "tool.execution_start",
  "tool.execution_complete",
]);
