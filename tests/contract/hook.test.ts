/** Hooks of agents as the command line answers them, each a process of its own. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { HookMessage } from "../../extension/src/node/cli/hookSocket.js";
import { openMemories } from "../../extension/test/openMemories.js";
import { Hooks } from "./Hooks.js";
import { cli } from "./http/Server.js";

let folder: string;
let workspace: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "recollect-hook-"));
  workspace = await mkdtemp(join(tmpdir(), "recollect-work-"));
});

after(async () => {
  await untilNobodyWorks();
  await rm(folder, { recursive: true, force: true });
  await rm(workspace, { recursive: true, force: true });
});

/** The process that works for hooks ends by itself and takes its socket along. */
async function untilNobodyWorks(): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (!(await readdir(folder)).some((name) => name.endsWith(".sock"))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("the process that works for hooks goes on");
}

/** What a hook answers; it always ends with 0. */
function hook(input: string | object, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, "hook", "--storage", folder, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    // No machine is too slow.
    env: {
      ...process.env,
      ...{ RECOLLECT_HOOKS_SECONDS: "10", RECOLLECT_HOOKS_WAIT_SECONDS: "300" },
    },
  });
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(typeof input === "string" ? input : JSON.stringify(input));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`a hook ended with ${code}`)),
    );
  });
}

function claude(session: string, event: string, more: object = {}): object {
  const common = { session_id: session, transcript_path: "/t", cwd: workspace };
  return { ...common, hook_event_name: event, ...more };
}

const install = (name: string): object => ({
  tool_name: "Bash",
  tool_input: { command: `npm install ${name}` },
  tool_response: { stdout: "added 1 package", stderr: "" },
  tool_use_id: name,
});

test("an agent's session is remembered from its first prompt to its end, and told to the next", async () => {
  assert.equal(await hook(claude("one", "SessionStart", { source: "startup" })), "");
  assert.equal(await hook(claude("one", "UserPromptSubmit", { prompt: "Check the input" })), "");
  assert.equal(await hook(claude("one", "PostToolUse", install("zod"))), "");
  const error = "Exit code 1\nError: expected 1 to be 2";
  const failing = { tool_name: "Bash", tool_input: { command: "npm test" }, error };
  assert.equal(await hook(claude("one", "PostToolUseFailure", failing)), "");
  assert.equal(await hook(claude("one", "Stop", { last_assistant_message: "Checked." })), "");
  assert.equal(await hook(claude("one", "SessionEnd", { reason: "other" })), "");

  const answer = await hook(claude("two", "SessionStart", { source: "startup" }));
  const { hookSpecificOutput } = JSON.parse(answer) as {
    hookSpecificOutput: { hookEventName: string; additionalContext: string };
  };
  assert.equal(hookSpecificOutput.hookEventName, "SessionStart");
  assert.match(hookSpecificOutput.additionalContext, /Last sessions: m1[^]*Check the input[^]*zod/);

  const memories = openMemories(folder);
  const { sessions } = await memories.sessions({});
  const one = sessions.find(({ key }) => key === "one");
  assert.equal(one?.source, "claude-code");
  assert.ok(one.endedAt !== undefined);
  assert.equal(one.statistics.prompts, 1);
  assert.equal(one.statistics.observations, 2);
  await memories.dispose();
});

test("a private prompt and what follows from it are not kept", async () => {
  await hook(claude("secret", "UserPromptSubmit", { prompt: "<private>the merger</private>" }));
  await hook(claude("secret", "PostToolUse", install("swordfish")));
  const memories = openMemories(folder);
  assert.equal((await memories.search({ text: "swordfish" })).total, 0);
  await memories.dispose();
});

test("what follows from a private prompt is not kept by a process that begins after a pause", async () => {
  const env = { RECOLLECT_HOOKS_SECONDS: "1" };
  const hooks = await Hooks.make();
  const tell = async (event: string, more: object): Promise<void> => {
    await hooks.run(claude("paused", event, more), [], env);
    await hooks.untilNobodyWorks();
  };
  await tell("UserPromptSubmit", { prompt: "Order the rope" });
  await tell("PostToolUse", install("rope"));
  await tell("UserPromptSubmit", { prompt: "<private>the merger</private>" });
  await tell("PostToolUse", install("cutlass"));
  const memories = openMemories(hooks.storage);
  assert.equal((await memories.search({ text: "cutlass" })).total, 0);
  assert.equal((await memories.search({ text: "rope type:change" })).total, 1);
  await memories.dispose();
  await hooks.remove();
});

