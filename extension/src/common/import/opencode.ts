import { Database } from "./database.js";
import type { Importer, ImportInput, Told } from "./Importer.js";
import { UNKNOWN_TURN, isFields, SUB_AGENT, textOf, timeOf, type Fields } from "./jsonLines.js";

/** Sessions of opencode: `opencode.db`. */
export const opencode: Importer = {
  kind: "opencode",
  title: "opencode",
  find: (files, folder) => files.find(folder, (name) => name === "opencode.db", 0),
  read: (input) => Database.read(input, (database) => toldOf(database, input)),
};

/** What a part of a message belongs to. */
const PARTS = `p.id, p.session_id, p.data, m.data AS message, s.directory, s.parent_id, j.worktree
  FROM part p JOIN message m ON m.id = p.message_id JOIN session s ON s.id = p.session_id
  LEFT JOIN project j ON j.id = s.project_id`;

function* toldOf(database: Database, { file, onSkipped }: ImportInput): Iterable<Told> {
  let hasSubAgent = false;
  for (const row of database.select(PARTS, { row: "p.rowid" })) {
    const line = Number(row["row_number"] ?? 0);
    if (textOf(row, "parent_id") !== undefined) {
      if (!hasSubAgent) onSkipped({ path: file.path, line, reason: SUB_AGENT });
      hasSubAgent = true;
      continue;
    }
    const [part, message] = [parsed(row["data"]), parsed(row["message"])];
    const session = textOf(row, "session_id");
    const id = textOf(row, "id");
    const at = momentOf(part, message);
    if (session === undefined || id === undefined || at === undefined) {
      onSkipped({ path: file.path, line, reason: UNKNOWN_TURN });
      continue;
    }
    const worktree = textOf(row, "worktree");
    // Sessions outside of repositories are in one project at the root.
    const cwd = textOf(row, "directory") ?? (worktree === "/" ? undefined : worktree);
    const common = { session, at, key: id, ...(cwd === undefined ? {} : { cwd }) };
    const text = textOf(part, "text") ?? "";
    const isTyped = part["synthetic"] !== true && part["ignored"] !== true;
    if (part["type"] === "text" && text.trim() !== "" && isTyped)
      yield message["role"] === "user" ? { ...common, prompt: text } : { ...common, message: text };
    if (part["type"] === "tool") {
      const tool = toolOf(part);
      if (tool !== undefined) yield { ...common, tool };
    }
  }
}

function toolOf(part: Fields): Told["tool"] {
  const name = textOf(part, "tool");
  const { state } = part;
  if (name === undefined || !isFields(state)) return undefined;
  const input = state["input"] ?? {};
  if (state["status"] === "error")
    return { name, input, response: { error: textOf(state, "error") ?? "", is_error: true } };
  if (state["status"] !== "completed") return undefined;
  const { metadata } = state;
  const exit = isFields(metadata) ? metadata["exit"] : undefined;
  const output = textOf(state, "output") ?? "";
  return { name, input, response: typeof exit === "number" ? { output, exit_code: exit } : output };
}

function momentOf(part: Fields, message: Fields): number | undefined {
  const [own, whole] = [part["time"], message["time"]];
  return (
    (isFields(own) ? timeOf(own["start"]) : undefined) ??
    (isFields(whole) ? timeOf(whole["created"]) : undefined)
  );
}

function parsed(value: unknown): Fields {
  try {
    const fields: unknown = typeof value === "string" ? JSON.parse(value) : undefined;
    return isFields(fields) ? fields : {};
  } catch {
    return {};
  }
}
