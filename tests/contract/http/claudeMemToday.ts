/** What the clients of claude-mem 13.25.3 ask and its integration guide does not have. */
import type { Case } from "./Case.js";
import { aDay, content, observationResult, observationRow, summaryResult } from "./claudeMem.js";
import { promptResult } from "./claudeMem.js";
import { id, listOf, matching, type Shape } from "./Shape.js";

const error = (pattern: RegExp): Shape => ({ error: matching(pattern) });

const keepsObservations = {
  request: ["GET", "/api/observations"],
  keep: ({ items }: { items: { id: number }[] }) => ({
    newest: items[0]?.id ?? 0,
    oldest: items[1]?.id ?? 0,
  }),
} as const;

const timeline = [
  { type: "prompt", ...promptResult },
  { type: "observation", ...(observationResult as object) },
  { type: "observation", ...(observationResult as object) },
  { type: "session", ...(summaryResult as object) },
];

export const claudeMemToday: readonly Case[] = [
  {
    name: "hooks ask whether it is ready, and end a session under another name",
    steps: [
      { request: ["GET", "/api/readiness"], answer: { status: "ready" } },
      { request: ["GET", "/api/health"], textLacks: /version/ },
      ...aDay,
      {
        request: [
          "POST",
          "/api/sessions/session-end",
          { contentSessionId: "abc123", platformSource: "claude", reason: "exit", cwd: "/" },
        ],
        answer: { status: "accepted" },
      },
      {
        request: ["POST", "/api/sessions/complete", { contentSessionId: "abc123" }],
        answer: { success: true, message: "No active session found" },
      },
      {
        request: ["POST", "/api/sessions/session-end", { contentSessionId: "never begun" }],
        answer: { status: "accepted" },
      },
      {
        request: ["POST", "/api/sessions/session-end", {}],
        status: 400,
        answer: error(/^claudeSessionId/),
      },
    ],
  },
  {
    name: "a prompt without words is a session without a prompt",
    steps: [
      ...[
        { prompt: "" },
        { prompt: " \n" },
        { prompt: null },
        {},
        { prompt: "[media prompt]" },
      ].map(
        (prompt) =>
          ({
            request: ["POST", "/api/sessions/init", { contentSessionId: "p", ...prompt }],
            answer: { sessionDbId: id, promptNumber: 0 },
          }) as const,
      ),
      {
        request: ["POST", "/api/sessions/init", { contentSessionId: "p", prompt: "Mend it" }],
        answer: { sessionDbId: id, promptNumber: 1 },
        keep: ({ sessionDbId }: { sessionDbId: number }) => ({ session: sessionDbId }),
      },
      {
        request: ["POST", "/api/sessions/init", { contentSessionId: "p", prompt: "" }],
        answer: { sessionDbId: "{session}", promptNumber: 1 },
      },
      {
        request: ["POST", "/sessions/{session}/init", { userPrompt: "" }],
        answer: { status: "initialized", sessionDbId: "{session}", promptNumber: 1 },
      },
      { request: ["GET", "/api/prompts"], text: /Mend it/ },
      { request: ["GET", "/api/prompts"], textLacks: /media prompt/ },
    ],
  },
  {
    name: "observations by their numbers",
    steps: [
      ...aDay,
      keepsObservations,
      {
        request: ["POST", "/api/observations/batch", { ids: ["{oldest}", "{newest}"] }],
        answer: [
          { ...(observationRow as object), id: "{oldest}" },
          { ...(observationRow as object), id: "{newest}" },
        ],
      },
      {
        request: ["POST", "/api/observations/batch", { ids: "[{oldest},{newest}]" }],
        answer: listOf(observationRow, 2),
      },
      {
        request: [
          "POST",
          "/api/observations/batch",
          { ids: ["{oldest}", "{newest}", 7, "{oldest}"], orderBy: "date_desc", limit: 1 },
        ],
        answer: [{ ...(observationRow as object), id: "{newest}" }],
      },
      {
        request: ["POST", "/api/observations/batch", { ids: ["{newest}"], project: "other" }],
        answer: [],
      },
      { request: ["POST", "/api/observations/batch", { ids: [] }], answer: [] },
      {
        request: ["POST", "/api/observations/batch", { ids: ["x"] }],
        status: 400,
        answer: error(/^ids/),
      },
      { request: ["POST", "/api/observations/batch", {}], status: 400, answer: error(/^ids/) },
    ],
  },
  {
    name: "observations by the files that they are about",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/observations/by-file?path=src/retry.ts&projects=shop&limit=40"],
        answer: { observations: listOf(observationRow, 1), count: 1 },
      },
      {
        request: ["GET", "/api/observations/by-file?path=nowhere.ts&path=src/retry.ts"],
        answer: { observations: listOf(observationRow, 1), count: 1 },
      },
      {
        request: ["GET", "/api/observations/by-file?path=src/retry.ts&projects=other,another"],
        answer: { observations: [], count: 0 },
      },
      { request: ["GET", "/api/observations/by-file"], status: 400, answer: error(/^path/) },
    ],
  },
  {
    name: "what the plugins of other agents search",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/search/observations?query=retry&limit=10"],
        answer: {
          observations: listOf(observationResult, 1),
          items: listOf(observationResult, 1),
          count: 1,
          content: [{ type: "text", text: matching(/not instructions[^]*retry/) }],
        },
      },
      {
        request: ["GET", "/api/search/observations?query=nobodysaidthis"],
        answer: {
          observations: [],
          items: [],
          count: 0,
          content: [{ type: "text", text: "Nothing is remembered about this.\n" }],
        },
      },
      {
        request: [
          "GET",
          "/api/timeline/by-query?query=retries&mode=auto&depth_before=5&depth_after=5",
        ],
        answer: { timeline, anchor: id, content },
      },
      {
        request: ["GET", "/api/timeline/by-query?query=nobodysaidthis"],
        answer: { timeline: [], anchor: null, content },
      },
      { request: ["GET", "/api/timeline/by-query"], status: 400, answer: error(/^query/) },
    ],
  },
];
