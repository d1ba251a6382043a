// What Recollect brings for agents, in an editor in which API proposals count; what they have left behind, taken in; and connecting them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { after, before, it } from "node:test";
import { promisify } from "node:util";
import { inEachHost } from "./eachHost.mjs";
import { ownRepository } from "./ownRepository.mjs";
import { Session } from "./session.mjs";
import { makeShop } from "./shopRepository.mjs";
import { SideBar } from "./sideBar.mjs";

/** How long the editor may take to find what extensions bring, and a file to be written. */
const LIMIT_MS = 60_000;

/** What a user has in the settings of an agent. */
const SETTINGS = '// Mine.\n{\n  "theme": "dark", // always\n  "mcpServers": {}\n}\n';

/** Kinds and files, as the editor must list them. */
const BROUGHT = [
  ["hook", /\/plugin\/hooks\/hooks\.json$/],
  ["instructions", /\/prompts\/recollect\.instructions\.md$/],
  ["prompt", /\/prompts\/standup\.prompt\.md$/],
  ["prompt", /\/prompts\/weekly\.prompt\.md$/],
  ["prompt", /\/prompts\/why-is-this-here\.prompt\.md$/],
  ["skill", /\/skills\/project-memory\/SKILL\.md$/],
];

/** A session of an agent in a folder, as the agent keeps it. */
function transcript(folder, name, prompt) {
  const turn = (second, type, content) =>
    JSON.stringify({
      ...{ type, uuid: `${name}-${second}`, sessionId: name, cwd: folder },
      ...{ timestamp: `2026-01-05T10:00:0${second}.000Z`, message: { role: type, content } },
    });
  return [
    turn(1, "user", prompt),
    turn(2, "assistant", [{ type: "text", text: "It is done and the tests pass." }]),
  ].join("\n");
}

