/** Every endpoint of claude-mem's integration guide. */
import type { Case, Step } from "./Case.js";
import {
  boolean,
  id,
  isoTime,
  jsonTexts,
  listOf,
  matching,
  millis,
  number,
  optional,
  text,
  texts,
  type Shape,
} from "./Shape.js";

/** How a terminal's colours begin. */
const ESCAPE = new RegExp(String.fromCharCode(27));

/** What today's clients read of a search. */
export const content: Shape = [{ type: "text", text }];

const error = (pattern: RegExp): Shape => ({ error: matching(pattern) });

export const observationRow: Shape = {
  id,
  sdk_session_id: text,
  title: text,
  subtitle: optional(text),
  summary: text,
  facts: jsonTexts,
  concepts: jsonTexts,
  files_touched: jsonTexts,
  obs_type: matching(/^(discovery|decision|bugfix|feature|refactor|change|command)$/),
  project: text,
  created_at_epoch: millis,
  prompt_number: number,
  // Today's names for the same.
  memory_session_id: text,
  type: matching(/^(discovery|decision|bugfix|feature|refactor|change|command)$/),
  narrative: text,
  files_read: jsonTexts,
  files_modified: jsonTexts,
  created_at: isoTime,
};

export const observationResult: Shape = {
  id,
  title: text,
  subtitle: optional(text),
  summary: text,
  facts: texts,
  concepts: texts,
  files_touched: texts,
  obs_type: text,
  project: text,
  created_at_epoch: millis,
  prompt_number: number,
  rank: optional(number),
};

const observationIndex: Shape = {
  id,
  title: text,
  subtitle: optional(text),
  summary: matching(/./),
  preview: text,
  concepts: texts,
  obs_type: text,
  project: text,
  created_at_epoch: millis,
  rank: optional(number),
};

const summaryRow: Shape = {
  id,
  sdk_session_id: text,
  summary_text: text,
  facts: jsonTexts,
  concepts: jsonTexts,
  files_touched: jsonTexts,
  project: text,
  created_at_epoch: millis,
  memory_session_id: text,
  request: text,
  investigated: text,
  learned: text,
  completed: text,
  next_steps: text,
  notes: text,
  created_at: isoTime,
};

export const summaryResult: Shape = {
  id,
  summary_text: text,
  facts: texts,
  concepts: texts,
  files_touched: texts,
  project: text,
  created_at_epoch: millis,
  rank: optional(number),
};

const summaryIndex: Shape = {
  id,
  title: text,
  preview: text,
  summary_text: text,
  project: text,
  created_at_epoch: millis,
  rank: optional(number),
};

const promptRow: Shape = {
  id,
  claude_session_id: text,
  sdk_session_id: text,
  project: text,
  prompt_number: number,
  prompt_text: text,
  created_at_epoch: millis,
  content_session_id: text,
  memory_session_id: text,
  created_at: isoTime,
};

export const promptResult = {
  id,
  claude_session_id: text,
  project: text,
  prompt_number: number,
  prompt_text: text,
  created_at_epoch: millis,
};

const promptIndex: Shape = {
  id,
  title: text,
  preview: text,
  project: text,
  prompt_number: number,
  created_at_epoch: millis,
  rank: optional(number),
};

const page = (items: Shape, offset = 0, limit = 20, hasMore = false): Shape => ({
  items,
  hasMore,
  offset,
  limit,
});

const edit = (file: string, from: string, to: string, more: object = {}): object => ({
  claudeSessionId: "abc123",
  tool_name: "Edit",
  tool_input: { file_path: file, old_string: from, new_string: to },
  tool_response: { success: true },
  cwd: "/home/somebody/shop",
  ...more,
});

const observe = (body: object): Step => ({
  request: ["POST", "/api/sessions/observations", body],
  answer: { status: "queued" },
});

