import type { ObservationType, Order, PatternKind, Period } from "recollect-wasm";

/** Tells which time a text names; nothing if it says anything else. */
export type ReadPeriod = (text: string) => Promise<Period | undefined>;

/** A tool was called with something it cannot use; the message tells a model what to try next. */
export class ToolInputError extends Error {
  override readonly name = "ToolInputError";
}

/** What the search tool was asked. */
export interface SearchInput {
  /** Without words, the newest of what the rest chooses are listed. */
  readonly query?: string;
  readonly file?: string;
  readonly author?: string;
  readonly sort?: Order;
  readonly type?: ObservationType;
  readonly project?: string;
  readonly since?: number;
  readonly before?: number;
  readonly limit: number;
  readonly offset: number;
}

/** What the timeline tool was asked. */
export interface TimelineInput {
  readonly anchor: { id: string } | { session: string } | { at: number };
  readonly before: number;
  readonly after: number;
}

/** What the reading tool was asked. */
export interface GetInput {
  readonly ids: string[];
  readonly maxTokens: number;
}

/** What the tool for starting work was asked. */
export interface ContextInput {
  /** Files that are to be worked on; those at hand unless told. */
  readonly files?: string[];
  readonly maxTokens: number;
}

/** What the tool for patterns was asked. */
export interface PatternsInput {
  readonly project?: string;
  readonly kind?: PatternKind;
  readonly limit: number;
}

/** What the remembering tool was given. */
export interface RememberInput {
  readonly text: string;
  readonly title?: string;
  readonly type?: ObservationType;
  readonly concepts?: string[];
  readonly file?: string;
}

/** What the forgetting tool was asked. */
export interface ForgetInput {
  readonly ids: string[];
}

const TYPES: readonly ObservationType[] = [
  "discovery",
  "decision",
  "bugfix",
  "feature",
  "refactor",
  "change",
  "command",
];

const PATTERN_KINDS: readonly PatternKind[] = ["sequence", "co_change", "error_fix", "habit"];

const ORDERS: readonly Order[] = ["best", "newest", "oldest"];

/** Reads the input of `recollect_memory_search`. */
export async function searchInput(input: unknown, period: ReadPeriod): Promise<SearchInput> {
  const fields = object(input);
  const chosen = {
    ...optional("query", text(fields, "query")),
    ...optional("file", text(fields, "file")),
    ...optional("author", text(fields, "author")),
    ...optional("type", type(fields)),
    ...optional("project", text(fields, "project")),
    ...optional("since", await time(fields, "since", period)),
    ...optional("before", await time(fields, "before", period)),
  };
  if (Object.keys(chosen).every((name) => name === "project")) {
    throw new ToolInputError(
      'query is missing. Give the words to search for, such as { "query": "retry queue" }, or choose by file, author, type, since or before.',
    );
  }
  return {
    ...chosen,
    ...optional("sort", order(fields)),
    limit: integer(fields, "limit", 1, 100) ?? 20,
    offset: integer(fields, "offset", 0, Number.MAX_SAFE_INTEGER) ?? 0,
  };
}

/** Reads the input of `recollect_memory_timeline`; without an anchor, the timeline is the one around `now`. */
export async function timelineInput(
  input: unknown,
  now: number,
  period: ReadPeriod,
): Promise<TimelineInput> {
  const fields = object(input);
  const id = text(fields, "id");
  const session = text(fields, "session");
  const at = await time(fields, "at", period);
  const given = [id, session, at].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new ToolInputError(
      "Give only one of id, session and at: the timeline is around one thing.",
    );
  }
  return {
    anchor: id !== undefined ? { id } : session !== undefined ? { session } : { at: at ?? now },
    before: integer(fields, "before", 0, 100) ?? 10,
    after: integer(fields, "after", 0, 100) ?? 10,
  };
}

/** Reads the input of `recollect_memory_get`. */
export function getInput(input: unknown): GetInput {
  const fields = object(input);
  const ids = texts(fields, "ids");
  if (ids === undefined || ids.length === 0) {
    throw new ToolInputError(
      "ids is empty. Give at least one id as recollect_memory_search lists them.",
    );
  }
  if (ids.length > 50)
    throw new ToolInputError("ids has more than 50 ids. Read the most important ones first.");
  return { ids, maxTokens: integer(fields, "maxTokens", 200, 32_000) ?? 3_000 };
}

