import type { Hono } from "hono";
import type { Anchor } from "recollect-wasm";
import { Fields, type IntegerRange } from "./Fields.js";
import { badField, Refusal } from "./Refusal.js";
import { observationResult, promptResult, summaryResult, type Numbered } from "./rows.js";
import type { Surface } from "./Surface.js";
import { isTime, startOf } from "./time.js";

const DEPTH: IntegerRange = { min: 0, max: 100, byDefault: 10, isCapped: true };

/** What stood around a record, a session or a moment. */
export function addClaudeMemTimeline(app: Hono, surface: Surface): void {
  app.get("/api/timeline", async ({ req, json }) => {
    const fields = Fields.ofAddress(req.url);
    const project = fields.optionalKey("project");
    const before = fields.integer("depth_before", DEPTH);
    const after = fields.integer("depth_after", DEPTH);
    const anchor = await anchorOf(surface, fields, project);
    const { items } = await surface.memories.timeline({
      anchor,
      before,
      after,
      ...(project === undefined ? {} : { projects: [project] }),
    });
    const whole = await surface.memories.get(items.map(({ id }) => id));
    return json((await surface.numbered(whole)).map(itemOf));
  });
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
  const text = fields.optionalText("query");
  if (text === undefined) {
    throw badField("anchor", "a record's id, a session's id or a time, and is missing");
  }
  const { hits } = await surface.memories.search({
    text,
    kinds: ["observation", "summary", "prompt"],
    limit: 1,
    ...(project === undefined ? {} : { projects: [project] }),
  });
  const [best] = hits;
  if (best === undefined) throw new Refusal(404, "query: nothing is found that it could be around");
  return { id: best.id };
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
