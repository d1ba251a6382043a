import type { Hono } from "hono";
import { readBody } from "../Fields.js";
import { badField, Refusal } from "../Refusal.js";
import type { Repository, Surface, ViewerSettings } from "../Surface.js";

const NO_SETTINGS: ViewerSettings = { sidebarOpen: true, selectedProject: null };

const MAX_BRANCH_LENGTH = 250;

/** Settings of the viewer, the switch of the tools, and the opened repository's branch. */
export function addClaudeMemSettings(app: Hono, { options, memories }: Surface): void {
  let unkept = NO_SETTINGS;
  const read = async (): Promise<ViewerSettings> => ({
    ...unkept,
    ...(await options.settings?.read()),
  });

  app.get("/api/settings", async ({ json }) => json(await read()));

  app.post("/api/settings", async ({ req, json }) => {
    const body = await readBody(req.raw);
    const before = await read();
    const sidebarOpen = body.optionalBoolean("sidebarOpen") ?? before.sidebarOpen;
    const named = body.optionalKey("selectedProject");
    // It is written to a file like a memory, and nothing private or secret may stand there.
    const project = named === undefined ? undefined : ((await memories.filtered(named)) ?? "");
    // Null is a choice here: no project.
    const selectedProject =
      project === ""
        ? null
        : (project ?? (body.isNull("selectedProject") ? null : before.selectedProject));
    unkept = { sidebarOpen, selectedProject };
    await options.settings?.write(unkept);
    return json({ success: true });
  });

  let isEnabledHere = true;
  const isEnabled = async (): Promise<boolean> =>
    (await options.tools?.isEnabled()) ?? isEnabledHere;

  app.get("/api/mcp/status", async ({ json }) => json({ enabled: await isEnabled() }));

  app.post("/api/mcp/toggle", async ({ req, json }) => {
    const enabled = (await readBody(req.raw)).boolean("enabled");
    isEnabledHere = enabled;
    await options.tools?.setEnabled(enabled);
    return json({ success: true, enabled: await isEnabled() });
  });

  const repository = async (): Promise<Repository> => {
    const found = await options.repository?.();
    if (found === undefined) throw new Refusal(404, "no repository is open");
    return found;
  };

  app.get("/api/branch/status", async ({ json }) => json(await (await repository()).status()));

  app.post("/api/branch/switch", async ({ req, json }) => {
    const branch = branchName((await readBody(req.raw)).text("branch"));
    await (await repository()).switchTo(branch);
    return json({ success: true });
  });

  app.post("/api/branch/update", async ({ req, json }) => {
    await readBody(req.raw, true);
    return json({ success: true, updated: await (await repository()).update() });
  });
}

/** A name that git takes for a branch and for nothing else, such as an option or a range. */
function branchName(name: string): string {
  const isOne =
    name.length <= MAX_BRANCH_LENGTH &&
    /^[\p{L}\p{N}_][\p{L}\p{N}_./+@#-]*$/u.test(name) &&
    !/\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$/.test(name);
  if (!isOne) throw badField("branch", "the name of a branch");
  return name;
}
