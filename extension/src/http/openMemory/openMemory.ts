import type { Hono } from "hono";
import type { Memory, NewRecord, SearchRequest, Sector } from "recollect-wasm";
import { isDenied } from "../../common/capture/deniedFiles.js";
import { oneLine } from "../../common/text/plainText.js";
import { asKey, Fields, readBody, type IntegerRange } from "../Fields.js";
import {
  factsOf,
  KINDS,
  openMemoryItem,
  primarySector,
  sectorInfo,
  SECTORS,
  type OpenMemoryItem,
} from "./openMemoryShapes.js";
import { MAX_ITEMS } from "../pages.js";
import { badField, Refusal, renaming } from "../Refusal.js";
import type { Surface } from "../Surface.js";

/** As OpenMemory's own client asks, unless it is told. */
const MATCHES: IntegerRange = { min: 1, max: MAX_ITEMS, byDefault: 8, isCapped: true };
const LISTED: IntegerRange = { min: 1, max: MAX_ITEMS, byDefault: 100, isCapped: true };
const FROM: IntegerRange = { min: 0, max: 1_000_000_000, byDefault: 0 };

/** What the module calls the fields of a memory. */
const inClientsWords = renaming({
  ...{ text: "content", title: "content", narrative: "content", edit: "content" },
  ...{ concepts: "tags", facts: "metadata", "project.id": "metadata.project" },
});

/** A title made of a longer text, in characters. */
const TITLE_LENGTH = 120;

/** What OpenMemory's published client calls besides the editor's endpoints. */
export function addOpenMemory(app: Hono, surface: Surface): void {
  const { memories, sessions } = surface;

  app.get("/health", ({ json }) => json({ ok: true, version: surface.options.version }));

  app.get("/sectors", async ({ json }) => {
    const stats = await Promise.all(SECTORS.map((sector) => sectorStats(surface, sector)));
    return json({
      sectors: Object.fromEntries(SECTORS.map((sector) => [sector, sectorInfo(sector)])),
      stats,
    });
  });

  app.post("/memory/add", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const content = textOf(body, "content");
    const tags = body.texts("tags");
    const metadata = body.optionalObject("metadata") ?? {};
    const project = await sessions.projectFor({ project: projectIn(metadata) });
    const title = await titleOf(surface, content);
    const record: NewRecord = {
      kind: "observation",
      origin: surface.origin(project, "assistant"),
      type: "discovery",
      title,
      narrative: content,
      concepts: tags,
      facts: factsOf(await keptMetadata(surface, metadata)),
    };
    const [appended] = await memories.append([record]).catch(inClientsWords);
    if (appended?.status !== "pending") {
      return json({ id: "", primary_sector: "semantic", sectors: [], skipped: "private" });
    }
    const memory = await one(surface, appended.id);
    return json({
      id: memory.id,
      primary_sector: primarySector(memory),
      sectors: memory.sectors,
    });
  });

  app.post("/memory/query", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const query = textOf(body, "query");
    const limit = body.integer("k", MATCHES);
    const filters = Fields.ofBody(body.optionalObject("filters") ?? {});
    const least = filters.optionalNumber("min_score", 0, 1) ?? 0;
    const leastSalience = filters.optionalNumber("min_salience", 0, 1) ?? 0;
    const { hits } = await memories.ask({
      text: query,
      kinds: KINDS,
      limit,
      ...filterOf(filters),
    });
    const best = hits[0]?.score ?? 0;
    const items = await itemsOf(
      surface,
      hits.map(({ id }) => id),
    );
    const matches = items.flatMap((item) => {
      const score = relative(hits.find(({ id }) => id === item.id)?.score, best);
      const isWanted = score >= least && item.salience >= leastSalience;
      return isWanted ? [{ ...item, score, path: [item.id] }] : [];
    });
    return json({ query, matches });
  });

  app.get("/memory/all", async ({ req, json }) =>
    json({ items: await listed(surface, Fields.ofAddress(req.url)) }),
  );

  app.post("/memory/reinforce", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const memory = await one(surface, body.key("id"));
    // How much one use counts is the module's to say; the published range is kept to.
    body.optionalNumber("boost", 0, 1);
    await memories.used([memory.id], "reinforced");
    return json({ ok: true });
  });

  app.get("/memory/:id", async ({ req, json }) => {
    const { id } = await one(surface, req.param("id"));
    const [item] = await itemsOf(surface, [id]);
    return json(item);
  });

  app.patch("/memory/:id", async ({ req, json }) => {
    const memory = await one(surface, req.param("id"));
    const body = await readBody(req.raw);
    const content = body.has("content") ? textOf(body, "content") : undefined;
    const tags = body.has("tags") ? body.texts("tags") : undefined;
    const metadata = body.optionalObject("metadata");
    if (content === undefined && tags === undefined && metadata === undefined) {
      throw badField("content", "a string, unless there are tags or metadata");
    }
    const edit: NewRecord = {
      kind: "edit",
      of: memory.id,
      ...(content === undefined
        ? {}
        : { narrative: content, title: await titleOf(surface, content) }),
      ...(tags === undefined ? {} : { concepts: tags }),
      ...(metadata === undefined ? {} : { facts: factsOf(await keptMetadata(surface, metadata)) }),
    };
    await memories.append([edit]).catch(inClientsWords);
    return json({ id: memory.id, updated: true });
  });

  app.delete("/memory/:id", async ({ req, json }) => {
    const { id } = await one(surface, req.param("id"));
    await memories.forget({ ids: [id] });
    return json({ ok: true });
  });
}

