// The viewer that `serve` shows, and its stream, in a real browser.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { screenshotFolder } from "./editorWindow.mjs";
import { findChromium } from "./chromium.mjs";
import { startServe } from "./serve.mjs";

const SHOWN_MS = 10_000;

describe("the viewer", () => {
  let folder, server, browser, page;
  const problems = [];

  const post = async (path, body) => {
    const response = await server.send("POST", path, body);
    assert.equal(response.status, 200);
    return response.json();
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "recollect-viewer-"));
    server = await startServe(folder);
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
    await page.goto(server.address.href);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
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

  it("receives the seven events of a session in order, with what belongs to them", async () => {
    const received = page.evaluate(
      () =>
        new Promise((resolve) => {
          const events = [];
          const source = new EventSource(`/stream${location.search}`);
          source.onmessage = ({ data }) => {
            const event = JSON.parse(data);
            events.push(event);
            const isOver = events.some(({ type }) => type === "summary_created");
            if (!isOver || event.isProcessing !== false) return;
            source.close();
            resolve(events);
          };
          source.onopen = () => document.body.setAttribute("data-listens", "");
        }),
    );
    await page.locator("body[data-listens]").waitFor({ timeout: SHOWN_MS });
    const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
    const prompt = "Mend the kettle";
    const { sessionDbId } = await post("/api/sessions/init", { ...session, prompt });
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
    const events = await received;
    const rowOf = async (path) => {
      const { items } = await (await server.send("GET", `${path}?limit=1`)).json();
      return items[0];
    };
    const working = { type: "processing_status", isProcessing: true, queueDepth: 1 };
    const idle = { type: "processing_status", isProcessing: false, queueDepth: 0 };
    const row = await rowOf("/api/prompts");
    assert.equal(row.sdk_session_id, "s");
    assert.equal(row.prompt_text, prompt);
    const { id, project, claude_session_id, prompt_number, prompt_text, created_at_epoch } = row;
    const told = { id, project, claude_session_id, prompt_number, prompt_text, created_at_epoch };
    // Today's clients have names of their own for what the guide names, and read a prompt's row.
    const todays = ["initial_load", "new_observation", "new_summary"];
    const guides = events
      .filter(({ type }) => !todays.includes(type))
      .map((event) =>
        Object.fromEntries(Object.entries(event).filter(([name]) => name !== "prompt")),
      );
    assert.deepEqual(
      events.map(({ type }) => type).filter((type) => todays.includes(type)),
      todays,
    );
    assert.equal(events.find(({ type }) => type === "new_prompt").prompt.id, id);
    assert.deepEqual(guides, [
      idle,
      { type: "session_started", sessionDbId, project: "shop" },
      { type: "new_prompt", ...told },
      { type: "observation_queued", sessionDbId },
      working,
      { type: "observation_created", observation: await rowOf("/api/observations") },
      idle,
      { type: "summarize_queued" },
      working,
      { type: "summary_created", summary: await rowOf("/api/summaries") },
      idle,
    ]);
  });

  it("breaks none of its own rules", () => assert.deepEqual(problems, []));
});