test("in a folder whose window is private or paused nothing is kept, and the user's rules hold", async () => {
  const recording = join(folder, "recording");
  await mkdir(recording);
  const state = { folders: [pathToFileURL(workspace).href], isPrivate: true };
  await writeFile(join(recording, "a.json"), JSON.stringify(state));
  await writeFile(join(recording, "rules.json"), '{"patterns":["EMP-[0-9]+"]}');
  // What was read counts for half a second.
  await new Promise((resolve) => setTimeout(resolve, 600));
  await hook(claude("unseen", "UserPromptSubmit", { prompt: "Paint the narwhal" }));
  await rm(join(recording, "a.json"));
  await new Promise((resolve) => setTimeout(resolve, 600));
  await hook(claude("seen", "UserPromptSubmit", { prompt: "Paint the walrus of EMP-4711" }));
  const memories = openMemories(folder);
  assert.equal((await memories.search({ text: "narwhal" })).total, 0);
  const [walrus] = (await memories.search({ text: "walrus" })).hits;
  assert.match(walrus?.title ?? "", /^Paint the walrus of (?!EMP)/);
  await memories.dispose();
});

test("what is damaged, foreign or huge fails no agent, and the log says why without quoting it", async () => {
  const inputs: [string | object, ...string[]][] = [
    ["", "--agent", "claude-code"],
    ["{ swordfish"],
    ["[]"],
    [{ agent_action_name: "swordfish" }],
    [claude("x", "Notification")],
    [`{"session_id":"x","pad":"${"swordfish".repeat(4_000_000)}"}`],
    [claude("x", "PostToolUse", install("left-pad")), "--what", "--storage"],
  ];
  for (const [input, ...args] of inputs) assert.equal(await hook(input, ...args), "");
  assert.equal(await hook("{ swordfish", "--agent", "gemini", "--event", "AfterTool"), "{}\n");
  const log = await readFile(join(folder, "hooks.log"), "utf8");
  assert.match(log, /is no JSON/);
  assert.match(log, /of no agent and event/);
  assert.match(log, /more than \d+ bytes/);
  assert.doesNotMatch(log, /swordfish/);
});

test("who connects and goes without a word keeps nobody from ending", async () => {
  await hook(claude("silent", "Stop"));
  const [socket = ""] = (await readdir(folder)).filter((name) => name.endsWith(".sock"));
  await new Promise<void>((resolve) => {
    const connection = connect(join(folder, socket), () => connection.destroy());
    connection.once("close", () => resolve()).once("error", () => undefined);
  });
});

/** Preloaded, gives a hook the time to come before the process has looked after its own socket. */
const SLOW_SOCKET = `
const files = require("node:fs/promises");
const { chmod } = files;
files.chmod = async (...args) => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return chmod(...args);
};
`;

test(
  "the process for hooks ends though a hook came in its first moment",
  { timeout: 120_000 },
  async () => {
    const storage = await mkdtemp(join(tmpdir(), "recollect-hook-"));
    const slow = join(workspace, "slow.cjs");
    await writeFile(slow, SLOW_SOCKET);
    const args = ["--require", slow, cli, "hook-worker", "--storage", storage];
    const worker = spawn(process.execPath, args, {
      stdio: "ignore",
      env: { ...process.env, RECOLLECT_HOOKS_SECONDS: "1" },
    });
    const ended = new Promise((resolve) => worker.once("close", resolve));
    await tellAtOnce(storage);
    assert.equal(await ended, 0);
    await rm(storage, { recursive: true, force: true });
  },
);

/** Tells of a session as soon as there is a socket in the folder. */
async function tellAtOnce(storage: string): Promise<void> {
  const message: HookMessage = {
    hook: { agent: "claude-code", event: "Stop", calledAs: "Stop", session: "first", cwd: "/shop" },
  };
  for (;;) {
    const name = readdirSync(storage).find((name) => name.endsWith(".sock"));
    if (name !== undefined) {
      const socket = connect(join(storage, name));
      const isAnswered = await new Promise<boolean>((resolve) => {
        socket.once("end", () => resolve(true)).once("error", () => resolve(false));
        socket.resume().end(JSON.stringify(message));
      });
      if (isAnswered) return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("what many hooks tell at the same time is all found", async () => {
  const names = Array.from({ length: 24 }, (_, index) => `package-n${index}`);
  await hook(claude("many", "UserPromptSubmit", { prompt: "Install a lot" }));
  await Promise.all(names.map((name) => hook(claude("many", "PostToolUse", install(name)))));
  const memories = openMemories(folder);
  const found = await memories.search({ text: "type:change", session: "many", limit: 100 });
  const titles = found.hits.map(({ title }) => title);
  for (const name of names)
    assert.ok(
      titles.some((title) => title.includes(`\`${name}\``)),
      name,
    );
  await memories.dispose();
});
