import type { Hono } from "hono";
import { viewerPage, viewerScript, viewerStyle } from "./viewerPage.js";
import type { Surface } from "./Surface.js";

/** Nothing but the page's own script, style and endpoints; what was stored is shown as text only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page that shows memories as they come, the stream behind it, and whether anybody is there. */
export function addViewer(app: Hono, surface: Surface): void {
  const { hub, options } = surface;
  app.get("/api/health", ({ json }) => json({ status: "ok" }));
  app.get("/stream", async () => hub.stream(await surface.projectNames()));
  app.get("/", ({ body, req }) => {
    // The script and the style are fetched with the token that the page was.
    const token = new URL(req.url).searchParams.get("token");
    return body(viewerPage(token ?? undefined, options.version), 200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": POLICY,
      "Referrer-Policy": "no-referrer",
    });
  });
  app.get("/viewer.js", ({ body }) =>
    body(viewerScript, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  app.get("/viewer.css", ({ body }) =>
    body(viewerStyle, 200, { "Content-Type": "text/css; charset=utf-8" }),
  );
}
