// The viewer that `serve` shows, and its stream, in a real browser.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { screenshotFolder } from "./browser.mjs";
import { findChromium } from "./chromium.mjs";
import { editorNode } from "./versions.mjs";

const cli = join(import.meta.dirname, "../../extension/dist/cli.js");

const SHOWN_MS = 10_000;

/** Everything that a session makes known, in order. */
const EVENTS = [
  "session_started",
  "new_prompt",
  "observation_queued",
  "processing_status",
  "observation_created",
  "summarize_queued",
  "summary_created",
];

describe("the viewer", () => {
  let folder, server, browser, page, address;
  const problems = [];

  const post = async (path, body) => {
    const { origin, searchParams } = address;
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${searchParams.get("token")}` },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200);
    return response.json();
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "recollect-viewer-"));
    server = spawn(editorNode, [cli, "serve", "--port", "0", "--storage", folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: server.stdout })) {
      const found = /^Viewer: (\S+)$/.exec(line)?.[1];
      if (found !== undefined) address = new URL(found);
      if (line.startsWith("Listening on ")) break;
    }
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
    page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await post("/memory/add", { content: "The <b>kettle</b> is blue" });
    await page.goto(address.href);
  });

  after(async () => {
    await browser?.close();
    server?.kill("SIGINT");
    await rm(folder, { recursive: true, force: true });
  });

  it("lists what is remembered as it was written", async () => {
    await page.getByText("The <b>kettle</b> is blue").first().waitFor({ timeout: SHOWN_MS });
    await page.screenshot({ path: join(screenshotFolder, "viewer.png") }).catch(() => undefined);
  });

  it("shows what comes while it is open, and finds by words", async () => {
    await post("/memory/add", { content: "The stove is red" });
    await page.getByText("The stove is red").first().waitFor({ timeout: SHOWN_MS });
    await page.getByLabel("Search").fill("stove");
    await page.getByText("kettle").first().waitFor({ state: "detached", timeout: SHOWN_MS });
    assert.equal(await page.locator("li").count(), 1);
  });

  it("receives the seven events of a session in order", async () => {
    const seen = page.evaluate(
      (last) =>
        new Promise((resolve) => {
          const types = [];
          const source = new EventSource(`/stream${location.search}`);
          source.onmessage = ({ data }) => {
            const { type } = JSON.parse(data);
            if (!types.includes(type)) types.push(type);
            if (type !== last) return;
            source.close();
            resolve(types);
          };
          source.onopen = () => document.body.setAttribute("data-listens", "");
        }),
      "summary_created",
    );
    await page.locator("body[data-listens]").waitFor({ timeout: SHOWN_MS });
    const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
    await post("/api/sessions/init", { ...session, prompt: "Mend the kettle" });
    await post("/api/sessions/observations", {
      ...session,
      tool_name: "Edit",
      tool_input: {
        file_path: "/home/somebody/shop/a.ts",
        old_string: "a",
        new_string: "const b = 1;",
      },
      tool_response: {},
    });
    await post("/api/sessions/summarize", { ...session, last_assistant_message: "It boils." });
    const types = await seen;
    // The stream begins with the status, which later tells of work as well.
    assert.deepEqual(
      types.filter((type) => type !== "processing_status"),
      EVENTS.filter((type) => type !== "processing_status"),
    );
    assert.equal(types[0], "processing_status");
  });

  it("breaks none of its own rules", () => assert.deepEqual(problems, []));
});