/** What may be kept of metadata, looked at before they become text in text. */
async function keptMetadata(
  surface: Surface,
  metadata: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(metadata)) {
    const key = await keptValue(surface, name);
    const held = await keptValue(surface, value);
    if (typeof key === "string" && held !== undefined) kept[key] = held;
  }
  return kept;
}

async function keptValue(surface: Surface, value: unknown): Promise<unknown> {
  if (typeof value === "string")
    return isDenied(value) ? undefined : await surface.memories.filtered(value);
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value))
    // Neither a list nor a single value: an object from JSON.
    return keptMetadata(surface, value as Record<string, unknown>);
  const items = await Promise.all(value.map((item) => keptValue(surface, item)));
  return items.filter((item) => item !== undefined);
}

/** The first line of a text. It is filtered before it is cut, or half a secret would be left. */
async function titleOf({ memories }: Surface, content: string): Promise<string> {
  const filtered = (await memories.filtered(content)) ?? content;
  return oneLine(filtered.trim().split("\n", 1)[0] ?? "", TITLE_LENGTH);
}

/** A page of all memories, the newest first. */
export async function listed(surface: Surface, fields: Fields): Promise<OpenMemoryItem[]> {
  const { hits } = await surface.memories.recent({
    kinds: KINDS,
    limit: fields.integer("l", LISTED),
    offset: fields.integer("u", FROM),
    ...sectorFilter(fields),
  });
  const ids = hits.map(({ id }) => id);
  return itemsOf(surface, ids);
}

/** A text that says something. */
function textOf(body: Fields, name: string): string {
  const text = body.text(name);
  if (text.trim() === "") throw badField(name, "a string that is not empty");
  return text;
}

/** The project that metadata name, as the published conventions call it. */
export function projectIn(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const project = metadata["project"];
  return typeof project === "string" && project.trim() !== ""
    ? asKey("metadata.project", project)
    : undefined;
}

function filterOf(filters: Fields): SearchRequest {
  const tags = filters.texts("tags");
  return { ...sectorFilter(filters), ...(tags.length === 0 ? {} : { concepts: tags }) };
}

function sectorFilter(fields: Fields): { sectors?: Sector[] } {
  const single = fields.oneOf("sector", SECTORS);
  if (single !== undefined) return { sectors: [single] };
  const several = Array.isArray(fields.raw("sectors")) ? fields.texts("sectors") : [];
  const sectors = several.map((name) => {
    const sector = SECTORS.find((known) => known === name);
    if (sector === undefined) throw badField("sectors", `a list of ${SECTORS.join(", ")}`);
    return sector;
  });
  return sectors.length === 0 ? {} : { sectors };
}

/** The memory of an id; a text that is none is no memory's either. */
async function one({ memories }: Surface, id: string): Promise<Memory> {
  const isId = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/i.test(id);
  const [memory] = isId ? await memories.get([id]) : [];
  if (memory === undefined) throw new Refusal(404, `id: there is no memory ${oneLine(id, 64)}`);
  return memory;
}

/** Memories as OpenMemory shows them, in that order. */
async function itemsOf({ memories }: Surface, ids: string[]): Promise<OpenMemoryItem[]> {
  const [whole, seen] = await Promise.all([memories.get(ids), memories.seen(ids)]);
  const byId = new Map(seen.map((state) => [state.id, state]));
  return whole.map((memory) => openMemoryItem(memory, byId.get(memory.id)));
}

/** A score from 0 to 1: of the best, 1. Ours have no unit, the published ones a range. */
export function relative(score: number | undefined, best: number): number {
  // A list by time has no scores: all of it is what was asked for.
  if (best <= 0) return 1;
  return Math.max(0, Math.min(1, (score ?? 0) / best));
}

async function sectorStats(
  { memories }: Surface,
  sector: Sector,
): Promise<{ sector: Sector; count: number; avg_salience: number }> {
  const { hits, total } = await memories.recent({
    kinds: KINDS,
    sectors: [sector],
    limit: MAX_ITEMS,
  });
  const seen = await memories.seen(hits.map(({ id }) => id));
  const sum = seen.reduce((all, { salience }) => all + salience, 0);
  return {
    sector,
    count: total,
    avg_salience: seen.length === 0 ? 0 : sum / seen.length,
  };
}
