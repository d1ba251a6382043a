import { toTranslate } from "../Localize.js";
import { EXPORTED_BY } from "../memories/claudeMemExport.js";
import { Database } from "./database.js";
import type { Importer, Told, ToldRecord } from "./Importer.js";
import { fieldsIn, textOf, timeOf, type Fields } from "./jsonLines.js";
import { wholeText } from "./wholeText.js";

type Observation = Extract<ToldRecord, { kind: "observation" }>;
type Summary = Extract<ToldRecord, { kind: "summary" }>;

const TYPES: ReadonlySet<string> = new Set([
  "discovery",
  "decision",
  "bugfix",
  "feature",
  "refactor",
  "change",
]);

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The tables of a database, or what stands for them in an export. */
interface Tables {
  rows(table: string): Iterable<Fields>;
}

/** What the tables are called in an export. */
const LISTS: Readonly<Record<string, string>> = {
  sdk_sessions: "sessions",
  user_prompts: "prompts",
  observations: "observations",
  session_summaries: "summaries",
};

/** What claude-mem remembers: `claude-mem.db`, with its log beside it, or a file that it exported. */
export const claudeMem: Importer = {
  kind: "claude-mem",
  title: "claude-mem",
  find: (files, folder) =>
    files.find(
      folder,
      folder.endsWith(".json") ? () => true : (name) => name === "claude-mem.db",
      0,
    ),
  async *read(input) {
    const skipped = (line: number, table: string): void => {
      const reason = toTranslate("a row of {0} of a form that is not known");
      input.onSkipped({ path: input.file.path, line, reason, args: [table] });
    };
    if (input.file.path.endsWith(".json")) {
      const whole = await wholeText(input);
      if (whole !== undefined) yield* toldOf(exportedTables(whole), skipped);
      return;
    }
    yield* Database.read(input, (database) => toldOf(database, skipped));
  },
};

function exportedTables(whole: Fields): Tables {
  return {
    rows: (table) =>
      fieldsIn(whole[LISTS[table] ?? table]).map((row, number) => ({
        ...{ row_number: number + 1, id: number + 1 },
        ...row,
      })),
  };
}

/** A session, as the rows of other tables name it. */
interface Known {
  readonly session: string;
  readonly project: string | undefined;
}

function* toldOf(database: Tables, skipped: (row: number, table: string) => void): Iterable<Told> {
  const byMemory = new Map<string, Known>();
  const byHost = new Map<string, Known>();
  for (const row of database.rows("sdk_sessions")) {
    const host = textOf(row, "content_session_id") ?? textOf(row, "claude_session_id");
    const memory = textOf(row, "memory_session_id") ?? textOf(row, "sdk_session_id");
    const session = host ?? memory;
    if (session === undefined) continue;
    const known = { session, project: textOf(row, "project") };
    if (host !== undefined) byHost.set(host, known);
    if (memory !== undefined) byMemory.set(memory, known);
  }
  const tell = (
    row: Fields,
    table: string,
    known: Known | undefined,
    what: Pick<Told, "prompt" | "record"> | undefined,
  ): Told | undefined => {
    const at = timeOf(row["created_at_epoch"]) ?? timeOf(row["created_at"]);
    const id = row["id"];
    if (at === undefined || typeof id !== "number" || what === undefined) {
      skipped(Number(row["row_number"] ?? 0), table);
      return undefined;
    }
    const project = textOf(row, "merged_into_project") ?? textOf(row, "project") ?? known?.project;
    const session = known?.session;
    const local = textOf(row, "origin_local_id");
    const isOurs =
      local !== undefined && ID.test(local) && textOf(row, "origin_device_id") === EXPORTED_BY;
    return {
      ...(isOurs ? { id: local } : {}),
      // Another machine's database numbers its rows anew.
      ...{ key: `${table} ${id} ${session ?? ""}`, at, ...what },
      ...(session === undefined ? {} : { session }),
      ...(project === undefined ? {} : { project }),
    };
  };
  for (const row of database.rows("user_prompts")) {
    const host = textOf(row, "content_session_id") ?? textOf(row, "claude_session_id") ?? "";
    const prompt = textOf(row, "prompt_text");
    const known =
      byHost.get(host) ?? (host === "" ? undefined : { session: host, project: undefined });
    const told = tell(row, "user_prompts", known, prompt === undefined ? undefined : { prompt });
    if (told !== undefined) yield told;
  }
  for (const [table, recordOf] of TABLES) {
    for (const row of database.rows(table)) {
      const memory = textOf(row, "memory_session_id") ?? textOf(row, "sdk_session_id") ?? "";
      const known =
        byMemory.get(memory) ??
        (memory === "" ? undefined : { session: memory, project: undefined });
      const record = recordOf(row);
      const told = tell(row, table, known, record === undefined ? undefined : { record });
      if (told !== undefined) yield told;
    }
  }
}

const TABLES: readonly (readonly [string, (row: Fields) => ToldRecord | undefined])[] = [
  ["observations", observationOf],
  ["session_summaries", summaryOf],
];

function observationOf(row: Fields): Observation | undefined {
  const narrative = textOf(row, "narrative") ?? textOf(row, "text");
  const title = textOf(row, "title") ?? narrative?.split("\n")[0]?.slice(0, 200);
  if (title === undefined || title.trim() === "") return undefined;
  const type = textOf(row, "type") ?? "";
  const number = row["prompt_number"];
  return {
    kind: "observation",
    type: TYPES.has(type) ? (type as Observation["type"]) : "discovery",
    title,
    ...textsOf(row, { subtitle: "subtitle" }),
    ...(narrative === undefined ? {} : { narrative }),
    ...listsOf(row, {
      facts: "facts",
      concepts: "concepts",
      filesRead: "files_read",
      filesModified: "files_modified",
    }),
    ...(typeof number === "number" && number > 0 ? { promptNumber: number } : {}),
  };
}

function summaryOf(row: Fields): Summary | undefined {
  const texts = textsOf(row, {
    request: "request",
    investigated: "investigated",
    learned: "learned",
    completed: "completed",
    nextSteps: "next_steps",
    notes: "notes",
  });
  if (Object.keys(texts).length === 0) return undefined;
  const files = [...listOf(row["files_edited"]), ...listOf(row["files_read"])];
  return {
    kind: "summary",
    ...texts,
    ...(files.length === 0 ? {} : { files: [...new Set(files)] }),
  };
}

function textsOf<Name extends string>(
  row: Fields,
  columns: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const [name, column] of Object.entries(columns) as [Name, string][]) {
    const text = textOf(row, column);
    if (text !== undefined && text.trim() !== "") texts[name] = text;
  }
  return texts;
}

function listsOf<Name extends string>(
  row: Fields,
  columns: Readonly<Record<Name, string>>,
): Partial<Record<Name, string[]>> {
  const lists: Partial<Record<Name, string[]>> = {};
  for (const [name, column] of Object.entries(columns) as [Name, string][]) {
    const list = listOf(row[column]);
    if (list.length > 0) lists[name] = list;
  }
  return lists;
}

/** A list that stands as JSON in a column. */
function listOf(value: unknown): string[] {
  if (typeof value !== "string" || value.trim() === "") return [];
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
