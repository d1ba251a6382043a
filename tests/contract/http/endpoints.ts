/** What each endpoint takes, as far as random requests need to know it. */
import {
  anySession,
  boolean,
  branch,
  filters,
  key,
  labels,
  listed,
  memoryId,
  name,
  needed,
  neededKey,
  number,
  numbers,
  object,
  page,
  parameter,
  place,
  query,
  recordNumber,
  sessionKey,
  sessionName,
  share,
  text,
  time,
  tool,
  type Field,
} from "./fields.js";

/** One endpoint. Fields of a `GET` are parameters of its address. */
export interface Endpoint {
  readonly fields?: Readonly<Record<string, Field>>;
  /** What stands for each `:name` of the path. */
  readonly places?: Readonly<Record<string, Field>>;
  /** Whether its answer goes on for ever. */
  readonly isStream?: boolean;
}

const listOf: Endpoint = { fields: { ...page, project: name } };
const format = listed(["index", "full", "text"]);
const days = { dateStart: time, dateEnd: time };
const shortcut: Endpoint = { fields: { ...page, ...days, query, project: name, format } };
const narrow = { ...page, ...days, query, project: name, format };
const bySession = { sessionDbId: recordNumber("session", "sessionDbId") };
const ofUser = { user_id: place("user_id") };
const messages = { last_user_message: text, last_assistant_message: text };

/** Every endpoint by its method and path; a test compares them with what the handler answers. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET /": {},
  "GET /stream": { isStream: true },
  "GET /api/health": {},
  "GET /api/readiness": {},
  "POST /api/sessions/init": {
    fields: { ...sessionName, prompt: text, project: key, cwd: text },
  },
  "POST /api/sessions/observations": {
    fields: { ...sessionName, ...tool, prompt_number: number(1, 9) },
  },
  "POST /api/sessions/summarize": { fields: { ...sessionName, ...messages } },
  "POST /api/sessions/complete": { fields: sessionName },
  "POST /api/sessions/session-end": { fields: sessionName },
  "POST /sessions/:sessionDbId/init": {
    places: bySession,
    fields: { userPrompt: text, promptNumber: number(1, 9) },
  },
  "POST /sessions/:sessionDbId/observations": {
    places: bySession,
    fields: { ...tool, prompt_number: number(1, 9) },
  },
  "POST /sessions/:sessionDbId/summarize": { places: bySession, fields: messages },
  "POST /sessions/:sessionDbId/complete": { places: bySession },
  "POST /api/memory/save": { fields: { text: needed, title: text, project: key } },
  "GET /api/observations": listOf,
  "GET /api/summaries": listOf,
  "GET /api/prompts": listOf,
  "POST /api/observations/batch": { fields: { ids: numbers, project: key } },
  "GET /api/observations/by-file": {
    fields: { path: { ...name, isRequired: true }, projects: query, limit: page.limit },
  },
  "GET /api/observation/:id": { places: { id: recordNumber("observation") } },
  "GET /api/session/:id": { places: { id: recordNumber("session") } },
  "GET /api/prompt/:id": { places: { id: recordNumber("prompt") } },
  "GET /api/stats": {},
  "GET /api/projects": {},
  "GET /api/processing-status": {},
  "GET /api/search": {
    fields: {
      ...narrow,
      type: listed(["all", "observations", "sessions,prompts"]),
      obs_type: query,
      concepts: query,
      files: query,
    },
  },
  "GET /api/search/observations": { fields: narrow },
  "GET /api/timeline/by-query": {
    fields: {
      query: { ...name, isRequired: true },
      depth_before: parameter(0, 100),
      depth_after: parameter(0, 100),
      project: name,
    },
  },
  "GET /api/timeline": {
    fields: {
      anchor: {
        right: (draw, known) =>
          draw.of([
            ...["2026-01-31", "2026-01-31T10:00:00Z"],
            ...[String(known.observation), `S${known.session}`],
          ]),
        wrong: ["soon", "x7", "S", "7", "S7"],
        isRequired: true,
      },
      depth_before: parameter(0, 100),
      depth_after: parameter(0, 100),
      project: name,
    },
  },
  "GET /api/decisions": shortcut,
  "GET /api/changes": shortcut,
  "GET /api/how-it-works": shortcut,
  "GET /api/search/by-concept": { fields: { ...narrow, concept: { ...name, isRequired: true } } },
  "GET /api/search/by-file": { fields: { ...narrow, filePath: { ...name, isRequired: true } } },
  "GET /api/search/by-type": {
    fields: { ...narrow, type: { ...name, wrong: [" ", ",,"], isRequired: true } },
  },
  "GET /api/context/recent": { fields: { limit: parameter(1, 50), project: name } },
  "GET /api/context/preview": { fields: { project: name, projects: query } },
  "GET /api/context/inject": {
    fields: { project: name, projects: query, colors: listed(["true", "false", "0"]) },
  },
  "GET /api/settings": {},
  "POST /api/settings": { fields: { sidebarOpen: boolean, selectedProject: text } },
  "GET /api/mcp/status": {},
  "POST /api/mcp/toggle": { fields: { enabled: { ...boolean, isRequired: true } } },
  "GET /api/branch/status": {},
  "POST /api/branch/switch": { fields: { branch } },
  "POST /api/branch/update": {},
  "POST /api/ide/events": {
    fields: {
      event_type: neededKey,
      file_path: text,
      content: text,
      session_id: key,
      metadata: object,
    },
  },
  "POST /api/ide/context": {
    fields: { query: needed, k: number(1, 200), session_id: key, file_path: key },
  },
  "POST /api/ide/session/start": { fields: { user_id: key, project_name: key, ide_name: key } },
  "POST /api/ide/session/end": { fields: { session_id: anySession } },
  "GET /api/ide/patterns/:session_id": { places: { session_id: anySession } },
  "GET /health": {},
  "GET /sectors": {},
  "POST /memory/add": { fields: { content: needed, tags: labels, metadata: object } },
  "POST /memory/query": { fields: { query: needed, k: number(1, 200), filters } },
  "GET /memory/all": { fields: { l: parameter(1, 200), u: parameter(0, 20) } },
  "POST /memory/reinforce": {
    fields: { id: { ...memoryId("memory"), isRequired: true }, boost: share },
  },
  "GET /memory/:id": { places: { id: memoryId("memory") } },
  "PATCH /memory/:id": {
    places: { id: memoryId("memory") },
    fields: { content: needed, tags: labels, metadata: object },
  },
  "DELETE /memory/:id": { places: { id: memoryId("spare") } },
  "GET /users/:user_id/memories": {
    places: ofUser,
    fields: { l: parameter(1, 200), u: parameter(0, 20) },
  },
  "GET /users/:user_id/summary": { places: ofUser },
  "POST /users/:user_id/summary/regenerate": { places: ofUser },
  "GET /sessions/:id/context": { places: { id: { ...sessionKey, says: "session_id" } } },
  "POST /sessions/:id/context": {
    places: { id: place("session_id") },
    fields: {
      file_path: { ...key, isRequired: true },
      file_importance: share,
      search_query: text,
      decision: text,
      memory_id: key,
    },
  },
  "GET /projects/:id/memories": {
    places: { id: place("project_id") },
    fields: { limit: parameter(1, 200) },
  },
  "POST /projects/:id/memories": {
    places: { id: place("project_id") },
    fields: { key: neededKey, value: needed, metadata: object, ttl_seconds: number(1, 9) },
  },
};
