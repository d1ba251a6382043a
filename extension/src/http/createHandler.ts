import { Hono } from "hono/tiny";
import { describe } from "../common/Log.js";
import { addClaudeMemContext } from "./claudeMem/claudeMemContext.js";
import { addClaudeMemData } from "./claudeMem/claudeMemData.js";
import { addClaudeMemMemory } from "./claudeMem/claudeMemMemory.js";
import { addClaudeMemSearch } from "./claudeMem/claudeMemSearch.js";
import { addClaudeMemSessions } from "./claudeMem/claudeMemSessions.js";
import { addClaudeMemSettings } from "./claudeMem/claudeMemSettings.js";
import { addClaudeMemTimeline } from "./claudeMem/claudeMemTimeline.js";
import type { HttpMemories } from "./HttpMemories.js";
import { addOmniMemoryContext } from "./omniMemory/omniMemoryContext.js";
import { addOmniMemoryFacts } from "./omniMemory/omniMemoryFacts.js";
import { addOpenMemory } from "./openMemory/openMemory.js";
import { addOpenMemoryIde } from "./openMemory/openMemoryIde.js";
import { addOpenMemoryUsers } from "./openMemory/openMemoryUsers.js";
import { isOpen, Readiness } from "./Readiness.js";
import { forItsReaderOnly } from "./readerOnly.js";
import { Refusal, refusalOf } from "./Refusal.js";
import { Surface, type HandlerOptions } from "./Surface.js";
import { addViewer } from "./viewer.js";
import { BODY_LIMIT_MS, wholeRequest } from "./wholeRequest.js";

/** What answers requests, until it is closed. */
export interface Handler {
  (request: Request): Promise<Response>;
  /** What it answers, such as `GET /api/stats`. */
  readonly endpoints: readonly string[];
  /** Ends the streams; the memories stay open. */
  close(): void;
}

/**
 * The endpoints that clients of claude-mem, OpenMemory and OmniMemory know, over these memories.
 *
 * Never rejects: what cannot be answered is a response with a status and `{ "error": … }`.
 * It asks for no token, since it listens nowhere; whoever gives it a socket guards that.
 */
export function createHandler(given: HttpMemories, options: HandlerOptions): Handler {
  // Whatever a client says of itself, it is not the user.
  const memories = given.askedBy("client");
  const surface = new Surface(memories, options);
  const app = new Hono();
  const readiness = new Readiness(memories, options.readingLimitMs);
  addViewer(app, surface);
  app.get("/api/readiness", () => readiness.answer());
  addClaudeMemSessions(app, surface);
  addClaudeMemMemory(app, surface);
  addClaudeMemData(app, surface);
  addClaudeMemSearch(app, surface);
  addClaudeMemTimeline(app, surface);
  addClaudeMemContext(app, surface);
  addClaudeMemSettings(app, surface);
  addOpenMemory(app, surface);
  addOpenMemoryIde(app, surface);
  addOpenMemoryUsers(app, surface);
  addOmniMemoryContext(app, surface);
  addOmniMemoryFacts(app, surface);
  app.notFound(({ req }) => refused(new Refusal(404, `there is no ${req.method} ${req.path}`)));
  app.onError((error) => {
    const refusal = refusalOf(error);
    if (refusal !== undefined) return refused(refusal);
    options.log?.error(`a request failed: ${describe(error)}`);
    return Response.json({ error: "the request failed; the log says why" }, { status: 500 });
  });
  const handle = async (request: Request): Promise<Response> => {
    try {
      const whole = await wholeRequest(request, options.bodyLimitMs ?? BODY_LIMIT_MS);
      if (!isOpen(whole)) await readiness.wait(whole);
      const answer = async (): Promise<Response> => app.fetch(whole);
      return forItsReaderOnly(await readiness.answered(whole, answer));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== undefined) return forItsReaderOnly(refused(refusal));
      options.log?.error(`a request failed: ${describe(error)}`);
      const failed = { error: "the request failed; the log says why" };
      return forItsReaderOnly(Response.json(failed, { status: 500 }));
    }
  };
  const endpoints = app.routes.map(({ method, path }) => `${method} ${path}`);
  return Object.assign(handle, { endpoints, close: () => surface.close() });
}

function refused({ status, message, retryAfterSeconds }: Refusal): Response {
  return Response.json(
    { error: message },
    {
      status,
      headers: retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
    },
  );
}