export const aDay: readonly Step[] = [
  {
    request: [
      "POST",
      "/api/sessions/init",
      { claudeSessionId: "abc123", prompt: "Why do retries pile up?", cwd: "/home/somebody/shop" },
    ],
    answer: { sessionDbId: id, promptNumber: 1 },
    keep: ({ sessionDbId }: { sessionDbId: number }) => ({ session: sessionDbId }),
  },
  observe(edit("/home/somebody/shop/src/retry.ts", "const limit = 5;", "const retryLimit = 3;")),
  observe({
    claudeSessionId: "abc123",
    tool_name: "Bash",
    tool_input: { command: "npm install zod" },
    tool_response: { stdout: "added 1 package", stderr: "" },
    cwd: "/home/somebody/shop",
  }),
  {
    request: [
      "POST",
      "/api/sessions/summarize",
      {
        claudeSessionId: "abc123",
        last_user_message: "Why do retries pile up?",
        last_assistant_message: "The retry limit is three now, so that the queue stays short.",
      },
    ],
    answer: { status: "queued" },
  },
];

export const claudeMem: readonly Case[] = [
  {
    name: "health",
    steps: [{ request: ["GET", "/api/health"], answer: { status: "ok" } }],
  },
  {
    name: "the viewer",
    steps: [{ request: ["GET", "/"], text: /^<!doctype html>[^]*<title>Recollect<\/title>/ }],
  },
  {
    name: "a session from its first prompt to its end",
    steps: [
      ...aDay,
      { request: ["GET", "/api/observations"], answer: page(listOf(observationRow, 2)) },
      { request: ["GET", "/api/summaries"], answer: page(listOf(summaryRow, 1)) },
      { request: ["GET", "/api/prompts"], answer: page(listOf(promptRow, 1)) },
      {
        request: ["GET", "/api/session/{session}"],
        answer: {
          id: "{session}",
          claude_session_id: "abc123",
          sdk_session_id: "abc123",
          project: "shop",
          user_prompt: "Why do retries pile up?",
          created_at_epoch: millis,
          summary_text: matching(/retries/),
          facts: jsonTexts,
          concepts: jsonTexts,
          files_touched: jsonTexts,
        },
      },
      {
        request: ["POST", "/api/sessions/complete", { claudeSessionId: "abc123" }],
        answer: { success: true },
      },
      {
        request: ["POST", "/api/sessions/complete", { claudeSessionId: "abc123" }],
        answer: { success: true, message: "No active session found" },
      },
      {
        request: ["POST", "/api/sessions/complete", { claudeSessionId: "never begun" }],
        answer: { success: true, message: "No active session found" },
      },
    ],
  },
  {
    name: "lists come in pages, newest first, of one project or of all",
    steps: [
      ...[1, 2, 3].map((day) =>
        observe(edit(`/home/somebody/shop/day${day}.ts`, "a", `const day${day} = 1;`)),
      ),
      observe(
        edit("/elsewhere/b.ts", "b", "const other = 2;", {
          claudeSessionId: "z",
          cwd: "/elsewhere",
        }),
      ),
      {
        request: ["GET", "/api/observations?limit=2&offset=1&project=shop"],
        answer: page(listOf(observationRow, 2), 1, 2),
      },
      {
        request: ["GET", "/api/observations?limit=1&project=shop"],
        answer: page(listOf(observationRow, 1), 0, 1, true),
      },
      {
        request: ["GET", "/api/observations?project=nowhere"],
        answer: page([]),
      },
      {
        request: ["GET", "/api/observations?limit=1000"],
        answer: page(listOf(observationRow, 4), 0, 200),
      },
      { request: ["GET", "/api/projects"], answer: { projects: ["elsewhere", "shop"] } },
    ],
  },
  {
    name: "single records by their ids",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/observations?limit=1"],
        keep: ({ items }: { items: { id: number }[] }) => ({ observation: items[0]?.id ?? 0 }),
      },
      {
        request: ["GET", "/api/prompts?limit=1"],
        keep: ({ items }: { items: { id: number }[] }) => ({ prompt: items[0]?.id ?? 0 }),
      },
      { request: ["GET", "/api/observation/{observation}"], answer: observationRow },
      { request: ["GET", "/api/prompt/{prompt}"], answer: promptRow },
      { request: ["GET", "/api/observation/{prompt}"], status: 404, answer: error(/^id/) },
      { request: ["GET", "/api/observation/1"], status: 404, answer: error(/^id/) },
      { request: ["GET", "/api/prompt/1"], status: 404, answer: error(/^id/) },
      { request: ["GET", "/api/session/1"], status: 404, answer: error(/^id/) },
      { request: ["GET", "/api/observation/first"], status: 400, answer: error(/^id/) },
    ],
  },
  {
    name: "numbers about the memories and the process",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/stats"],
        answer: {
          worker: {
            version: text,
            uptime: number,
            activeSessions: 1,
            sseClients: 0,
            port: number,
          },
          database: { path: text, size: number, observations: 2, sessions: 1, summaries: 1 },
        },
      },
      {
        request: ["GET", "/api/processing-status"],
        answer: { isProcessing: false, queueDepth: 0 },
      },
    ],
  },
  {
    name: "search in all its formats",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/search?query=retry&type=observations"],
        answer: { observations: listOf(observationIndex, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search?query=retry&type=observations&format=full"],
        answer: { observations: listOf(observationResult, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search?query=retries&type=sessions&format=full"],
        answer: { observations: [], sessions: listOf(summaryResult, 1), prompts: [], content },
      },
      {
        request: ["GET", "/api/search?query=retries&type=prompts"],
        answer: { observations: [], sessions: [], prompts: listOf(promptIndex, 1), content },
      },
      {
        request: ["GET", "/api/search?query=retry&format=text"],
        text: /^- \*\*/m,
      },
      {
        request: ["GET", "/api/search?type=observations&files=src/retry.ts"],
        answer: { observations: listOf(observationIndex, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search?query=retry&project=other"],
        answer: { observations: [], sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search?query=retry&type=everything"],
        status: 400,
        answer: error(/^type/),
      },
      {
        request: ["GET", "/api/search?query=retry&format=html"],
        status: 400,
        answer: error(/^format/),
      },
    ],
  },
  {
    name: "search by concept, file and type, and the shortcuts",
    steps: [
      {
        request: ["POST", "/api/memory/save", { text: "We decided to use tabs", project: "shop" }],
        answer: {
          success: true,
          id,
          title: "We decided to use tabs",
          project: "shop",
          message: matching(/^Memory saved as observation #\d+$/),
        },
      },
      ...aDay,
      {
        request: ["GET", "/api/decisions"],
        answer: { observations: listOf(observationIndex, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/decisions?format=full&limit=1&project=shop"],
        answer: { observations: listOf(observationResult, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/changes?limit=1"],
        answer: { observations: listOf(observationIndex, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/how-it-works"],
        answer: { observations: listOf(observationIndex), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search/by-type?type=decision,bugfix&format=full"],
        answer: { observations: listOf(observationResult, 1), sessions: [], prompts: [], content },
      },
      {
        request: ["GET", "/api/search/by-file?filePath=src/retry.ts"],
        answer: {
          observations: listOf(observationIndex, 1),
          sessions: listOf(summaryIndex, 1),
          prompts: [],
          content,
        },
      },
      {
        request: ["GET", "/api/search/by-concept?concept=no-such-label"],
        answer: { observations: [], sessions: [], prompts: [], content },
      },
      { request: ["GET", "/api/search/by-concept"], status: 400, answer: error(/^concept/) },
      { request: ["GET", "/api/search/by-file"], status: 400, answer: error(/^filePath/) },
      { request: ["GET", "/api/search/by-type"], status: 400, answer: error(/^type/) },
    ],
  },
  {
    name: "a timeline around a record, a session, a summary and a moment",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/observations?limit=1"],
        keep: ({ items }: { items: { id: number }[] }) => ({ observation: items[0]?.id ?? 0 }),
      },
      {
        request: ["GET", "/api/summaries"],
        keep: ({ items }: { items: { id: number }[] }) => ({ summary: items[0]?.id ?? 0 }),
      },
      {
        request: ["GET", "/api/timeline?anchor={observation}"],
        answer: [
          { type: "prompt", ...promptResult },
          { type: "observation", ...(observationResult as object) },
          { type: "observation", ...(observationResult as object), id: "{observation}" },
          { type: "session", ...(summaryResult as object), id: "{summary}" },
        ],
      },
      {
        request: ["GET", "/api/timeline?anchor={observation}&depth_before=0&depth_after=0"],
        answer: [{ type: "observation", ...(observationResult as object) }],
      },
      {
        request: ["GET", "/api/timeline?anchor=S{summary}&depth_before=1&depth_after=0"],
        answer: [
          { type: "observation", ...(observationResult as object) },
          { type: "session", ...(summaryResult as object) },
        ],
      },
      {
        request: ["GET", "/api/timeline?anchor=S{session}&depth_before=0&depth_after=1"],
        answer: [
          { type: "session", ...(summaryResult as object), id: "{session}" },
          { type: "prompt", ...promptResult },
        ],
      },
      {
        request: ["GET", "/api/timeline?anchor=2020-01-01T00:00:00Z&depth_after=2"],
        answer: [
          { type: "prompt", ...promptResult },
          { type: "observation", ...(observationResult as object) },
        ],
      },
      { request: ["GET", "/api/timeline"], status: 400, answer: error(/^anchor/) },
      { request: ["GET", "/api/timeline?anchor=soon"], status: 400, answer: error(/^anchor/) },
      { request: ["GET", "/api/timeline?anchor=7"], status: 404, answer: error(/^anchor/) },
      { request: ["GET", "/api/timeline?anchor=S7"], status: 404, answer: error(/^anchor/) },
      {
        request: ["GET", "/api/timeline?anchor={observation}&depth_before=-1"],
        status: 400,
        answer: error(/^depth_before/),
      },
    ],
  },
  {
    name: "context for the next session",
    steps: [
      ...aDay,
      {
        request: ["GET", "/api/context/recent?project=shop&limit=3"],
        answer: {
          summaries: listOf(summaryResult, 1),
          observations: listOf(observationResult, 2),
          session_summaries: listOf(summaryResult, 1),
          recent_observations: listOf(observationResult, 2),
          content,
        },
      },
      { request: ["GET", "/api/context/preview?project=shop"], text: ESCAPE },
      {
        request: ["GET", "/api/context/inject?project=shop"],
        text: /^<recollect-context>/,
        textLacks: ESCAPE,
      },
      { request: ["GET", "/api/context/inject?project=shop&colors=true"], text: ESCAPE },
      { request: ["GET", "/api/context/inject?project=nowhere"], text: /^$/ },
      {
        request: ["GET", "/api/context/inject?colors=pink"],
        status: 400,
        answer: error(/^colors/),
      },
    ],
  },
  {
    name: "settings that a later request shows",
    steps: [
      {
        request: ["GET", "/api/settings"],
        answer: { sidebarOpen: boolean, selectedProject: null },
      },
      {
        request: ["POST", "/api/settings", { sidebarOpen: false, selectedProject: "shop" }],
        answer: { success: true },
      },
      {
        request: ["GET", "/api/settings"],
        answer: { sidebarOpen: false, selectedProject: "shop" },
      },
      {
        request: ["POST", "/api/settings", { selectedProject: null }],
        answer: { success: true },
      },
      {
        request: ["GET", "/api/settings"],
        answer: { sidebarOpen: false, selectedProject: null },
      },
      {
        request: ["POST", "/api/settings", { sidebarOpen: "yes" }],
        status: 400,
        answer: error(/^sidebarOpen/),
      },
    ],
  },
  {
    name: "the switch of the tools",
    steps: [
      { request: ["GET", "/api/mcp/status"], answer: { enabled: true } },
      {
        request: ["POST", "/api/mcp/toggle", { enabled: false }],
        answer: { success: true, enabled: false },
      },
      { request: ["GET", "/api/mcp/status"], answer: { enabled: false } },
      { request: ["POST", "/api/mcp/toggle", {}], status: 400, answer: error(/^enabled/) },
    ],
  },
  {
    name: "the older endpoints with a session's number",
    steps: [
      ...aDay,
      {
        request: [
          "POST",
          "/sessions/{session}/init",
          { userPrompt: "And the queue?", promptNumber: 2 },
        ],
        answer: { status: "initialized", sessionDbId: "{session}", promptNumber: 2 },
      },
      {
        request: [
          "POST",
          "/sessions/{session}/observations",
          {
            tool_name: "Edit",
            tool_input: {
              file_path: "/home/somebody/shop/src/queue.ts",
              old_string: "const size = 1;",
              new_string: "const queueLength = 2;",
            },
            tool_response: {},
            prompt_number: 2,
            cwd: "/home/somebody/shop",
          },
        ],
        answer: { status: "queued" },
      },
      {
        request: ["GET", "/api/observations?limit=1"],
        answer: page(
          [{ ...(observationRow as object), sdk_session_id: "abc123", prompt_number: 2 }],
          0,
          1,
          true,
        ),
      },
      {
        request: [
          "POST",
          "/sessions/{session}/summarize",
          { last_user_message: "And the queue?", last_assistant_message: "It is two long." },
        ],
        answer: { status: "queued" },
      },
      { request: ["GET", "/api/summaries"], answer: page(listOf(summaryRow, 2)) },
      { request: ["POST", "/sessions/{session}/complete"], answer: { success: true } },
      {
        request: ["POST", "/sessions/7/init", { userPrompt: "x", promptNumber: 1 }],
        status: 404,
        answer: error(/^sessionDbId/),
      },
      {
        request: ["POST", "/sessions/seven/complete"],
        status: 400,
        answer: error(/^sessionDbId/),
      },
    ],
  },
  {
    name: "what is asked wrongly is refused with the field's name",
    steps: [
      {
        request: ["POST", "/api/sessions/observations", { tool_name: "Bash" }],
        status: 400,
        answer: error(/^claudeSessionId/),
      },
      {
        request: ["POST", "/api/sessions/observations", { claudeSessionId: 5, tool_name: "Bash" }],
        status: 400,
        answer: error(/^claudeSessionId/),
      },
      {
        request: ["POST", "/api/sessions/observations", { claudeSessionId: "a" }],
        status: 400,
        answer: error(/^tool_name/),
      },
      {
        request: [
          "POST",
          "/api/sessions/summarize",
          { contentSessionId: "a", last_user_message: 1 },
        ],
        status: 400,
        answer: error(/^last_user_message/),
      },
      {
        request: ["POST", "/api/sessions/complete", []],
        status: 400,
        answer: error(/^the body/),
      },
      {
        request: ["GET", "/api/observations?limit=abc"],
        status: 400,
        answer: error(/^limit/),
      },
      {
        request: ["GET", "/api/observations?offset=-1"],
        status: 400,
        answer: error(/^offset/),
      },
      { request: ["GET", "/api/nothing"], status: 404, answer: error(/nothing/) },
      {
        request: ["GET", "/api/stats"],
        answer: {
          worker: { version: text, uptime: number, activeSessions: 0, sseClients: 0, port: number },
          database: { path: text, size: 0, observations: 0, sessions: 0, summaries: 0 },
        },
      },
    ],
  },
];
