import { Database } from "./database.js";
import type { Importer, ImportInput, Told } from "./Importer.js";
import { fieldsIn, isFields, SUB_AGENT, textOf, timeOf, type Fields } from "./jsonLines.js";
import { pathOfUri } from "./pathOfUri.js";
import { toTranslate } from "../Localize.js";

/** Chats of Cursor: the values of `globalStorage/state.vscdb` below its `User` folder. */
export const cursor: Importer = {
  kind: "cursor",
  title: "Cursor",
  async find(files, folder) {
    const isState = (name: string): boolean => name === "state.vscdb";
    const found = await files.find(`${folder}/globalStorage`, isState, 0);
    return found.length > 0 ? found : files.find(folder, isState, 0);
  },
  read: (input) => Database.read(input, (database) => toldOf(database, input)),
};

const TABLE = "cursorDiskKV";

/** Values stand as text or as bytes. */
const VALUES = `key, CAST(value AS TEXT) AS value FROM ${TABLE}`;

/** Keys that begin so; the character behind a colon is a semicolon. */
function keysOf(name: string): { where: string } {
  return { where: `key >= '${name}:' AND key < '${name};' AND value IS NOT NULL` };
}

/** A message, with the place at which its chat lists it. */
interface Bubble {
  readonly id: string;
  readonly fields: Fields;
  readonly place: number;
}

function* toldOf(database: Database, input: ImportInput): Iterable<Told> {
  if (!database.has(TABLE)) return;
  const headers = headersIn(database);
  let hasSubAgent = false;
  for (const row of database.select(VALUES, keysOf("composerData"))) {
    const chat = parsed(row["value"]);
    const id = textOf(row, "key")?.slice("composerData:".length) ?? "";
    const line = Number(row["row_number"] ?? 0);
    if (chat === undefined || !/^[\w-]+$/.test(id)) {
      const reason = toTranslate("a chat of a form that is not known");
      input.onSkipped({ path: input.file.path, line, reason });
      continue;
    }
    const header = headers.get(id);
    if (header?.isSubAgent === true) {
      if (!hasSubAgent) input.onSkipped({ path: input.file.path, line, reason: SUB_AGENT });
      hasSubAgent = true;
      continue;
    }
    const folder = workspaceOf(chat) ?? header?.folder;
    yield* chatOf({ session: id, folder, chat }, bubblesOf(database, id, chat), input);
  }
}

/** What is known of a chat apart from it. */
interface Header {
  readonly folder: string | undefined;
  readonly isSubAgent: boolean;
}

/** The list of chats, which is a table in later versions and one value in earlier ones. */
function headersIn(database: Database): ReadonlyMap<string, Header> {
  const headers = new Map<string, Header>();
  const add = (id: string | undefined, fields: Fields | undefined, isSubAgent: boolean): void => {
    if (id !== undefined) headers.set(id, { folder: fields && workspaceOf(fields), isSubAgent });
  };
  if (database.has("ItemTable")) {
    const where = "key = 'composer.composerHeaders'";
    for (const row of database.select("CAST(value AS TEXT) AS value FROM ItemTable", { where }))
      for (const fields of fieldsIn(parsed(row["value"])?.["allComposers"]))
        add(textOf(fields, "composerId"), fields, false);
  }
  if (database.has("composerHeaders"))
    for (const row of database.select("*, CAST(value AS TEXT) AS header FROM composerHeaders"))
      add(textOf(row, "composerId"), parsed(row["header"]), row["isSubagent"] === 1);
  return headers;
}

/** The folder that a chat was begun in. */
function workspaceOf({ workspaceIdentifier: workspace }: Fields): string | undefined {
  const uri = isFields(workspace) ? workspace["uri"] : undefined;
  return isFields(uri) ? textOf(uri, "fsPath") : undefined;
}

/** The messages of one chat, in the order in which it lists them; older ones hold them whole. */
function bubblesOf(database: Database, chat: string, { ...fields }: Fields): Bubble[] {
  const whole = fieldsIn(fields["conversation"]);
  const listed = whole.length > 0 ? whole : fieldsIn(fields["fullConversationHeadersOnly"]);
  const places = new Map(listed.map((one, place) => [textOf(one, "bubbleId") ?? "", place]));
  const bubbles: Bubble[] = whole.flatMap((one, place) => {
    const id = textOf(one, "bubbleId");
    return id === undefined ? [] : [{ id, fields: one, place }];
  });
  const known = new Set(bubbles.map(({ id }) => id));
  for (const row of database.select(VALUES, keysOf(`bubbleId:${chat}`))) {
    const id = textOf(row, "key")?.split(":")[2] ?? "";
    const bubble = parsed(row["value"]);
    if (bubble === undefined || known.has(id)) continue;
    bubbles.push({ id, fields: bubble, place: places.get(id) ?? Number.MAX_SAFE_INTEGER });
  }
  return bubbles.sort((one, other) => one.place - other.place);
}

function* chatOf(
  { session, folder, chat }: { session: string; folder: string | undefined; chat: Fields },
  bubbles: readonly Bubble[],
  { file, onSkipped }: ImportInput,
): Iterable<Told> {
  let last = timeOf(chat["createdAt"]);
  let cwd = folder;
  for (const { id, fields } of bubbles) {
    const told = timeOf(fields["timestamp"]) ?? timeOf(fields["createdAt"]);
    // Without a time of its own a message is as old as the one before it.
    const at = told ?? last;
    if (at === undefined) {
      onSkipped({ path: file.path, line: 0, reason: toTranslate("a message without a time") });
      continue;
    }
    last = Math.max(at, last ?? 0);
    cwd = folderIn(fields) ?? cwd;
    const common = { session, at, key: id, ...(cwd === undefined ? {} : { cwd }) };
    const tool = toolOf(fields);
    if (tool !== undefined) yield { ...common, tool };
    const text = textOf(fields, "text") ?? textOf(fields, "rawText") ?? "";
    if (text.trim() === "") continue;
    yield fields["type"] === 1 ? { ...common, prompt: text } : { ...common, message: text };
  }
}

function folderIn(fields: Fields): string | undefined {
  const { workspaceUris: uris } = fields;
  const first: unknown = Array.isArray(uris) ? uris[0] : undefined;
  const folder =
    textOf(fields, "workspaceProjectDir") ?? (typeof first === "string" ? first : undefined);
  if (folder === undefined || folder === "") return undefined;
  return folder.startsWith("file://") ? pathOfUri(folder) : folder;
}

function toolOf(fields: Fields): Told["tool"] {
  const { toolFormerData: data } = fields;
  const name = isFields(data) ? textOf(data, "name") : undefined;
  if (!isFields(data) || name === undefined) return undefined;
  const input = parsed(data["rawArgs"]) ?? parsed(data["params"]) ?? {};
  const result = parsed(data["result"]) ?? textOf(data, "result") ?? "";
  const isError = data["status"] === "error";
  const response = isError ? { error: textOf(data, "error") ?? "", is_error: true } : result;
  return { name, input, response };
}

function parsed(value: unknown): Fields | undefined {
  try {
    const fields: unknown = typeof value === "string" ? JSON.parse(value) : undefined;
    return isFields(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}
