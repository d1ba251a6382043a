import type { Hono } from "hono";
import type { Anchor, TimelineRequest } from "recollect-wasm";
import { Fields, type IntegerRange } from "../Fields.js";
import { toolContent } from "../foundText.js";
import { badField, Refusal } from "../Refusal.js";
import { observationResult, promptResult, summaryResult, type Numbered } from "../rows.js";
import type { Surface } from "../Surface.js";
import { isTime, startOf } from "../time.js";

const DEPTH: IntegerRange = { min: 0, max: 100, byDefault: 10, isCapped: true };

/** What stood around a record, a session or a moment. */
export function addClaudeMemTimeline(app: Hono, surface: Surface): void {
  app.get("/api/timeline", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const project = fields.optionalKey("project");
    const anchor = await anchorOf(surface, fields, project);
    const around = await aroundOf(surface, depthsOf(fields), anchor, project);
    return json(surface.options.isLikeToday === true ? told(around) : around.items.map(itemOf));
  });

  // The same for words alone; here every client reads today's shape.
  app.get("/api/timeline/by-query", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const project = fields.optionalKey("project");
    fields.key("query");
    const depths = depthsOf(fields);
    const best = await bestHit(surface, fields, project);
    // A search for something that nobody remembers is no mistake of the one who asks.
    if (best === undefined) return json(told({ items: [] }));
    return json(told(await aroundOf(surface, depths, { id: best }, project)));
  });
}

/** How many records before and after an anchor are wanted. */
type Depths = Pick<TimelineRequest, "before" | "after">;

/** Records in their order, and the number of the one that they stand around. */
interface Around {
  readonly items: readonly Numbered[];
  readonly anchor?: number | undefined;
}

function depthsOf(fields: Fields): Depths {
  return {
    before: fields.integer("depth_before", DEPTH),
    after: fields.integer("depth_after", DEPTH),
  };
}

async function aroundOf(
  surface: Surface,
  depths: Depths,
  anchor: Anchor,
  project: string | undefined,
): Promise<Around> {
  const timeline = await surface.memories.timeline({
    anchor,
    ...depths,
    ...(project === undefined ? {} : { projects: [project] }),
  });
  const whole = await surface.memories.get(timeline.items.map(({ id }) => id));
  const items = await surface.numbered(whole);
  return { items, anchor: items.find(({ memory }) => memory.id === timeline.anchor)?.number };
}

/** As today's claude-mem answers: a text for a model, and the records for programs. */
function told({ items, anchor }: Around): object {
  return { timeline: items.map(itemOf), anchor: anchor ?? null, ...toolContent(items) };
}

async function anchorOf(
  surface: Surface,
  fields: Fields,
  project: string | undefined,
): Promise<Anchor> {
  const text = fields.optionalText("anchor")?.trim();
  if (text === undefined) return bestOf(surface, fields, project);
  if (isTime(text)) return { at: startOf("anchor", text) };
  const [, session, digits] = /^(S?)(\d{1,16})$/i.exec(text) ?? [];
  if (digits === undefined) {
    throw badField("anchor", "a record's id, \"S\" and a session's id, or an ISO 8601 time");
  }
  const number = Number(digits);
  const [id] = await surface.memories.aliased([number]);
  const [memory] = id === undefined || id === "" ? [] : await surface.memories.get([id]);
  if (memory === undefined) throw new Refusal(404, `anchor: there is no record ${text}`);
  // A summary is shown as its session, and stands where it was made.
  if (session === "" || memory.kind === "summary") return { id: memory.id };
  if (memory.session === undefined) {
    throw new Refusal(404, `anchor: there is no session ${text}`);
  }
  return { session: memory.session };
}

/** Today's clients may name what they look for instead of a place. */
async function bestOf(
  surface: Surface,
  fields: Fields,
  project: string | undefined,
): Promise<Anchor> {
  if (!fields.has("query")) {
    throw badField("anchor", "a record's id, a session's id or a time, and is missing");
  }
  const id = await bestHit(surface, fields, project);
  if (id === undefined) throw new Refusal(404, "query: nothing is found that it could be around");
  return { id };
}

/** Id of the memory that answers the words best, if any does. */
async function bestHit(
  surface: Surface,
  fields: Fields,
  project: string | undefined,
): Promise<string | undefined> {
  const { hits } = await surface.memories.ask({
    text: fields.text("query"),
    isHereOnly: true,
    kinds: ["observation", "summary", "prompt"],
    limit: 1,
    ...(project === undefined ? {} : { projects: [project] }),
  });
  return hits[0]?.id;
}

/** A record with its type, in the shape it has in a search. */
function itemOf(numbered: Numbered): object {
  switch (numbered.memory.kind) {
    case "summary":
    case "session":
      return { type: "session", ...summaryResult(numbered) };
    case "prompt":
      return { type: "prompt", ...promptResult(numbered) };
    default:
      return { type: "observation", ...observationResult(numbered) };
  }
}