/** Reads the input of `recollect_memory_context`. */
export function contextInput(input: unknown): ContextInput {
  const fields = object(input);
  const files = texts(fields, "files")?.filter((file) => file.trim() !== "");
  if (files !== undefined && files.length > MAX_FILES)
    throw new ToolInputError(
      `files has more than ${MAX_FILES} paths. Give those that matter most.`,
    );
  return {
    ...optional("files", files),
    maxTokens: integer(fields, "maxTokens", 200, 8_000) ?? 1_500,
  };
}

/** Most files that a question about the work at hand names. */
const MAX_FILES = 20;

/** Reads the input of `recollect_memory_patterns`. */
export function patternsInput(input: unknown): PatternsInput {
  const fields = object(input);
  const named = text(fields, "kind")?.toLowerCase();
  const kind = PATTERN_KINDS.find((candidate) => candidate === named);
  if (named !== undefined && kind === undefined) {
    throw new ToolInputError(
      `kind must be one of ${PATTERN_KINDS.join(", ")}; leave it out to see all kinds.`,
    );
  }
  return {
    ...optional("project", text(fields, "project")),
    ...optional("kind", kind),
    limit: integer(fields, "limit", 1, 100) ?? 20,
  };
}

/** Most memories that a model may forget at once: as many as a question about them can name. */
const MAX_FORGOTTEN = 20;

/** Reads the input of `recollect_memory_forget`. */
export function forgetInput(input: unknown): ForgetInput {
  const ids = texts(object(input), "ids");
  if (ids === undefined || ids.length === 0) {
    throw new ToolInputError(
      "ids is empty. Give at least one id as recollect_memory_search lists them.",
    );
  }
  if (ids.length > MAX_FORGOTTEN) {
    throw new ToolInputError(
      `ids has more than ${MAX_FORGOTTEN} ids. Ask the user to run "Memory: Forget…" for more.`,
    );
  }
  return { ids };
}

/** Reads the input of `recollect_memory_remember`. */
export function rememberInput(input: unknown): RememberInput {
  const fields = object(input);
  const remembered = text(fields, "text");
  if (remembered === undefined) {
    throw new ToolInputError("text is empty. Give one self-contained thought to remember.");
  }
  return {
    text: remembered,
    ...optional("title", text(fields, "title")),
    ...optional("type", type(fields)),
    ...optional("concepts", texts(fields, "concepts")),
    ...optional("file", text(fields, "file")),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function object(input: unknown): Fields {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ToolInputError(
      "The input must be a JSON object with the fields of the tool's schema.",
    );
  }
  // An object has only string keys that matter here, and the values stay unknown.
  return input as Fields;
}

function text(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new ToolInputError(`${name} must be a string.`);
  return value.trim() === "" ? undefined : value;
}

function texts(fields: Fields, name: string): string[] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw new ToolInputError(`${name} must be a list of strings.`);
  }
  return value;
}

function integer(fields: Fields, name: string, min: number, max: number): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new ToolInputError(`${name} must be a whole number ${range}.`);
  }
  return value;
}

function type(fields: Fields): ObservationType | undefined {
  const value = text(fields, "type");
  const found = TYPES.find((candidate) => candidate === value?.toLowerCase());
  if (value !== undefined && found === undefined) {
    throw new ToolInputError(
      `type must be one of ${TYPES.join(", ")}; leave it out to search all types.`,
    );
  }
  return found;
}

function order(fields: Fields): Order | undefined {
  const value = text(fields, "sort");
  const found = ORDERS.find((candidate) => candidate === value?.toLowerCase());
  if (value !== undefined && found === undefined) {
    throw new ToolInputError(`sort must be one of ${ORDERS.join(", ")}.`);
  }
  return found;
}

/** The moment with which a time begins, or with which an open one ends. */
async function time(fields: Fields, name: string, period: ReadPeriod): Promise<number | undefined> {
  const value = text(fields, name);
  if (value === undefined) return undefined;
  const { since, before } = (await period(value)) ?? {};
  const at = since ?? before;
  if (at === undefined) {
    throw new ToolInputError(
      `${name} must be a date such as 2026-01-31, a time such as 2026-01-31T09:00, an age such as 7d, or words such as "last week".`,
    );
  }
  return at;
}

/** An object with the field only if there is a value, as exact optional fields want it. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  // The computed key has exactly this name, which the compiler widens to `string`.
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}
