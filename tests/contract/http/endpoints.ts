/** What each endpoint takes, as far as random requests need to know it. */

/** A field: how a right value is drawn, and what is wrong for it. */
export interface Field {
  readonly right: (draw: Draw) => unknown;
  readonly wrong: readonly unknown[];
  readonly isRequired?: boolean;
}

/** One endpoint. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Whether its fields are parameters of the address. */
  readonly isAddress?: boolean;
}

/** Random values; the same seed gives the same ones. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    // xorshift32, of G. Marsaglia, "Xorshift RNGs", 2003.
    this.#state ^= this.#state << 13;
    this.#state >>>= 0;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % end;
  }

  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("nothing to draw from");
    return value;
  }
}

const WORDS = [
  "kettle",
  "<private>x</private>",
  "ключ",
  "日本",
  "\u0000",
  "' OR 1",
  '"',
  "a*",
  "-b",
  "\ud800",
  "🫖",
  "\n",
];

const words = (draw: Draw): string =>
  `w${Array.from({ length: draw.below(6) }, () => draw.of(WORDS)).join(" ")}`;

const text: Field = { right: words, wrong: [7, true, {}, ["a"]] };
const needed: Field = { ...text, isRequired: true };
const key: Field = {
  right: (draw) => `key ${draw.below(5)}`,
  wrong: [7, true, {}, ["a"], "  ", "x".repeat(600)],
};
const neededKey: Field = { ...key, isRequired: true };
const anything: Field = {
  right: (draw) => draw.of([null, 7, "a", { b: [1, { c: words(draw) }] }]),
  wrong: [],
};
const object: Field = {
  right: (draw) => ({ [words(draw)]: draw.of([1, "a", null, [true]]) }),
  wrong: ["a", 7, []],
};
const number = (min: number, max: number): Field => ({
  right: (draw) => min + draw.below(max - min + 1),
  wrong: [min - 1, min + 0.5, "7", {}, true],
});
const parameter = (min: number, max: number): Field => ({
  right: (draw) => String(min + draw.below(max - min + 1)),
  wrong: [String(min - 1), "abc", "1.5", "1e2", "0x10"],
});
const name: Field = { right: (draw) => `name ${draw.below(3)}`, wrong: ["   "] };
const listed = (values: readonly string[]): Field => ({
  right: (draw) => draw.of(values),
  wrong: ["other", "index,full"],
});
const time: Field = {
  right: (draw) =>
    draw.of(["2026-01-31", "2026-01-31T10:00:00Z", "1767225600000", "2026-01-31 10:00"]),
  wrong: ["soon", "2026-02-30", "2026", "-1"],
};
const labels: Field = { right: (draw) => [words(draw).slice(0, 20)], wrong: ["a", 7, [7]] };
const query: Field = { right: words, wrong: [] };

const session = { claudeSessionId: neededKey };
const tool = { tool_name: neededKey, tool_input: anything, tool_response: anything, cwd: text };
const page = { limit: parameter(1, 200), offset: parameter(0, 20) };

export const endpoints: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/api/sessions/init",
    fields: { ...session, prompt: needed, project: key, cwd: text },
  },
  {
    method: "POST",
    path: "/api/sessions/observations",
    fields: { ...session, ...tool, prompt_number: number(1, 9) },
  },
  {
    method: "POST",
    path: "/api/sessions/summarize",
    fields: { ...session, last_user_message: text, last_assistant_message: text },
  },
  { method: "POST", path: "/api/sessions/complete", fields: session },
  { method: "POST", path: "/api/memory/save", fields: { text: needed, title: text, project: key } },
  { method: "GET", path: "/api/observations", fields: { ...page, project: name }, isAddress: true },
  { method: "GET", path: "/api/summaries", fields: { ...page, project: name }, isAddress: true },
  { method: "GET", path: "/api/prompts", fields: { ...page, project: name }, isAddress: true },
  { method: "GET", path: "/api/stats", fields: {}, isAddress: true },
  { method: "GET", path: "/api/projects", fields: {}, isAddress: true },
  {
    method: "GET",
    path: "/api/search",
    fields: {
      ...page,
      query,
      type: listed(["all", "observations", "sessions,prompts"]),
      format: listed(["index", "full", "text"]),
      project: name,
      obs_type: query,
      concepts: query,
      files: query,
      dateStart: time,
      dateEnd: time,
    },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/timeline",
    fields: {
      anchor: {
        right: (draw) => draw.of(["2026-01-31", "2026-01-31T10:00:00Z"]),
        wrong: ["soon", "x7", "S", "7", "S7"],
        isRequired: true,
      },
      depth_before: parameter(0, 100),
      depth_after: parameter(0, 100),
      project: name,
    },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/search/by-concept",
    fields: { ...page, concept: { ...name, isRequired: true }, format: listed(["index", "full"]) },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/search/by-file",
    fields: { ...page, filePath: { ...name, isRequired: true } },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/decisions",
    fields: { ...page, query, project: name },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/changes",
    fields: { ...page, query, project: name },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/how-it-works",
    fields: { ...page, query, project: name },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/context/recent",
    fields: { limit: parameter(1, 50), project: name },
    isAddress: true,
  },
  {
    method: "GET",
    path: "/api/context/inject",
    fields: { project: name, colors: listed(["true", "false", "0"]) },
    isAddress: true,
  },
  {
    method: "POST",
    path: "/api/settings",
    fields: {
      sidebarOpen: { right: (draw) => draw.below(2) === 0, wrong: ["true", 1, {}] },
      selectedProject: text,
    },
  },
  {
    method: "POST",
    path: "/api/mcp/toggle",
    fields: {
      enabled: { right: (draw) => draw.below(2) === 0, wrong: ["true", 1, {}], isRequired: true },
    },
  },
  {
    method: "POST",
    path: "/api/ide/events",
    fields: {
      event_type: neededKey,
      file_path: text,
      content: text,
      session_id: key,
      metadata: object,
    },
  },
  {
    method: "POST",
    path: "/api/ide/context",
    fields: { query: needed, k: number(1, 200), session_id: key, file_path: key },
  },
  {
    method: "POST",
    path: "/api/ide/session/start",
    fields: { user_id: key, project_name: key, ide_name: key },
  },
  { method: "GET", path: "/sectors", fields: {}, isAddress: true },
  {
    method: "POST",
    path: "/memory/add",
    fields: { content: needed, tags: labels, metadata: object },
  },
  {
    method: "POST",
    path: "/memory/query",
    fields: { query: needed, k: number(1, 200), filters: object },
  },
  {
    method: "GET",
    path: "/memory/all",
    fields: { l: parameter(1, 200), u: parameter(0, 20) },
    isAddress: true,
  },
  {
    method: "POST",
    path: "/sessions/any/context",
    fields: {
      file_path: { ...key, isRequired: true },
      file_importance: { right: (draw) => draw.below(11) / 10, wrong: [-0.1, 1.1, "1", {}] },
      search_query: text,
      decision: text,
    },
  },
  {
    method: "POST",
    path: "/projects/any/memories",
    fields: { key: neededKey, value: needed, metadata: object, ttl_seconds: number(1, 9) },
  },
  {
    method: "GET",
    path: "/projects/any/memories",
    fields: { limit: parameter(1, 200) },
    isAddress: true,
  },
];
