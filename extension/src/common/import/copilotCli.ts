import { COPILOT_STORE, readCopilotStore } from "./copilotStore.js";
import type { Importer, ImportInput, Told } from "./Importer.js";
import {
  UNKNOWN_TURN,
  isFields,
  jsonLines,
  SUB_AGENT,
  textOf,
  timeOf,
  type Fields,
} from "./jsonLines.js";

const MAX_WAITING = 1_000;

/** Sessions of the Copilot CLI: `session-state/<id>/events.jsonl`, and its database of all sessions. */
export const copilotCli: Importer = {
  kind: "copilot-cli",
  title: "Copilot CLI",
  async find(files, folder) {
    const isEvents = (name: string): boolean => name === "events.jsonl";
    const found = await files.find(`${folder}/session-state`, isEvents, 1);
    const events = found.length > 0 ? found : await files.find(folder, isEvents, 2);
    return [...events, ...(await files.find(folder, (name) => name === COPILOT_STORE, 0))];
  },
  read: (input) =>
    input.file.path.endsWith(COPILOT_STORE) ? readCopilotStore(input) : readEvents(input),
};

/** Events in the words of the Copilot CLI, which the editor's own transcripts use too. */
export async function* readEvents({
  lines,
  file,
  onSkipped,
}: Omit<ImportInput, "files">): AsyncIterable<Told> {
  const waiting = new Map<string, Fields>();
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
    if (textOf(data, "parentToolCallId") !== undefined) {
      if (!hasSubAgent) onSkipped({ path: file.path, line, reason: SUB_AGENT });
      hasSubAgent = true;
      continue;
    }
    const common = { session, at, key, ...(cwd === undefined ? {} : { cwd }) };
    const words = textOf(data, "content") ?? "";
    const call = textOf(data, "toolCallId");
    if (type === "user.message" && words.trim() !== "") yield { ...common, prompt: words };
    if (type === "assistant.message" && words.trim() !== "") yield { ...common, message: words };
    if (type === "tool.execution_start" && call !== undefined) {
      waiting.set(call, data);
      const [oldest] = waiting.keys();
      if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
    }
    if (type !== "tool.execution_complete" || call === undefined) continue;
    const use = waiting.get(call);
    const name = use && textOf(use, "toolName");
    waiting.delete(call);
    if (use === undefined || name === undefined) continue;
    const { result, error } = data;
    const text = (isFields(result) ? textOf(result, "content") : undefined) ?? "";
    const problem = isFields(error) ? textOf(error, "message") : undefined;
    const response = data["success"] === false ? { error: problem ?? text, is_error: true } : text;
    yield { ...common, tool: { name, input: use["arguments"] ?? {}, response } };
  }
}

/** What is read; all else is how the session went on. */
const TOLD: ReadonlySet<string> = new Set([
  "user.message",
  "assistant.message",
  "tool.execution_start",
  "tool.execution_complete",
]);
