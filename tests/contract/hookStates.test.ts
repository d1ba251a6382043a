/** What a person has said of storing and of assistants holds for hooks and for the server, too. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { openMemories } from "../../extension/test/openMemories.js";
import { openWindow, Shared, turnOn } from "../../extension/test/secrets.js";
import { everythingIn } from "../../extension/test/temporaryFolder.js";
import { Hooks } from "./Hooks.js";
import { cli, Server } from "./http/Server.js";

/** What a window says of its folder, and a word that is then only in what is not kept. */
const STATES: readonly [object, string][] = [
  [{ isPrivate: true }, "narwhal"],
  [{ isPaused: true }, "walrus"],
  [{ isRestricted: true }, "dugong"],
  [{ isUncaptured: true }, "manatee"],
];

function told(cwd: string, session: string, event: string, more: object): object {
  const common = { session_id: session, transcript_path: "/t", cwd };
  return { ...common, hook_event_name: event, ...more };
}

test("nothing is kept of folders whose window says so, nor what the user's rules leave out", async () => {
  const hooks = await Hooks.make();
  const recording = join(hooks.storage, "recording");
  await mkdir(recording);
  const folders: string[] = [];
  for (const [state, word] of STATES) {
    const folder = await mkdtemp(join(tmpdir(), `recollect-${word}-`));
    folders.push(folder);
    const address = pathToFileURL(folder).href;
    const uncaptured = "isUncaptured" in state ? [address] : [];
    const said = { folders: [address], ...state, uncaptured };
    await writeFile(join(recording, `${word}.json`), JSON.stringify(said));
  }
  const rules = { patterns: ["EMP-[0-9]+"], excludedPaths: ["vault/**"] };
  await writeFile(join(recording, "rules.json"), JSON.stringify(rules));

  const install = (name: string): object => ({
    ...{ tool_name: "Bash", tool_input: { command: `npm install ${name}` }, tool_use_id: name },
    tool_response: { stdout: "added 1 package", stderr: "" },
  });
  for (const [index, [, word]] of STATES.entries()) {
    const folder = folders[index] ?? "";
    await hooks.run(told(folder, word, "UserPromptSubmit", { prompt: `Paint the ${word}` }));
    await hooks.run(told(folder, word, "PostToolUse", install(`${word}-kit`)));
    await hooks.run(told(folder, word, "Stop", { last_assistant_message: `The ${word} is red.` }));
    await hooks.run(told(folder, word, "SessionEnd", { reason: "other" }));
  }
  const edit = (file: string): object => ({
    ...{ tool_name: "Edit", tool_use_id: file, tool_response: { ok: true } },
    tool_input: { file_path: join(hooks.workspace, file), old_string: "a", new_string: "b" },
  });
  const open = (event: string, more: object): Promise<string> =>
    hooks.run(told(hooks.workspace, "open", event, more));
  await open("UserPromptSubmit", { prompt: "Feed the seal of EMP-4711" });
  await open("PostToolUse", edit("vault/porpoise.ts"));
  await open("PostToolUse", edit("src/otter.ts"));
  await open("PostToolUse", install("grebe-kit"));

  const memories = openMemories(hooks.storage);
  const all = await everythingIn(join(hooks.storage, "mem1"));
  for (const word of [...STATES.map(([, one]) => one), "porpoise", "EMP-4711"])
    assert.ok(!all.includes(word), word);
  for (const word of ["seal", "otter", "grebe"])
    assert.ok((await memories.search({ text: word })).total > 0, word);
  assert.deepEqual(
    (await memories.sessions({})).sessions.map(({ key }) => key),
    ["open"],
  );
  await memories.dispose();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  await hooks.remove();
});

/** A client of a server over a storage, which is used and closed. */
async function asking(
  storage: string,
  workspace: string,
  work: (
    call: (name: string, input: object) => Promise<{ isError: boolean; text: string }>,
  ) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: "test", version: "1" }, { capabilities: {} });
  const args = [cli, "mcp", "--storage", storage];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, cwd: workspace, stderr: "ignore" }),
  );
  try {
    await work(async (name, input) => {
      const said = await client.callTool({ name, arguments: { ...input } });
      return { isError: said.isError === true, text: JSON.stringify(said.content) };
    });
  } finally {
    await client.close();
  }
}

test("one switch of the endpoints takes the tools from the server and what is told from hooks", async () => {
  const hooks = await Hooks.make();
  await using server = await Server.start([], { folder: hooks.storage });
  const toggle = (enabled: boolean): Promise<unknown> =>
    server.send("POST", "/api/mcp/toggle", { enabled });
  const start = (session: string): Promise<string> =>
    hooks.run(told(hooks.workspace, session, "SessionStart", { source: "startup" }));
  await asking(hooks.storage, hooks.workspace, async (call) => {
    const text = "We ferry by night";
    const { isError } = await call("recollect_memory_remember", { text, type: "decision" });
    assert.equal(isError, false);
    assert.match(await start("one"), /We ferry by night/);
    await toggle(false);
    const off = await call("recollect_memory_search", { query: "ferry" });
    assert.equal(off.isError, true);
    assert.match(off.text, /switched off/i);
    assert.equal(await start("two"), "");
    await toggle(true);
    const found = await call("recollect_memory_search", { query: "ferry" });
    assert.equal(found.isError, false);
    assert.match(found.text, /We ferry by night/);
    assert.match(await start("three"), /We ferry by night/);
  });
  await server.stop();
  await hooks.remove();
});

test("where memories are encrypted and the code is not here, it is said, and nothing is written in plain", async () => {
  const hooks = await Hooks.make();
  const window = openWindow(hooks.storage, new Shared());
  const code = await turnOn(window);
  const memories = window.open();
  const say = (event: string, more: object, env: Record<string, string>): Promise<string> =>
    hooks.run(told(hooks.workspace, "closed", event, more), [], env);
  const closed = { RECOLLECT_RECOVERY_CODE: "", RECOLLECT_HOOKS_SECONDS: "3" };
  assert.equal(await say("SessionStart", { source: "startup" }, closed), "");
  assert.equal(await say("UserPromptSubmit", { prompt: "Oil the capstan" }, closed), "");
  assert.equal(await say("SessionEnd", { reason: "other" }, closed), "");
  const log = await readFile(join(hooks.storage, "hooks.log"), "utf8");
  assert.match(log, /UserPromptSubmit .*encrypted/);
  await asking(hooks.storage, hooks.workspace, async (call) => {
    for (const [name, input] of [
      ["recollect_memory_remember", { text: "The capstan is oiled" }],
      ["recollect_memory_search", { query: "capstan" }],
      ["recollect_memory_context", {}],
    ] as const) {
      const said = await call(name, input);
      assert.equal(said.isError, true, `${name}: ${said.text}`);
      assert.match(said.text, /encrypted/, name);
    }
  });
  await hooks.untilNobodyWorks();
  const open = { RECOLLECT_RECOVERY_CODE: code };
  assert.equal(await say("UserPromptSubmit", { prompt: "Oil the windlass" }, open), "");
  await hooks.untilNobodyWorks();
  assert.doesNotMatch(await everythingIn(hooks.storage), /capstan|windlass/);
  await memories.refreshNow();
  assert.equal((await memories.search({ text: "windlass" })).total, 1);
  assert.equal((await memories.search({ text: "capstan" })).total, 0);
  await memories.dispose();
  await hooks.remove();
});
