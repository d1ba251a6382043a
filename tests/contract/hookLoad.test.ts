/** Many hooks at the same time, and one whose answer never comes. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hookSocket } from "../../extension/src/node/cli/hookSocket.js";
import { openMemories, origin } from "../../extension/test/openMemories.js";
import { Hooks } from "./Hooks.js";
import { cli } from "./http/Server.js";

/** Uses of tools, and processes that tell them at the same time. */
const USES = 200;
const AT_ONCE = 50;

let hooks: Hooks;

before(async () => {
  hooks = await Hooks.make();
});

after(() => hooks.remove());

function told(event: string, more: object): object {
  const common = { session_id: "many", transcript_path: "/t", cwd: hooks.workspace };
  return { ...common, hook_event_name: event, ...more };
}

/** The extension's version, which stands in the name of the socket. */
async function version(): Promise<string> {
  const path = join(import.meta.dirname, "../../extension/package.json");
  return (JSON.parse(await readFile(path, "utf8")) as { version: string }).version;
}

test("what 50 hooks tell at once while two windows write is all found", async () => {
  assert.equal(await hooks.run(told("UserPromptSubmit", { prompt: "Install a lot" })), "");
  const names = Array.from({ length: USES }, (_, index) => `package-n${index}`);
  const windows = [openMemories(hooks.storage), openMemories(hooks.storage)];
  const written: string[] = [];
  const write = async (text: string): Promise<void> => {
    for (const window of windows) {
      const appended = await window.remember({ text, origin });
      assert.ok(appended.status === "pending");
      written.push(appended.id);
    }
  };
  const waiting = [...names];
  const tell = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const tool = {
        ...{ tool_name: "Bash", tool_input: { command: `npm install ${name}` } },
        ...{ tool_response: { stdout: "added 1 package", stderr: "" }, tool_use_id: name },
      };
      const [answer] = await Promise.all([
        hooks.run(told("PostToolUse", tool)),
        write(`Somebody writes while ${name} comes`),
      ]);
      assert.equal(answer, "");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tell));
  for (const window of windows) await window.dispose();
  await hooks.untilNobodyWorks();
  // Nothing was said to be lost, so all of it was acknowledged.
  await assert.rejects(readFile(join(hooks.storage, "hooks.log")), { code: "ENOENT" });

  const memories = openMemories(hooks.storage);
  for (const name of names) {
    const { hits } = await memories.search({ text: `"${name}"`, session: "many" });
    assert.ok(
      hits.some(({ title }) => title.includes(`\`${name}\``)),
      name,
    );
  }
  assert.equal((await memories.get(written)).length, written.length);
  await memories.dispose();
});

test("a hook whose answer never comes ends with 0, and says so", async () => {
  const open: Socket[] = [];
  const deaf = createServer({ allowHalfOpen: true }, (socket) => {
    open.push(socket.on("error", () => undefined).resume());
  });
  const path = await hookSocket(hooks.storage, await version());
  await new Promise<void>((resolve) => deaf.listen(path, resolve));
  try {
    const payload = told("PreToolUse", { tool_name: "Read", tool_input: { file_path: "a.ts" } });
    assert.equal(await hooks.run(payload, [], { RECOLLECT_HOOKS_WAIT_SECONDS: "" }), "");
    const log = await readFile(join(hooks.storage, "hooks.log"), "utf8");
    assert.match(log, /claude-code PreToolUse .*no answer in time/);
  } finally {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => deaf.close(resolve));
  }
});

test("who connects and says nothing does not keep the process for hooks", async () => {
  const child = spawn(process.execPath, [cli, "hook-worker", "--storage", hooks.storage], {
    stdio: "ignore",
    env: { ...process.env, RECOLLECT_HOOKS_SECONDS: "1" },
  });
  const hasEnded = new Promise((resolve) => child.once("close", resolve));
  const path = await hookSocket(hooks.storage, await version());
  let silent: Socket | undefined;
  while (silent === undefined) {
    silent = await new Promise<Socket | undefined>((resolve) => {
      const socket = connect(path);
      socket.once("connect", () => resolve(socket)).once("error", () => resolve(undefined));
    });
  }
  silent.on("error", () => undefined);
  assert.equal(await hasEnded, 1);
  assert.match(await readFile(join(hooks.storage, "hooks.log"), "utf8"), /worker .*at the end/);
});
