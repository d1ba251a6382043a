/**
 * What OpenMemory's Python client and its VS Code extension send, with all the fields that they
 * always send: read from their published sources (`SDK/python`, `IDE`).
 */
import type { Case, Step } from "./Case.js";
import { Is, listOf, matching, millis, number, text, uuid, type Shape } from "./Shape.js";

const sector = matching(/^(episodic|semantic|procedural|emotional|reflective)$/);
const some = new Is("something", (value) => value !== undefined);

const added: Shape = { id: uuid, primary_sector: sector, sectors: listOf(sector) };

/** The Python client always sends the four fields besides the text. */
const add = (content: string, more: object = {}): Step => ({
  request: [
    "POST",
    "/memory/add",
    { content, tags: [], metadata: {}, salience: 0.5, decay_lambda: null, ...more },
  ],
  answer: added,
  keep: ({ id, primary_sector }: { id: string; primary_sector: string }) => ({
    id,
    sector: primary_sector,
  }),
});

const query = (filters: object, found: Shape): Step => ({
  request: ["POST", "/memory/query", { query: "dark mode", k: 8, filters }],
  answer: { query: "dark mode", matches: found },
});

const match: Shape = new Is(
  "a match of this text",
  (value) => (value as { content?: string }).content === "The user prefers dark mode",
);

const python: readonly Case[] = [
  {
    name: "Python client: adds and queries",
    steps: [
      { request: ["GET", "/health"], text: /"ok":true/ },
      { request: ["GET", "/sectors"], text: /"episodic"/ },
      add("The user prefers dark mode", { tags: ["preference"], metadata: { source: "chat" } }),
      query({}, [match]),
      query({ sector: "{sector}" }, [match]),
      query({ min_score: 0 }, [match]),
      query({ tags: ["preference"] }, [match]),
    ],
  },
  {
    name: "Python client: lists, changes, reinforces, deletes",
    steps: [
      add("The user prefers dark mode"),
      { request: ["GET", "/memory/all?l=100&u=0"], answer: { items: listOf(some, 1) } },
      { request: ["GET", "/memory/all?l=1&u=1"], answer: { items: [] } },
      {
        request: ["GET", "/memory/all?l=100&u=0&sector={sector}"],
        answer: { items: listOf(some, 1) },
      },
      {
        request: ["PATCH", "/memory/{id}", { tags: ["a"] }],
        answer: { id: "{id}", updated: true },
      },
      {
        request: ["PATCH", "/memory/{id}", { content: "The user prefers light mode" }],
        answer: { id: "{id}", updated: true },
      },
      { request: ["POST", "/memory/reinforce", { id: "{id}", boost: 0.1 }], answer: { ok: true } },
      { request: ["GET", "/memory/all?l=100&u=0"], text: /light mode/ },
      { request: ["DELETE", "/memory/{id}"], answer: { ok: true } },
      { request: ["GET", "/memory/all?l=100&u=0"], answer: { items: [] } },
    ],
  },
];

/** An event of the extension: what it does not know is absent, as JSON has no `undefined`. */
const event = (event_type: string, file_path: string, more: object): Step => ({
  request: [
    "POST",
    "/api/ide/events",
    {
      session_id: "{session}",
      event_type,
      file_path,
      language: "typescript",
      ...more,
      timestamp: "2026-03-05T14:02:11.512Z",
    },
  ],
  answer: {
    ...{ success: true, memory_id: uuid, id: uuid },
    ...{ primary_sector: sector, sector, sectors: listOf(sector) },
  },
});

const range = [
  { line: 3, character: 0 },
  { line: 3, character: 0 },
];

const start: Step = {
  request: [
    "POST",
    "/api/ide/session/start",
    { user_id: "vscode-user", project_name: "shop", ide_name: "vscode" },
  ],
  keep: ({ session_id }: { session_id: string }) => ({ session: session_id }),
};

const extension: readonly Case[] = [
  {
    name: "VS Code extension: a session with its events",
    steps: [
      { request: ["GET", "/health"], text: /"ok":true/ },
      start,
      event("open", "/home/somebody/shop/kettle.ts", { content: "export const kettle = 1;\n" }),
      event("edit", "/home/somebody/shop/kettle.ts", {
        content: "// boils at sea level",
        metadata: { range, rangeLength: 0 },
      }),
      event("save", "/home/somebody/shop/kettle.ts", { content: "export const kettle = 2;\n" }),
      event("close", "/home/somebody/shop/kettle.ts", {}),
      event("edit", "c:\\shop\\stove.ts", { content: "\n", metadata: { range, rangeLength: 4 } }),
      event("save", "/home/somebody/shop/long.ts", { content: "x = 1;\n".repeat(20_000) }),
      {
        request: [
          "POST",
          "/api/ide/context",
          {
            query: "sea level",
            session_id: "{session}",
            file_path: "/home/somebody/shop/kettle.ts",
            limit: 10,
          },
        ],
        text: /boils at sea level/,
      },
      // Its own names of events are the guide's, so that they are summed up and recur.
      { request: ["GET", "/memory/all?l=20"], text: /Saved [^]*Opened / },
      { request: ["GET", "/api/ide/patterns/{session}"], text: /"patterns":\[\]/ },
      {
        request: ["POST", "/api/ide/session/end", { session_id: "{session}" }],
        answer: {
          success: true,
          session_id: "{session}",
          ended_at: millis,
          summary_memory_id: uuid,
          statistics: { total_events: 6, sectors: some, unique_files: number, files: listOf(text) },
        },
      },
    ],
  },
  {
    name: "VS Code extension: nothing is known, nobody began",
    steps: [
      {
        request: [
          "POST",
          "/api/ide/context",
          { query: "sea level", session_id: null, file_path: "/home/somebody/a.ts", limit: 10 },
        ],
        text: /"memories":\[\]/,
      },
      { request: ["GET", "/api/ide/patterns/never-began"], text: /"patterns":\[\]/ },
      { request: ["POST", "/api/ide/session/end", { session_id: "never-began" }] },
    ],
  },
];

export const openMemoryClients: readonly Case[] = [...python, ...extension];
