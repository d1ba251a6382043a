import type { Hono } from "hono";
import type { Memory, NewRecord, Origin } from "recollect-wasm";
import { asKey, readBody, requireRoom, type IntegerRange } from "../Fields.js";
import { projectIn, relative } from "./openMemory.js";
import { contentOf, KINDS, primarySector } from "./openMemoryShapes.js";
import { MAX_ITEMS } from "../pages.js";
import { badField, Refusal, renaming } from "../Refusal.js";
import type { Surface } from "../Surface.js";

/** As OpenMemory answers, unless it is told how many are wanted. */
const WANTED: IntegerRange = { min: 1, max: MAX_ITEMS, byDefault: 5, isCapped: true };

/** Patterns of one session that are shown. */
const MAX_PATTERNS = 50;

/** Who a session belongs to that says nothing of it, in OpenMemory's words. */
const NOBODY = { user: "anonymous", project: "unknown", ide: "unknown" };

/** The guide's names of what OpenMemory's own extension calls otherwise. */
const EVENT_TYPES: Readonly<Record<string, string>> = {
  edit: "code_edit",
  save: "file_save",
  open: "file_open",
  close: "file_close",
};

function eventType(told: string): string {
  return (Object.hasOwn(EVENT_TYPES, told) ? EVENT_TYPES[told] : undefined) ?? told;
}

/** `/api/ide/*`: events, context, sessions and patterns for editors. */
export function addOpenMemoryIde(app: Hono, surface: Surface): void {
  const { memories, sessions } = surface;

  app.post("/api/ide/events", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const type = eventType(body.key("event_type"));
    const file = body.optionalText("file_path");
    const whole = body.optionalWholeText("content");
    const metadata = body.optionalMetadata("metadata");
    // All is looked at before the session begins, or a refused event would leave one behind.
    const told = metadata === undefined ? "" : JSON.stringify(metadata);
    requireRoom({ file_path: file ?? "", metadata: told });
    const content =
      whole === undefined ? undefined : await surface.fitting(whole, [file ?? "", told]);
    const origin = await originOf(surface, body.optionalKey("session_id"), metadata ?? {});
    const event: NewRecord = {
      kind: "event",
      origin,
      type,
      ...(file === undefined || file === "" ? {} : { file }),
      ...(content === undefined || content === "" ? {} : { content }),
      ...(metadata === undefined ? {} : { metadata }),
    };
    const [appended] = await memories
      .append([event])
      .catch(renaming({ text: "content", type: "event_type", "project.id": "metadata.project" }));
    if (appended?.status !== "pending") {
      return json({
        success: true,
        memory_id: "",
        primary_sector: "episodic",
        sectors: [],
        skipped: "private",
      });
    }
    const [memory] = await memories.get([appended.id]);
    if (memory === undefined) throw new Refusal(404, "it was forgotten meanwhile");
    return json({ success: true, ...named(memory) });
  });

  app.post("/api/ide/context", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const query = body.text("query");
    if (query.trim() === "") throw badField("query", "a string that is not empty");
    const limit = body.integer(body.has("k") ? "k" : "limit", WANTED);
    const session = body.optionalKey("session_id");
    const file = body.optionalKey("file_path");
    const { hits, total } = await memories.ask({
      text: query,
      kinds: KINDS,
      limit,
      format: "full",
      ...(session === undefined ? {} : { session }),
      ...(file === undefined ? {} : { files: [file] }),
    });
    const seen = await memories.seen(hits.map(({ id }) => id));
    const best = hits[0]?.score ?? 0;
    const found = hits.flatMap(({ id, memory, score }) => {
      if (memory === undefined) return [];
      const state = seen.find((one) => one.id === id);
      return [
        {
          ...named(memory),
          content: contentOf(memory),
          score: relative(score, best),
          salience: state?.salience ?? 0,
          last_seen_at: state?.lastSeen ?? memory.at,
          path: [id],
        },
      ];
    });
    return json({ success: true, memories: found, total, query });
  });

  app.post("/api/ide/session/start", async ({ req, json }) => {
    const body = await readBody(req.raw, true);
    const user = body.optionalKey("user_id") ?? NOBODY.user;
    const project = body.optionalKey("project_name") ?? NOBODY.project;
    const ide = body.optionalKey("ide_name") ?? NOBODY.ide;
    const key = `session_${crypto.randomUUID()}`;
    await sessions
      .begin(key, { source: "openmemory", project, user, ide })
      .catch(renaming({ "project.id": "project_name" }));
    const session = await sessions.find(key);
    return json({
      success: true,
      session_id: key,
      memory_id: session?.id ?? "",
      started_at: session?.startedAt ?? Date.now(),
      user_id: user,
      project_name: project,
      ide_name: ide,
    });
  });

  app.post("/api/ide/session/end", async ({ req, json }) => {
    const key = (await readBody(req.raw)).key("session_id");
    if ((await sessions.find(key)) === undefined) return json(endedWithNothing(key));
    const { endedAt, summary, statistics } = await memories.endSession(key);
    return json({
      success: true,
      session_id: key,
      ended_at: endedAt,
      // A session in which nothing happened has no summary.
      summary_memory_id: summary ?? "",
      statistics: {
        total_events: statistics.totalEvents,
        sectors: statistics.sectors,
        unique_files: statistics.uniqueFiles,
        files: statistics.files,
      },
    });
  });

  app.get("/api/ide/patterns/:session_id", async ({ req, json }) => {
    const key = asKey("session_id", req.param("session_id"));
    const isKnown = (await sessions.find(key)) !== undefined;
    const patterns = isKnown ? await memories.patterns({ session: key, limit: MAX_PATTERNS }) : [];
    return json({
      success: true,
      session_id: key,
      pattern_count: patterns.length,
      patterns: patterns.map((pattern) => ({
        pattern_id: pattern.id,
        description: pattern.description,
        salience: pattern.salience,
        detected_at: pattern.detectedAt,
        last_reinforced: pattern.lastReinforced,
      })),
    });
  });
}

/** What a memory is called: by the guide's names, and by those that OpenMemory's own extension reads. */
function named(memory: Memory): object {
  const sector = primarySector(memory);
  return {
    ...{ memory_id: memory.id, id: memory.id },
    ...{ primary_sector: sector, sector, sectors: memory.sectors },
  };
}

/** Where an event belongs: to its session, or to the project its metadata names. */
async function originOf(
  surface: Surface,
  key: string | undefined,
  metadata: Readonly<Record<string, unknown>>,
): Promise<Origin> {
  const { sessions } = surface;
  const project = projectIn(metadata);
  if (key === undefined) {
    return surface.origin(await sessions.projectFor({ project }), "tool");
  }
  const session = await sessions.begin(key, { source: "openmemory", project });
  return surface.origin(session.project, "tool", key);
}

/** The end of a session that nothing was told of, as OpenMemory's server answers it. */
function endedWithNothing(key: string): object {
  return {
    success: true,
    session_id: key,
    ended_at: Date.now(),
    summary_memory_id: "",
    statistics: { total_events: 0, sectors: {}, unique_files: 0, files: [] },
  };
}
