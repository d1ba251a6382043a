import type { Hono } from "hono";
import { oneLine } from "../../common/text/plainText.js";
import { asKey, Fields } from "../Fields.js";
import { listed } from "./openMemory.js";
import { KINDS, SECTORS } from "./openMemoryShapes.js";
import type { Surface } from "../Surface.js";
import { isoDate } from "../time.js";

/** Newest memories that a summary names. */
const NAMED = 5;

/** Projects that a summary names. */
const PROJECTS = 10;

/** What is told of a user. */
interface UserSummary {
  readonly summary: string;
  readonly reflection_count: number;
  readonly updated_at: number;
}

/** `/users/:user_id/*`: a store has one user, whatever clients call them. */
export function addOpenMemoryUsers(app: Hono, surface: Surface): void {
  const userOf = (id: string): string => asKey("user_id", id);

  app.get("/users/:user_id/memories", async ({ req, json }) => {
    const user_id = userOf(req.param("user_id"));
    return json({ user_id, items: await listed(surface, Fields.ofAddress(req.url)) });
  });

  app.get("/users/:user_id/summary", async ({ req, json }) => {
    const user_id = userOf(req.param("user_id"));
    return json({ user_id, ...(await summaryOf(surface)) });
  });

  // A summary is made anew each time it is asked for.
  app.post("/users/:user_id/summary/regenerate", async ({ req, json }) => {
    const user_id = userOf(req.param("user_id"));
    const { summary, reflection_count } = await summaryOf(surface);
    return json({ ok: true, user_id, summary, reflection_count });
  });
}

/** How much is remembered, of what kind and where, and the newest of it. */
async function summaryOf({ memories }: Surface): Promise<UserSummary> {
  const [counts, projects, newest] = await Promise.all([
    Promise.all(
      SECTORS.map(async (sector) => {
        const { total } = await memories.recent({ kinds: KINDS, sectors: [sector], limit: 1 });
        return { sector, total };
      }),
    ),
    memories.projects(),
    // Nobody chose these, so nothing of low trust is among them.
    memories.recent({ kinds: KINDS, isAutomatic: true, isArchived: false, limit: NAMED }),
  ]);
  const reflection_count = counts.find(({ sector }) => sector === "reflective")?.total ?? 0;
  const all = projects.reduce((sum, { memories: count }) => sum + count, 0);
  if (all === 0) return { summary: "Nothing is remembered yet.", reflection_count, updated_at: 0 };
  const firstAt = Math.min(...projects.map((project) => project.firstAt));
  const lastAt = Math.max(...projects.map((project) => project.lastAt));
  const sectors = counts
    .filter(({ total }) => total > 0)
    .map(({ sector, total }) => `${sector} ${total}`);
  const names = projects.slice(0, PROJECTS).map(({ project }) => oneLine(project.name));
  const lines = [
    `Memories: ${all}, from ${isoDate(firstAt)} to ${isoDate(lastAt)}.`,
    `Projects: ${names.join(", ")}.`,
    `Sectors: ${sectors.join(", ")}.`,
    ...newest.hits.map(({ title, at }) => `${isoDate(at)}: ${oneLine(title)}`),
  ];
  return { summary: lines.join("\n"), reflection_count, updated_at: lastAt };
}
