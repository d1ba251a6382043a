import type { Hono } from "hono";
import type { Note } from "recollect-wasm";
import { oneLine } from "../../common/text/plainText.js";
import { readBody } from "../Fields.js";
import { Refusal, renaming } from "../Refusal.js";
import type { Surface } from "../Surface.js";

/** `/api/memory/save`: one text that a client wants remembered. */
export function addClaudeMemMemory(app: Hono, surface: Surface): void {
  const { memories, sessions } = surface;

  app.post("/api/memory/save", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const text = body.text("text");
    if (text.trim() === "") throw new Refusal(400, "text must be a string that is not empty");
    const title = body.optionalText("title")?.trim();
    const name = body.optionalKey("project");
    const project = await sessions.projectFor({ project: name });
    const note: Note = {
      text,
      // Nobody can tell here whether a person or a model wrote it.
      origin: surface.origin(project, "assistant"),
      ...(title === undefined || title === "" ? {} : { title }),
    };
    const appended = await memories.remember(note).catch(renaming({ "project.id": "project" }));
    if (appended.status === "skipped") {
      return json({ success: false, status: "skipped", reason: appended.reason });
    }
    const [numbered] = await surface.numbered(await memories.get([appended.id]));
    if (numbered === undefined) throw new Refusal(404, "it was forgotten meanwhile");
    return json({
      success: true,
      id: numbered.number,
      title: oneLine(numbered.memory.title),
      project: project.name,
      message: `Memory saved as observation #${numbered.number}`,
    });
  });
}
