import type { Hono } from "hono";
import type { MemoryKind } from "recollect-wasm";
import { parseNumber } from "./claudeMemSessions.js";
import { asKey, Fields, readBody } from "../Fields.js";
import { MAX_ITEMS, PAGE, offsetOf } from "../pages.js";
import { badField, Refusal } from "../Refusal.js";
import { observationRow, promptRow, summaryRow, type Numbered } from "../rows.js";
import type { SdkSessionRow } from "../shapes.js";
import type { Surface } from "../Surface.js";

/** Sessions that are counted as going on. */
const MAX_ACTIVE = 200;

/** Lists, single records and numbers about all of them. */
export function addClaudeMemData(app: Hono, surface: Surface): void {
  const { memories, options, hub } = surface;

  addKind(
    app,
    surface,
    "observation",
    ["/api/observations", "/api/observation/:id"],
    observationRow,
  );
  addKind(app, surface, "summary", ["/api/summaries"], summaryRow);
  addKind(app, surface, "prompt", ["/api/prompts", "/api/prompt/:id"], promptRow);

  app.get("/api/session/:id", async ({ req, json }) =>
    json(await sessionRow(surface, parseNumber("id", req.param("id")))),
  );

  app.get("/api/stats", async ({ json }) => {
    const [stats, { sessions }] = await Promise.all([
      memories.stats(),
      memories.sessions({ limit: MAX_ACTIVE }),
    ]);
    return json({
      worker: {
        version: options.version,
        uptime: Math.floor((Date.now() - surface.startedAt) / 1000),
        activeSessions: sessions.filter(({ endedAt }) => endedAt === undefined).length,
        sseClients: hub.clients,
        port: options.port?.() ?? 0,
      },
      database: {
        path: options.storagePath ?? "",
        size: stats.segmentBytes,
        observations: stats.byKind["observation"] ?? 0,
        sessions: stats.sessions,
        summaries: stats.byKind["summary"] ?? 0,
      },
    });
  });

  app.get("/api/projects", async ({ json }) => json({ projects: await surface.projectNames() }));

  // Before `/api/observation/:id`, whose path is another one.
  app.post("/api/observations/batch", async ({ req, json }) => {
    const body = await readBody(req.raw);
    return json((await batch(surface, body)).map(observationRow));
  });

  app.get("/api/observations/by-file", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const files = new URL(req.url).searchParams.getAll("path").filter((path) => path !== "");
    if (files.length === 0) throw badField("path", "a string, and is missing");
    const { hits } = await memories.recent({
      kinds: ["observation"],
      files: files.map((path) => asKey("path", path)),
      projects: fields.list("projects"),
      limit: fields.integer("limit", PAGE),
    });
    const whole = await memories.get(hits.map(({ id }) => id));
    const observations = (await surface.numbered(whole)).map(observationRow);
    return json({ observations, count: observations.length });
  });

  app.get("/api/processing-status", ({ json }) => {
    const { depth, isAsking } = surface.options.rewriting?.() ?? { depth: 0, isAsking: false };
    return json({ isProcessing: hub.queued > 0 || isAsking, queueDepth: hub.queued + depth });
  });
}

/** Observations by their numbers, as they were asked for unless an order is; unknown ones are left out. */
async function batch(surface: Surface, body: Fields): Promise<Numbered[]> {
  const numbers = body.numbers("ids", MAX_ITEMS);
  const order = body.oneOf("orderBy", ["date_desc", "date_asc", "relevance"]);
  const limit = body.integer("limit", {
    min: 1,
    max: MAX_ITEMS,
    byDefault: MAX_ITEMS,
    isCapped: true,
  });
  const project = body.optionalKey("project");
  const ids = await surface.memories.aliased([...new Set(numbers)]);
  const whole = await surface.memories.get(ids.filter((id) => id !== ""));
  const chosen = whole.filter(
    ({ kind, project: { id, name } }) =>
      kind === "observation" && (project === undefined || project === id || project === name),
  );
  if (order === "date_desc") chosen.sort((a, b) => b.at - a.at);
  if (order === "date_asc") chosen.sort((a, b) => a.at - b.at);
  return surface.numbered(chosen.slice(0, limit));
}

/** The list of one kind and, under the second path, a single one. */
function addKind(
  app: Hono,
  surface: Surface,
  kind: MemoryKind,
  [list, single]: readonly [string, string?],
  rowOf: (numbered: Numbered) => object,
): void {
  app.get(list, async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const offset = offsetOf(fields);
    const limit = fields.integer("limit", PAGE);
    const project = fields.optionalKey("project");
    const { hits, hasMore } = await surface.memories.recent({
      kinds: [kind],
      ...(project === undefined ? {} : { projects: [project] }),
      limit,
      offset,
    });
    const whole = await surface.memories.get(hits.map(({ id }) => id));
    const items = (await surface.numbered(whole)).map(rowOf);
    return json({ items, hasMore, offset, limit });
  });
  if (single === undefined) return;
  app.get(single, async ({ req, json }) => {
    const number = parseNumber("id", req.param("id") ?? "");
    const numbered = await surface.byNumber(number, kind);
    if (numbered.memory.kind !== kind) throw new Refusal(404, `id: there is no ${kind} ${number}`);
    return json(rowOf(numbered));
  });
}

/** The session that a number stands for, whichever of its records has that number. */
async function sessionRow(surface: Surface, id: number): Promise<SdkSessionRow> {
  const { memories } = surface;
  const { key } = await surface.sessions.byNumber(id).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(404, `id: there is no session ${id}`) : error;
  });
  const { session, summary } = await memories.session(key);
  const { hits } = await memories.recent({ kinds: ["prompt"], session: key, limit: 200 });
  const first = hits.at(-1);
  const [prompt] = first === undefined ? [] : await memories.get([first.id]);
  const [numbered] = summary === undefined ? [] : await surface.numbered([summary]);
  const told = numbered && summaryRow(numbered);
  return {
    id,
    claude_session_id: key,
    sdk_session_id: key,
    project: session.project.name,
    user_prompt: prompt?.narrative ?? "",
    created_at_epoch: session.startedAt,
    ...(session.endedAt === undefined ? {} : { completed_at_epoch: session.endedAt }),
    ...(told === undefined
      ? {}
      : {
          summary_text: told.summary_text,
          facts: told.facts,
          concepts: told.concepts,
          files_touched: told.files_touched,
        }),
  };
}
