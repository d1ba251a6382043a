import { Database } from "./database.js";
import type { ImportInput, Told } from "./Importer.js";
import { UNKNOWN_TURN, textOf, timeOf } from "./jsonLines.js";

/** The name of the database in which the Copilot CLI keeps all its sessions in short. */
export const COPILOT_STORE = "session-store.db";

/**
 * The turns of sessions in the Copilot CLI's database. It is made from the events of sessions, so
 * those whose events are still there are read from them, with their uses of tools.
 */
export async function* readCopilotStore(input: ImportInput): AsyncIterable<Told> {
  const folder = input.file.path.slice(0, -COPILOT_STORE.length - 1);
  yield* Database.read(input, (database) => toldOf(database, folder, input));
}

async function* toldOf(
  database: Database,
  folder: string,
  { file, files, onSkipped }: ImportInput,
): AsyncIterable<Told> {
  const folders = new Map<string, string | undefined>();
  const isToldElsewhere = new Map<string, boolean>();
  for (const row of database.rows("sessions"))
    folders.set(textOf(row, "id") ?? "", textOf(row, "cwd"));
  for (const row of database.rows("turns")) {
    const session = textOf(row, "session_id");
    const at = timeOf(row["timestamp"]);
    const number = row["turn_index"];
    if (session === undefined || at === undefined || typeof number !== "number") {
      const reason = UNKNOWN_TURN;
      onSkipped({ path: file.path, line: Number(row["row_number"] ?? 0), reason });
      continue;
    }
    const isElsewhere =
      isToldElsewhere.get(session) ??
      (/^[\w-]+$/.test(session) &&
        (
          await files.find(
            `${folder}/session-state/${session}`,
            (name) => name === "events.jsonl",
            0,
          )
        ).length > 0);
    isToldElsewhere.set(session, isElsewhere);
    if (isElsewhere) continue;
    const cwd = folders.get(session);
    const common = { session, at, ...(cwd === undefined ? {} : { cwd }) };
    const key = `${session} ${number}`;
    const prompt = textOf(row, "user_message") ?? "";
    const message = textOf(row, "assistant_response") ?? "";
    if (prompt.trim() !== "") yield { ...common, key: `${key} asked`, prompt };
    if (message.trim() !== "") yield { ...common, key: `${key} answered`, message };
  }
}
