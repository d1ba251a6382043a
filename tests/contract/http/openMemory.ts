/** Every endpoint of OpenMemory's guide for editors, and what its client calls besides. */
import type { Case } from "./Case.js";
import { Is, listOf, matching, millis, number, text, texts, uuid, type Shape } from "./Shape.js";

const sector = matching(/^(episodic|semantic|procedural|emotional|reflective)$/);
const unit = new Is("a number from 0 to 1", (value) => Number(value) >= 0 && Number(value) <= 1);
const object = new Is("an object", (value) => typeof value === "object" && value !== null);
const error = (pattern: RegExp): Shape => ({ error: matching(pattern) });

const stored: Shape = {
  success: true,
  memory_id: uuid,
  id: uuid,
  primary_sector: sector,
  sector,
  sectors: listOf(sector),
};

const memory: Record<string, Shape> = {
  id: uuid,
  content: text,
  primary_sector: sector,
  sectors: listOf(sector),
  tags: text,
  metadata: object,
  created_at: millis,
  updated_at: millis,
  last_seen_at: millis,
  salience: unit,
  decay_lambda: number,
  version: 1,
};

const recalled: Shape = {
  memory_id: uuid,
  id: uuid,
  content: text,
  primary_sector: sector,
  sector,
  sectors: listOf(sector),
  score: unit,
  salience: unit,
  last_seen_at: millis,
  path: texts,
};

const sectorInfo: Shape = {
  name: sector,
  description: text,
  model: text,
  decay_lambda: number,
  table_suffix: text,
};

const pattern = (description: RegExp): Shape => ({
  pattern_id: text,
  description: matching(description),
  salience: unit,
  detected_at: millis,
  last_reinforced: millis,
});

const start = (body: object = {}): Case["steps"][number] => ({
  request: ["POST", "/api/ide/session/start", body],
  answer: {
    success: true,
    session_id: text,
    memory_id: uuid,
    started_at: millis,
    user_id: text,
    project_name: text,
    ide_name: text,
  },
  keep: ({ session_id }: { session_id: string }) => ({ session: session_id }),
});

const event = (
  event_type: string,
  file_path?: string,
  content?: string,
): Case["steps"][number] => ({
  request: ["POST", "/api/ide/events", { event_type, file_path, content, session_id: "{session}" }],
  answer: stored,
});

