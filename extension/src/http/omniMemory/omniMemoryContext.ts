import type { Hono } from "hono";
import type { ContextItem, ContextPiece, SessionContext } from "recollect-wasm";
import { asKey, readBody, requireRoom, type Fields } from "../Fields.js";
import { badField, Refusal, renaming } from "../Refusal.js";
import type { Surface } from "../Surface.js";

/** What a file is worth that is used without saying how much. */
const IMPORTANCE = 0.5;

/** `/sessions/:id/context`: what a session used, to go on with it later. */
export function addOmniMemoryContext(app: Hono, surface: Surface): void {
  const { memories, sessions } = surface;

  app.get("/sessions/:id/context", async ({ req, json }) =>
    json(await contextOf(surface, asKey("session_id", req.param("id")))),
  );

  app.post("/sessions/:id/context", async ({ req, json }) => {
    const key = asKey("session_id", req.param("id"));
    const body = await readBody(req.raw);
    const path = body.optionalKey("file_path");
    const importance = body.optionalNumber("file_importance", 0, 1);
    const query = told(body, "search_query");
    const decision = told(body, "decision");
    const memory = body.optionalKey("memory_id");
    const memoryKey = body.optionalKey("memory_key");
    if (importance !== undefined && path === undefined) {
      throw badField("file_path", "a string where there is file_importance");
    }
    if (memoryKey !== undefined && memory === undefined) {
      throw badField("memory_id", "a string where there is memory_key");
    }
    const items: ContextItem[] = [];
    if (path !== undefined) items.push({ file: { path, importance: importance ?? IMPORTANCE } });
    if (query !== undefined) items.push({ search: { query } });
    if (decision !== undefined) items.push({ decision: { text: decision } });
    if (memory !== undefined) items.push({ memory: { id: memory, key: memoryKey ?? "" } });
    if (items.length === 0) {
      throw badField("the body", "an object with file_path, search_query, decision or memory_id");
    }
    const { project } = await sessions.begin(key, { source: "omnimemory" });
    const origin = surface.origin(project, "tool", key);
    await memories
      .append(items.map((item) => ({ kind: "context", origin, item })))
      .catch(renaming({ text: "decision", query: "search_query", path: "file_path" }));
    return json(await contextOf(surface, key));
  });
}

/** A text that says something and leaves room for where it belongs; looked at before a session begins. */
function told(body: Fields, name: string): string | undefined {
  const text = body.optionalText(name);
  if (text?.trim() === "") throw badField(name, "a string that is not empty");
  requireRoom({ [name]: text ?? "" });
  return text;
}

async function contextOf({ memories }: Surface, key: string): Promise<object> {
  let context: SessionContext;
  try {
    ({ context } = await memories.session(key));
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") {
      throw new Refusal(404, "session_id: there is no such session");
    }
    throw error;
  }
  const { files, searches, decisions, memories: used } = context;
  return {
    session_id: key,
    context: {
      files_accessed: files.map((piece) => ({
        path: piece.text,
        accessed_at: isoOf(piece),
        order: piece.order,
        importance: piece.importance,
        access_count: piece.count,
      })),
      file_importance_scores: Object.fromEntries(
        files.map(({ text, importance }) => [text, importance]),
      ),
      recent_searches: searches.map((piece) => ({ query: piece.text, timestamp: isoOf(piece) })),
      decisions: decisions.map((piece) => ({ decision: piece.text, timestamp: isoOf(piece) })),
      saved_memories: used.map((piece) => ({
        id: piece.text,
        key: piece.key ?? "",
        timestamp: isoOf(piece),
      })),
    },
    compressed: context.isCompressed,
    size_bytes: context.isCompressed ? context.compressedBytes : context.sizeBytes,
  };
}

function isoOf({ at }: ContextPiece): string {
  return new Date(at).toISOString();
}
