import type { Hono } from "hono";
import type { MemoryKind } from "recollect-wasm";
import { parseNumber } from "./claudeMemSessions.js";
import { Fields } from "./Fields.js";
import { PAGE, offsetOf } from "./pages.js";
import { Refusal } from "./Refusal.js";
import { observationRow, promptRow, summaryRow, type Numbered } from "./rows.js";
import type { SdkSessionRow } from "./shapes.js";
import type { Surface } from "./Surface.js";

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

  app.get("/api/projects", async ({ json }) => {
    const projects = await memories.projects();
    return json({ projects: [...new Set(projects.map(({ project }) => project.name))] });
  });

  app.get("/api/processing-status", ({ json }) => {
    const { depth, isAsking } = surface.options.rewriting?.() ?? { depth: 0, isAsking: false };
    return json({ isProcessing: hub.queued > 0 || isAsking, queueDepth: hub.queued + depth });
  });
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
