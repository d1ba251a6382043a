import type { Importer, ImportInput, Told } from "./Importer.js";
import {
  fieldsIn,
  isFields,
  jsonLines,
  SUB_AGENT,
  textOf,
  timeOf,
  type Fields,
} from "./jsonLines.js";
import { isTooLargeToHold, wholeText } from "./wholeText.js";
import { toTranslate } from "../Localize.js";

/** Messages that are kept until the session is read, since later lines take them back. */
const MAX_MESSAGES = 50_000;

/** Texts in a person's place that no person typed. */
const NOT_TYPED = /^\s*<(?:session_context|state_snapshot|system)/;

/**
 * Sessions of the Gemini CLI: `tmp/<project>/chats/session-<time>-<id>.jsonl`, or `.json` as a whole
 * from earlier versions.
 */
export const gemini: Importer = {
  kind: "gemini",
  title: "Gemini CLI",
  async find(files, folder) {
    const inside = (await files.find(`${folder}/tmp`, isSession, 4)).length > 0 ? "/tmp" : "";
    const found = await files.find(`${folder}${inside}`, isSession, 4);
    const projects = await rootsIn(files, folder);
    const chats = found.filter(({ path }) => /[\\/]chats[\\/]/.test(path));
    // A session that was taken up again was written anew in the later form.
    const later = new Set(chats.map(({ path }) => path).filter((path) => path.endsWith(".jsonl")));
    return Promise.all(
      chats
        .filter(({ path }) => path.endsWith(".jsonl") || !later.has(`${path}l`))
        .map(async (file) => {
          const parts = file.path.split(/[\\/]/);
          const chat = parts.lastIndexOf("chats");
          const project = parts[chat - 1] ?? "";
          const beside = await files.bytes(
            `${parts.slice(0, chat).join("/")}/.project_root`,
            10_000,
          );
          const told = beside && new TextDecoder().decode(beside).trim();
          const of = projects.get(project) ?? told;
          return of === undefined || of === "" ? file : { ...file, of };
        }),
    );
  },
  async *read(input) {
    const session = await readSession(input);
    if (session === undefined) return;
    const { id, messages } = session;
    for (const message of messages) yield* toldOf(message, id, input.file.of);
  },
};

function isSession(name: string): boolean {
  return /\.jsonl?$/.test(name);
}

/** The folders that the names below `tmp` stand for. */
async function rootsIn(
  files: ImportInput["files"],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const roots = new Map<string, string>();
  const bytes = await files.bytes(`${folder}/projects.json`, 4 * 1024 * 1024);
  if (bytes === undefined) return roots;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const projects = isFields(value) ? value["projects"] : undefined;
    for (const [root, name] of Object.entries(isFields(projects) ? projects : {}))
      if (typeof name === "string") roots.set(name, root);
  } catch {
    // Without it a session belongs to no project.
  }
  return roots;
}

async function readSession(
  input: ImportInput,
): Promise<{ id: string; messages: Iterable<Fields> } | undefined> {
  const { file, lines, onSkipped } = input;
  const messages = new Map<string, Fields>();
  let meta: Fields = {};
  const put = (list: unknown): void => {
    for (const message of fieldsIn(list)) {
      const id = textOf(message, "id");
      if (id !== undefined && messages.size < MAX_MESSAGES) messages.set(id, message);
    }
  };
  if (file.path.endsWith(".json")) {
    const whole = await wholeText(input);
    if (whole === undefined) return undefined;
    meta = whole;
    put(whole["messages"]);
  } else {
    if (isTooLargeToHold(input)) return undefined;
    for await (const { fields, line } of jsonLines(lines, file, onSkipped)) {
      const set = fields["$set"];
      const rewound = fields["$rewindTo"];
      if (isFields(set)) {
        meta = { ...meta, ...set };
        if (Array.isArray(set["messages"])) {
          messages.clear();
          put(set["messages"]);
        }
      } else if (rewound !== undefined) rewind(messages, rewound);
      else if (textOf(fields, "sessionId") !== undefined) meta = { ...meta, ...fields };
      else if (textOf(fields, "id") !== undefined) put([fields]);
      else
        onSkipped({
          path: file.path,
          line,
          reason: toTranslate("a line of a form that is not known"),
        });
    }
  }
  const id = textOf(meta, "sessionId");
  if (id === undefined) {
    onSkipped({ path: file.path, line: 0, reason: toTranslate("it names no session") });
    return undefined;
  }
  if (meta["kind"] === "subagent") {
    onSkipped({ path: file.path, line: 0, reason: SUB_AGENT });
    return undefined;
  }
  return { id, messages: messages.values() };
}

/** Takes back a message and all after it; an id that is not known takes back all. */
function rewind(messages: Map<string, Fields>, to: unknown): void {
  let isBehind = typeof to !== "string" || !messages.has(to);
  for (const id of [...messages.keys()]) {
    isBehind ||= id === to;
    if (isBehind) messages.delete(id);
  }
}

function* toldOf(message: Fields, session: string, cwd: string | undefined): Iterable<Told> {
  const at = timeOf(message["timestamp"]);
  const id = textOf(message, "id");
  if (at === undefined || id === undefined) return;
  const common = { session, at, ...(cwd === undefined ? {} : { cwd }) };
  // What was typed, where what the model was given has the texts of files in it.
  const words = wordsOf(message["displayContent"] ?? message["content"]);
  if (message["type"] === "user") {
    if (words.trim() !== "" && !NOT_TYPED.test(words)) yield { ...common, key: id, prompt: words };
    return;
  }
  if (message["type"] !== "gemini") return;
  for (const call of fieldsIn(message["toolCalls"])) {
    const name = textOf(call, "name");
    const key = textOf(call, "id");
    if (name === undefined || key === undefined) continue;
    const response =
      call["status"] === "error" || call["status"] === "cancelled"
        ? { error: resultOf(call["result"]), is_error: true }
        : resultOf(call["result"]);
    const calledAt = timeOf(call["timestamp"]) ?? at;
    const tool = { name, input: call["args"] ?? {}, response };
    yield { ...common, at: calledAt, key: `${id} ${key}`, tool };
  }
  if (words.trim() !== "") yield { ...common, key: id, message: words };
}

/** What a tool gave: a text, or parts of which one holds its answer. */
function resultOf(result: unknown): unknown {
  for (const part of fieldsIn(result)) {
    const { functionResponse } = part;
    const response = isFields(functionResponse) ? functionResponse["response"] : undefined;
    if (isFields(response)) return response["output"] ?? response["error"] ?? response;
  }
  return result ?? "";
}

function wordsOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts = isFields(content) ? [content] : fieldsIn(content);
  return parts.map((part) => textOf(part, "text") ?? "").join("");
}