export const openMemory: readonly Case[] = [
  {
    name: "a session of an editor from start to end",
    steps: [
      start({ user_id: "dev_456", project_name: "backend-api", ide_name: "cursor" }),
      event("file_open", "src/App.tsx", "Opening main app file"),
      event("code_edit", "src/App.tsx", "Added new useState hook"),
      event("code_edit", "src/api/users.ts", "Fixed authentication bug"),
      event("test_run"),
      {
        request: [
          "POST",
          "/api/ide/context",
          { query: "authentication", k: 5, session_id: "{session}" },
        ],
        answer: {
          success: true,
          memories: [recalled],
          total: 1,
          query: "authentication",
        },
      },
      {
        request: ["POST", "/api/ide/context", { query: "file", file_path: "src/api" }],
        answer: { success: true, memories: listOf(recalled), total: number, query: "file" },
      },
      {
        request: ["GET", "/api/ide/patterns/{session}"],
        answer: { success: true, session_id: "{session}", pattern_count: 0, patterns: [] },
      },
      {
        request: ["GET", "/api/ide/patterns/no-such-session"],
        answer: { success: true, session_id: "no-such-session", pattern_count: 0, patterns: [] },
      },
      {
        request: ["POST", "/api/ide/session/end", { session_id: "{session}" }],
        answer: {
          success: true,
          session_id: "{session}",
          ended_at: millis,
          summary_memory_id: text,
          statistics: {
            total_events: 4,
            sectors: object,
            unique_files: 2,
            files: ["src/App.tsx", "src/api/users.ts"],
          },
        },
      },
      {
        request: ["GET", "/api/observations?project=backend-api"],
        answer: { items: [], hasMore: false, offset: 0, limit: 20 },
      },
    ],
  },
  {
    name: "what recurs over sessions",
    steps: [
      ...Array.from({ length: 13 }, (_, day) => {
        const files =
          day % 3 === 0 ? ["src/schema.sql", "src/types.ts"] : ["README.md", `src/${day}.ts`];
        return [
          start({ project_name: "backend-api" }),
          ...files.map((file) => event("code_edit", file)),
          event("git_commit"),
          { request: ["POST", "/api/ide/session/end", { session_id: "{session}" }] },
        ] satisfies Case["steps"];
      }).flat(),
      {
        request: ["GET", "/api/ide/patterns/{session}"],
        answer: {
          success: true,
          session_id: "{session}",
          pattern_count: 2,
          patterns: [
            // What many sessions show comes before what few do.
            pattern(/schema\.sql.*types\.ts/),
            pattern(/\.sql file.*\.ts file.*committing.*few so far/),
          ],
        },
      },
    ],
  },
  {
    name: "a session that says nothing of itself",
    steps: [
      {
        request: ["POST", "/api/ide/session/start"],
        answer: {
          success: true,
          session_id: matching(/^session_/),
          memory_id: uuid,
          started_at: millis,
          user_id: "anonymous",
          project_name: "unknown",
          ide_name: "unknown",
        },
      },
    ],
  },
  {
    name: "an event outside of any session, and one in a session that nobody started",
    steps: [
      {
        request: [
          "POST",
          "/api/ide/events",
          { event_type: "build", metadata: { project: "backend-api", language: "go" } },
        ],
        answer: stored,
      },
      {
        request: ["POST", "/api/ide/events", { event_type: "error", session_id: "own-key" }],
        answer: stored,
      },
      { request: ["GET", "/api/projects"], answer: { projects: listOf(text, 2) } },
      {
        request: ["POST", "/api/ide/session/end", { session_id: "own-key" }],
        answer: {
          success: true,
          session_id: "own-key",
          ended_at: millis,
          summary_memory_id: text,
          statistics: { total_events: 1, sectors: object, unique_files: 0, files: [] },
        },
      },
    ],
  },
  {
    name: "a private event is not kept",
    steps: [
      {
        request: [
          "POST",
          "/api/ide/events",
          { event_type: "code_edit", file_path: "/home/a/.env" },
        ],
        answer: {
          success: true,
          memory_id: "",
          primary_sector: sector,
          sectors: [],
          skipped: "private",
        },
      },
    ],
  },
  {
    name: "what an editor asks wrongly",
    steps: [
      { request: ["POST", "/api/ide/events", {}], status: 400, answer: error(/^event_type/) },
      {
        request: ["POST", "/api/ide/events", { event_type: "build", metadata: "x" }],
        status: 400,
        answer: error(/^metadata/),
      },
      { request: ["POST", "/api/ide/context", { k: 2 }], status: 400, answer: error(/^query/) },
      {
        request: ["POST", "/api/ide/context", { query: "a", k: "2" }],
        status: 400,
        answer: error(/^k/),
      },
      { request: ["POST", "/api/ide/session/end", {}], status: 400, answer: error(/^session_id/) },
      {
        request: ["POST", "/api/ide/session/end", { session_id: "none" }],
        answer: {
          success: true,
          session_id: "none",
          ended_at: millis,
          summary_memory_id: "",
          statistics: { total_events: 0, sectors: {}, unique_files: 0, files: [] },
        },
      },
      {
        request: ["POST", "/api/ide/session/start", { user_id: 7 }],
        status: 400,
        answer: error(/^user_id/),
      },
    ],
  },
  {
    name: "health and sectors",
    steps: [
      { request: ["GET", "/health"], answer: { ok: true, version: text } },
      {
        request: ["GET", "/sectors"],
        answer: {
          sectors: {
            episodic: sectorInfo,
            semantic: sectorInfo,
            procedural: sectorInfo,
            emotional: sectorInfo,
            reflective: sectorInfo,
          },
          stats: listOf({ sector, count: number, avg_salience: unit }, 5),
        },
      },
    ],
  },
  {
    name: "a memory is added, found, changed, reinforced and deleted",
    steps: [
      {
        request: [
          "POST",
          "/memory/add",
          {
            content: "The dashboard uses dark mode\nand drinks coffee",
            tags: ["theme", "preferences"],
            metadata: { importance: "high", lines: 2, 'said: by "whom"': ["a", null] },
          },
        ],
        answer: { id: uuid, primary_sector: sector, sectors: listOf(sector) },
        keep: ({ id }: { id: string }) => ({ memory: id }),
      },
      {
        request: [
          "POST",
          "/memory/query",
          { query: "dark dashboard", filters: { tags: ["theme"] } },
        ],
        answer: {
          query: "dark dashboard",
          matches: [
            {
              ...memory,
              content: "The dashboard uses dark mode\nand drinks coffee",
              tags: '["theme","preferences"]',
              metadata: { importance: "high", lines: 2, 'said: by "whom"': ["a", null] },
              score: 1,
              path: ["{memory}"],
            },
          ],
        },
      },
      {
        request: ["POST", "/memory/query", { query: "dark", filters: { tags: ["other"] } }],
        answer: { query: "dark", matches: [] },
      },
      { request: ["GET", "/memory/all"], answer: { items: [memory] } },
      { request: ["GET", "/memory/all?l=1&u=1"], answer: { items: [] } },
      { request: ["GET", "/memory/{memory}"], answer: memory },
      {
        request: ["POST", "/memory/reinforce", { id: "{memory}", boost: 0.2 }],
        answer: { ok: true },
      },
      {
        request: [
          "PATCH",
          "/memory/{memory}",
          { content: "Light mode, in the end", tags: ["theme"] },
        ],
        answer: { id: "{memory}", updated: true },
      },
      {
        request: ["GET", "/memory/{memory}"],
        answer: { ...memory, content: "Light mode, in the end", tags: '["theme"]' },
      },
      {
        request: ["PATCH", "/memory/{memory}", { metadata: { importance: "low" } }],
        answer: { id: "{memory}", updated: true },
      },
      {
        request: ["GET", "/memory/{memory}"],
        answer: {
          ...memory,
          content: "Light mode, in the end",
          tags: '["theme"]',
          metadata: { importance: "low" },
        },
      },
      {
        request: ["PATCH", "/memory/{memory}", { metadata: "low" }],
        status: 400,
        answer: error(/^metadata/),
      },
      { request: ["PATCH", "/memory/{memory}", {}], status: 400, answer: error(/^content/) },
      { request: ["DELETE", "/memory/{memory}"], answer: { ok: true } },
      { request: ["DELETE", "/memory/{memory}"], status: 404, answer: error(/^id/) },
      { request: ["GET", "/memory/all"], answer: { items: [] } },
    ],
  },
  {
    name: "the user, of whom a store has one",
    steps: [
      {
        request: ["GET", "/users/user_1/summary"],
        answer: {
          user_id: "user_1",
          summary: "Nothing is remembered yet.",
          reflection_count: 0,
          updated_at: 0,
        },
      },
      {
        request: ["POST", "/memory/add", { content: "The stove is red", user_id: "user_1" }],
        keep: ({ id }: { id: string }) => ({ first: id }),
      },
      { request: ["POST", "/memory/add", { content: "The kettle is blue" }] },
      {
        request: ["GET", "/users/user_1/memories"],
        answer: {
          user_id: "user_1",
          items: [
            { ...memory, content: "The kettle is blue" },
            { ...memory, content: "The stove is red" },
          ],
        },
      },
      {
        request: ["GET", "/users/user_1/memories?l=1&u=1"],
        answer: { user_id: "user_1", items: [{ ...memory, id: "{first}" }] },
      },
      {
        request: ["GET", "/users/user_1/summary"],
        answer: {
          user_id: "user_1",
          summary: matching(/^Memories: 2, from [^]*Projects: user\.[^]*: The kettle is blue$/m),
          reflection_count: number,
          updated_at: millis,
        },
      },
      {
        request: ["POST", "/users/user_1/summary/regenerate"],
        answer: {
          ok: true,
          user_id: "user_1",
          summary: matching(/^Memories: 2/),
          reflection_count: number,
        },
      },
      { request: ["GET", "/users/user_1/memories?l=-1"], status: 400, answer: error(/^l must/) },
      { request: ["GET", "/users/%20/summary"], status: 400, answer: error(/^user_id/) },
    ],
  },
  {
    name: "what of OpenMemory is no matter of memories is not there",
    steps: (
      [
        ["POST", "/api/compression/compress", { text: "a" }],
        ["POST", "/api/compression/batch", { texts: ["a"] }],
        ["POST", "/api/compression/analyze", { text: "a" }],
        ["GET", "/api/compression/stats"],
        ["POST", "/lgm/store", { node_id: "a", content: "b" }],
        ["POST", "/lgm/retrieve", { node_id: "a", query: "b" }],
        ["POST", "/lgm/context", { node_id: "a" }],
        ["POST", "/lgm/reflection", { node_id: "a", content: "b" }],
        ["GET", "/lgm/config"],
      ] as const
    ).map((request) => ({ request, status: 404, answer: error(/^there is no (GET|POST) \//) })),
  },
  {
    name: "what is asked wrongly of memories",
    steps: [
      { request: ["POST", "/memory/add", {}], status: 400, answer: error(/^content/) },
      {
        request: ["POST", "/memory/add", { content: "a", tags: "b" }],
        status: 400,
        answer: error(/^tags/),
      },
      {
        request: ["POST", "/memory/query", { query: "a", filters: { sector: "other" } }],
        status: 400,
        answer: error(/^sector/),
      },
      { request: ["GET", "/memory/all?l=-1"], status: 400, answer: error(/^l must/) },
      { request: ["GET", "/memory/all?sector=other"], status: 400, answer: error(/^sector/) },
      { request: ["POST", "/memory/reinforce", { id: "x" }], status: 404, answer: error(/^id/) },
      { request: ["PATCH", "/memory/x", { content: "y" }], status: 404, answer: error(/^id/) },
    ],
  },
];
