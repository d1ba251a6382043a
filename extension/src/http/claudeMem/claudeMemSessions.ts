import type { Hono } from "hono";
import type { NotRecordingError } from "../../common/memories/WriteGuard.js";
import { ClaudeMemWork, type Skipped, type ToolUse } from "./claudeMemWork.js";
import { readBody, type Fields } from "../Fields.js";
import { badField, renaming } from "../Refusal.js";
import type { OpenSession } from "../SessionBook.js";
import type { Surface } from "../Surface.js";

/** Who these endpoints' clients work for, unless they say so. */
const SOURCE = "claude-code";

/** Names a session has in today's and in the published clients. */
const SESSION_KEYS = ["claudeSessionId", "contentSessionId"] as const;

const MAX_PROMPT_NUMBER = 1_000_000;

/** `/api/sessions/*`, and the older `/sessions/:sessionDbId/*`. */
export function addClaudeMemSessions(app: Hono, surface: Surface): void {
  const work = new ClaudeMemWork(surface);

  app.post("/api/sessions/init", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const key = sessionKey(body);
    const project = body.optionalKey("project");
    const prompt = await promptOf(surface, body, "prompt");
    const told = await unlessSwitchedOff(async () => {
      const session = await begin(surface, key, body, project);
      if (prompt === undefined) {
        return { sessionDbId: session.number, promptNumber: await work.latestPrompt(session.key) };
      }
      const { number, isPrivate } = await work.prompt(session, prompt);
      return {
        sessionDbId: session.number,
        promptNumber: number,
        ...(isPrivate ? { skipped: true, reason: "private" } : {}),
      };
    });
    if (!("status" in told)) return json(told);
    // Nothing of it is kept, so that it has no number.
    return json({ sessionDbId: 0, promptNumber: 0, skipped: true, reason: told.reason });
  });

  app.post("/api/sessions/observations", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const key = sessionKey(body);
    const use = toolUse(body);
    return json(
      await unlessSwitchedOff(async () =>
        work.observe(await begin(surface, key, body, undefined), use),
      ),
    );
  });

  app.post("/api/sessions/summarize", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const key = sessionKey(body);
    const [user, assistant] = await messages(surface, body);
    return json(
      await unlessSwitchedOff(async () =>
        work.summarise(await begin(surface, key, body, undefined), user, assistant),
      ),
    );
  });

  app.post("/api/sessions/complete", async ({ req, json }) => {
    const hasEnded = await work.complete(sessionKey(await readBody(req.raw)));
    return json({ success: true, ...(hasEnded ? {} : { message: "No active session found" }) });
  });

  // Today's name for the end of a session.
  app.post("/api/sessions/session-end", async ({ req, json }) => {
    const key = sessionKey(await readBody(req.raw));
    const told = await unlessSwitchedOff(() => work.complete(key));
    return json(typeof told === "boolean" ? { status: "accepted" } : told);
  });

  app.post("/sessions/:sessionDbId/init", async ({ req, json }) => {
    const session = await byNumber(surface, req.param("sessionDbId"));
    const body = await readBody(req.raw);
    const text = await promptOf(surface, body, "userPrompt");
    const given = promptNumberOf(body, "promptNumber");
    return json(
      await unlessSwitchedOff(async () => {
        if (text === undefined) {
          const promptNumber = await work.latestPrompt(session.key);
          return { status: "initialized", sessionDbId: session.number, promptNumber };
        }
        const { number, isPrivate } = await work.prompt(session, text, given);
        if (isPrivate) return { status: "skipped", reason: "private" };
        return { status: "initialized", sessionDbId: session.number, promptNumber: number };
      }),
    );
  });

  app.post("/sessions/:sessionDbId/observations", async ({ req, json }) => {
    const session = await byNumber(surface, req.param("sessionDbId"));
    const use = toolUse(await readBody(req.raw));
    return json(await unlessSwitchedOff(() => work.observe(session, use)));
  });

  app.post("/sessions/:sessionDbId/summarize", async ({ req, json }) => {
    const session = await byNumber(surface, req.param("sessionDbId"));
    const [user, assistant] = await messages(surface, await readBody(req.raw, true));
    return json(await unlessSwitchedOff(() => work.summarise(session, user, assistant)));
  });

  app.post("/sessions/:sessionDbId/complete", async ({ req, json }) => {
    const session = await byNumber(surface, req.param("sessionDbId"));
    const hasEnded = await work.complete(session.key);
    return json({ success: true, ...(hasEnded ? {} : { message: "No active session found" }) });
  });
}

/** The session's key, under whichever of its names it is there. */
function sessionKey(body: Fields): string {
  const name = SESSION_KEYS.find((one) => body.has(one)) ?? SESSION_KEYS[0];
  return body.key(name);
}

function begin(
  surface: Surface,
  key: string,
  body: Fields,
  project: string | undefined,
): Promise<OpenSession> {
  const folder = body.optionalText("cwd");
  const source = body.optionalKey("platformSource") ?? SOURCE;
  const names = { "project.id": "cwd", "project.name": "cwd" };
  return surface.sessions.begin(key, { source, folder, project }).catch(renaming(names));
}

function byNumber(surface: Surface, text: string): Promise<OpenSession> {
  return surface.sessions.byNumber(parseNumber("sessionDbId", text));
}

/** A record's number in an address. */
export function parseNumber(name: string, text: string): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw badField(name, "a whole number");
  return number;
}

function toolUse(body: Fields): ToolUse {
  return {
    name: body.key("tool_name"),
    input: body.raw("tool_input"),
    response: body.raw("tool_response"),
    cwd: body.optionalText("cwd"),
    promptNumber: promptNumberOf(body, "prompt_number"),
  };
}

function promptNumberOf(body: Fields, name: string): number | undefined {
  if (!body.has(name)) return undefined;
  return body.integer(name, { min: 1, max: MAX_PROMPT_NUMBER, byDefault: 1 });
}

/**
 * What today's hooks send for a prompt without words, such as a picture, and what the plugin for
 * OpenClaw sends where nobody has asked anything.
 */
const WITHOUT_WORDS = ["", "[media prompt]", "session start", "after compaction", "agent run"];

/** What a person asked: as much of it as is kept of a prompt; nothing if it has no words. */
async function promptOf(surface: Surface, body: Fields, name: string): Promise<string | undefined> {
  const text = await longText(surface, body, name);
  return text === undefined || WITHOUT_WORDS.includes(text.trim()) ? undefined : text;
}

async function messages(
  surface: Surface,
  body: Fields,
): Promise<[string | undefined, string | undefined]> {
  return [
    await longText(surface, body, "last_user_message"),
    await longText(surface, body, "last_assistant_message"),
  ];
}

/** A text of any length, of which more than a memory holds is not kept. */
async function longText(surface: Surface, body: Fields, name: string): Promise<string | undefined> {
  const text = body.optionalWholeText(name);
  return text === undefined ? undefined : surface.fitting(text);
}

/** What the user has switched off is an answer and no failure. */
async function unlessSwitchedOff<Told>(work: () => Promise<Told>): Promise<Told | Skipped> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === "NotRecordingError") {
      // Only that class has the name.
      return { status: "skipped", reason: (error as NotRecordingError).reason };
    }
    throw error;
  }
}