inEachHost("what agents are given", (kind, host) => {
  // From a worker no agent of a machine can be reached, as the unit tests of its host show.
  if (host === "worker") return;
  /** @type {Session} */
  let session;
  let home;
  let settings;
  const { HOME } = process.env;

  before(async () => {
    // Agents' files are the user's own, so the editor runs with another home.
    home = await mkdtemp(join(tmpdir(), "recollect-home-"));
    settings = join(home, ".gemini", "settings.json");
    await mkdir(dirname(settings));
    await writeFile(settings, SETTINGS);
    process.env.HOME = home;
    session = await Session.open(kind, {}, async (target) => {
      await makeShop(target);
      const rule = "# Greenhouse\n\nWe decided that only rain is for the bladderworts.\n";
      await writeFile(join(target, "AGENTS.md"), rule);
      const kept = join(home, ".claude", "projects", "-shop");
      await mkdir(kept, { recursive: true });
      for (const [name, prompt] of [
        ["one", "Water the sundews of the shop"],
        ["two", "Repot the butterworts of the shop"],
      ])
        await writeFile(join(kept, `${name}.jsonl`), transcript(target, name, prompt));
    });
  });

  after(async () => {
    process.env.HOME = HOME;
    await session?.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const pressInToast = (name) =>
    session.workbench.page
      .locator(".notification-toast")
      .getByRole("button", { name, exact: true })
      .click();

  it("one question offers earlier sessions with agents, and they are remembered at once", async () => {
    const { workbench } = session;
    const asked = await workbench.waitForText(/earlier agent sessions/, { timeoutMs: LIMIT_MS });
    await workbench.screenshot("agents-first-run");
    assert.match(asked, /\b2\b/);
    await pressInToast("Learn");
    await workbench.waitForText(/Imported \d+ records/);
    await workbench.screenshot("agents-first-run-learned");
    assert.match(await workbench.ask("@memory /search sundews"), /Water the sundews/);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("what an agent's hook has recorded in another process is in the open window at once", async (t) => {
    const { workbench } = session;
    const sideBar = new SideBar(workbench);
    await sideBar.open();
    await sideBar.unfoldOnly("Today");
    await tell("UserPromptSubmit", { prompt: "Warm the greenhouse" });
    const input = { command: "npm install begonia-kit" };
    await tell("PostToolUse", {
      ...{ tool_name: "Bash", tool_input: input, tool_use_id: "one" },
      tool_response: { stdout: "added 1 package", stderr: "" },
    });
    const told = performance.now();
    const seconds = () => ((performance.now() - told) / 1_000).toFixed(2);
    await sideBar.rows("Today", "begonia-kit");
    t.diagnostic(`in the list after ${seconds()} s`);
    await workbench.screenshot("agents-hook");
    const query = {
      do: "invokeTool",
      name: "recollect_memory_search",
      input: { query: "begonia" },
    };
    assert.match(await session.request(query), /\| .*begonia-kit/);
    t.diagnostic(`found by a search after ${seconds()} s`);
  });

  /** Tells a hook of an agent outside the editor, as that agent does: by a process of its own. */
  async function tell(event, more) {
    const common = { session_id: "outside", transcript_path: "/t", cwd: session.repository };
    const storage = join(session.dataDir, "User", "globalStorage", "recollect.recollect");
    const cli = join(ownRepository, "extension", "dist", "cli.js");
    const limits = { RECOLLECT_HOOKS_SECONDS: "10", RECOLLECT_HOOKS_WAIT_SECONDS: "300" };
    const args = [cli, "hook", "--agent", "claude-code", "--event", event, "--storage", storage];
    const running = promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...limits },
    });
    running.child.stdin.end(JSON.stringify({ ...common, hook_event_name: event, ...more }));
    assert.equal((await running).stderr, "");
  }

  it("the list of imports holds what is here, and what is chosen is remembered once", async () => {
    const { workbench } = session;
    for (const sentence of [/Imported 1 record\b/, /Imported 0 records/]) {
      await workbench.runCommand("Memory: Import…");
      await workbench.quickPickRow("A file that Recollect exported").waitFor();
      await workbench.screenshot("agents-import");
      await workbench.quickPickRow("Decisions written down").click();
      await workbench.waitForText(sentence);
      await workbench.runCommand("Notifications: Clear All Notifications");
    }
    assert.match(await workbench.ask("@memory /search bladderworts"), /Greenhouse/);
  });

  it("the plugin, its skill and hooks, instructions and prompts are listed", async () => {
    const listed = async () => {
      const files = await session.request({ do: "resultOf", id: "_listExtensionPromptFiles" });
      return files.map(({ type, uri }) => [type, uri.path ?? String(uri)]);
    };
    const missing = (files) =>
      BROUGHT.filter(
        ([type, path]) => !files.some((file) => file[0] === type && path.test(file[1])),
      );
    let files = await listed();
    for (const end = Date.now() + LIMIT_MS; missing(files).length > 0 && Date.now() < end;)
      files = await listed();
    assert.deepEqual(missing(files), [], JSON.stringify(files, undefined, 1));
  });

  it("an agent is connected once each line was shown, and is as before once that is undone", async () => {
    const { workbench } = session;
    const choose = async (state) => {
      await workbench.runCommand("Memory: Connect an Agent…");
      await workbench.quickPickRow(new RegExp(`Gemini CLI.*${state}`)).click();
    };
    await choose("installed here");
    await workbench.waitForText("Connecting Gemini CLI?");
    assert.equal(await readFile(settings, "utf8"), SETTINGS, "only shown");
    await pressInToast("Connect");
    const connected = await written((text) => text !== SETTINGS);
    assert.match(connected, /"theme": "dark", \/\/ always/);
    assert.match(connected, /recollect\b.* hook --agent gemini --event AfterTool/);
    await workbench.waitForText("Gemini CLI is connected.");

    await choose("choose it to disconnect");
    await workbench.waitForText("Taking Recollect out of Gemini CLI?");
    await pressInToast("Disconnect");
    await written((text) => text === SETTINGS);
  });

  /** The agent's settings, once they are so. */
  async function written(isSo) {
    let text = await readFile(settings, "utf8");
    for (const end = Date.now() + LIMIT_MS; !isSo(text) && Date.now() < end;) {
      await new Promise((settle) => setTimeout(settle, 100));
      text = await readFile(settings, "utf8");
    }
    assert.ok(isSo(text), text);
    return text;
  }
});
