import { digestOf } from "./derivedId.js";
import type { FoundFile, Importer, ImportInput, Told } from "./Importer.js";
import { fieldsIn, isFields, jsonLines, textOf, timeOf, type Fields } from "./jsonLines.js";
import { frontMatter } from "./markdown.js";
import { packedLines } from "./unpacked.js";
import { wholeText } from "./wholeText.js";
import { toTranslate } from "../Localize.js";

const MAX_NOTE_BYTES = 4 * 1024 * 1024;

const MAX_TITLE = 200;

/** An export of mem0: memories below `results` or `memories`, or one a line. */
export const mem0: Importer = {
  kind: "mem0",
  title: toTranslate("mem0 (an export)"),
  find: (files, folder) => files.find(folder, isExport, 2),
  async *read(input) {
    for await (const item of itemsOf(input, ["results", "memories", "data"])) {
      const { data } = item;
      const nested = isFields(data) ? textOf(data, "text") : undefined;
      const text =
        textOf(item, "memory") ?? textOf(item, "text") ?? textOf(item, "content") ?? nested;
      const at = timeOf(item["updated_at"]) ?? timeOf(item["created_at"]);
      yield* memoryOf(input, { item, text, at, tags: item["categories"] });
    }
  },
};

/** A backup of OpenMemory, packed or not: memories one a line, or below `memories`. */
export const openMemory: Importer = {
  kind: "openmemory",
  title: toTranslate("OpenMemory (an export)"),
  find: (files, folder) => files.find(folder, isExport, 2),
  async *read(input) {
    for await (const item of itemsOf(input, ["memories", "results", "items"])) {
      const at = timeOf(item["updated_at"]) ?? timeOf(item["created_at"]);
      yield* memoryOf(input, { item, text: textOf(item, "content"), at, tags: item["tags"] });
    }
  },
};

/** Notes of basic-memory: Markdown with fields at its beginning. */
export const basicMemory: Importer = {
  kind: "basic-memory",
  title: toTranslate("basic-memory (its folder)"),
  find: (files, folder) => files.find(folder, (name) => name.endsWith(".md"), 6),
  async *read({ file, files, onSkipped }) {
    const bytes = await files.bytes(file.path, MAX_NOTE_BYTES);
    if (bytes === undefined) {
      onSkipped({
        path: file.path,
        line: 0,
        reason: toTranslate("the file is too large, or is gone"),
      });
      return;
    }
    const { fields, body } = frontMatter(new TextDecoder().decode(bytes));
    const permalink = fields.get("permalink");
    if (permalink === undefined && fields.get("title") === undefined) {
      onSkipped({ path: file.path, line: 0, reason: toTranslate("no note of basic-memory") });
      return;
    }
    const narrative = body.trim();
    const title = fields.get("title") ?? permalink ?? "";
    const written = timeOf(fields.get("modified")) ?? timeOf(fields.get("created"));
    const concepts = (fields.get("tags") ?? "")
      .split(/[,[\]]/)
      .map((tag) => tag.trim().replace(/^#/, ""))
      .filter((tag) => tag !== "");
    const isDecision = /^[ \t]*- \[decision\]/im.test(body);
    yield {
      key: `${permalink ?? title} ${digestOf(narrative)}`,
      at: written ?? file.at,
      ...(written === undefined ? { isTimeOfFile: true } : {}),
      record: {
        ...{ kind: "observation", type: isDecision ? "decision" : "discovery", title },
        ...(narrative === "" ? {} : { narrative }),
        ...(concepts.length === 0 ? {} : { concepts }),
      },
    };
  },
};

function isExport(name: string): boolean {
  return /\.(?:json|jsonl|ndjson|gz)$/.test(name);
}

/** The memories in a file: a list under one of these names, or one a line. */
async function* itemsOf(input: ImportInput, names: readonly string[]): AsyncIterable<Fields> {
  const isPacked = input.file.path.endsWith(".gz");
  if (isPacked || /\.(?:jsonl|ndjson)$/.test(input.file.path)) {
    const lines = isPacked ? packedLines(input, "gzip") : input.lines;
    for await (const { fields } of jsonLines(lines, input.file, input.onSkipped)) yield fields;
    return;
  }
  const whole = await wholeText(input);
  if (whole === undefined) return;
  const list = names.map((name) => whole[name]).find((value) => Array.isArray(value));
  if (list === undefined)
    input.onSkipped(problem(input.file, toTranslate("it holds no list of memories")));
  yield* fieldsIn(list);
}

async function* memoryOf(
  { file, onSkipped }: ImportInput,
  {
    item,
    text,
    at,
    tags,
  }: { item: Fields; text: string | undefined; at: number | undefined; tags: unknown },
): AsyncIterable<Told> {
  if (text === undefined || text.trim() === "") {
    onSkipped(problem(file, toTranslate("a memory without a text")));
    return;
  }
  const id = item["id"];
  const names = Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
  const title = text.trim().split("\n")[0]?.slice(0, MAX_TITLE) ?? "";
  yield {
    key: `${typeof id === "string" ? id : ""} ${digestOf(text)}`,
    at: at ?? file.at,
    ...(at === undefined ? { isTimeOfFile: true } : {}),
    record: {
      ...{ kind: "observation", type: "discovery", title },
      ...(title === text.trim() ? {} : { narrative: text }),
      ...(names.length === 0 ? {} : { concepts: names }),
    },
  };
}

function problem({ path }: FoundFile, reason: string) {
  return { path, line: 0, reason };
}
