import { Database } from "./database.js";
import type { Importer, ImportInput, Told } from "./Importer.js";
import { fieldsIn, isFields, textOf, timeOf, type Fields } from "./jsonLines.js";
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
  for (const row of database.select(VALUES, keysOf("composerData"))) {
    const chat = parsed(row["value"]);
    const id = textOf(row, "key")?.slice("composerData:".length) ?? "";
    if (chat === undefined || !/^[\w-]+$/.test(id)) {
      const reason = toTranslate("a chat of a form that is not known");
      input.onSkipped({ path: input.file.path, line: Number(row["row_number"] ?? 0), reason });
      continue;
    }
    yield* chatOf(id, chat, bubblesOf(database, id, chat), input);
  }
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
  session: string,
  chat: Fields,
  bubbles: readonly Bubble[],
  { file, onSkipped }: ImportInput,
): Iterable<Told> {
  let last = timeOf(chat["createdAt"]);
  let cwd: string | undefined;
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
  const folder = textOf(fields, "workspaceProjectDir");
  if (folder === undefined || folder === "") return undefined;
  return folder.startsWith("file://") ? decodeURIComponent(new URL(folder).pathname) : folder;
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
