import type { Hono } from "hono";
import type { Fact, NewRecord } from "recollect-wasm";
import { asKey, Fields, readBody } from "../Fields.js";
import { PAGE } from "../pages.js";
import { badField, renaming } from "../Refusal.js";
import type { Surface } from "../Surface.js";

/** A hundred years. */
const MAX_TTL_SECONDS = 3_155_760_000;

/** `/projects/:id/memories`: values under keys, which may end by themselves. */
export function addOmniMemoryFacts(app: Hono, surface: Surface): void {
  const { memories, sessions } = surface;

  app.post("/projects/:id/memories", async ({ req, json }) => {
    const id = asKey("project_id", req.param("id"));
    const body = await readBody(req.raw);
    const key = body.key("key");
    const value = body.text("value");
    if (value.trim() === "") throw badField("value", "a string that is not empty");
    const metadata = body.optionalMetadata("metadata");
    const ttlSeconds = body.has("ttl_seconds")
      ? body.integer("ttl_seconds", { min: 1, max: MAX_TTL_SECONDS, byDefault: 1 })
      : undefined;
    const record: NewRecord = {
      kind: "fact",
      origin: surface.origin(await sessions.projectNamed(id), "assistant"),
      key,
      value,
      ...(metadata === undefined ? {} : { metadata }),
      ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    };
    const [appended] = await memories
      .append([record])
      .catch(renaming({ text: "value", "project.id": "project_id" }));
    if (appended?.status !== "pending") {
      return json({
        memory_id: "",
        project_id: id,
        key,
        message: "Nothing was kept: all of it is private",
      });
    }
    return json({
      memory_id: memoryId(appended.id),
      project_id: id,
      key,
      message: "Memory created successfully",
    });
  });

  app.get("/projects/:id/memories", async ({ req, json }) => {
    const id = asKey("project_id", req.param("id"));
    const fields = Fields.ofAddress(req.url);
    const limit = fields.integer("limit", PAGE);
    const key = fields.optionalKey("key");
    if (key !== undefined) {
      return json({ project_id: id, memory: rowOf(id, await memories.fact(id, key)) });
    }
    const facts = await factsOf(surface, id, limit);
    return json({
      project_id: id,
      memories: facts.map((fact) => rowOf(id, fact)),
      count: facts.length,
    });
  });
}

/** Facts of a project; of one that nothing is recorded of, none. */
async function factsOf({ memories }: Surface, project: string, limit: number): Promise<Fact[]> {
  try {
    return (await memories.facts({ project, limit })).facts;
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") return [];
    throw error;
  }
}

function rowOf(project: string, fact: Fact): object {
  return {
    memory_id: memoryId(fact.id),
    project_id: project,
    memory_key: fact.key,
    memory_value: fact.value,
    created_at: new Date(fact.at).toISOString(),
    last_accessed: new Date(fact.lastAccessed).toISOString(),
    accessed_count: fact.accessed,
    metadata_json: JSON.stringify(fact.metadata),
  };
}

/** An id as OmniMemory writes it: of ours, the last twelve digits, which are random. */
function memoryId(id: string): string {
  return `mem_${id.slice(-12)}`;
}
