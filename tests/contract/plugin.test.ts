/** The plugin that the extension brings along: its hooks as an editor starts them, and its server. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { TOOLS } from "../../extension/src/common/tools/contributions.js";
import { openMemories } from "../../extension/test/openMemories.js";
import { cli } from "./http/Server.js";

const plugin = join(dirname(dirname(cli)), "plugin");

let storage: string;
let workspace: string;

before(async () => {
  storage = await mkdtemp(join(tmpdir(), "recollect-plugin-"));
  workspace = await mkdtemp(join(tmpdir(), "recollect-work-"));
});

after(async () => {
  await removeOnceIdle(storage);
  await rm(workspace, { recursive: true, force: true });
});

/** The process that works for hooks ends by itself and takes its socket along. */
async function removeOnceIdle(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (!(await readdir(folder)).some((name) => name.endsWith(".sock"))) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await rm(folder, { recursive: true, force: true });
}

interface Hooks {
  readonly hooks: Record<string, { hooks: { command: string; timeout: number }[] }[]>;
}

/** The command of an event, with the plugin's folder put in as the editor does. */
async function commandOf(event: string, root = plugin): Promise<string> {
  const text = await readFile(join(plugin, "hooks/hooks.json"), "utf8");
  const { hooks } = JSON.parse(text) as Hooks;
  const [entry] = hooks[event]?.[0]?.hooks ?? [];
  assert.ok(entry !== undefined, event);
  return entry.command.replaceAll("${PLUGIN_ROOT}", root);
}

/** Runs one as an editor does: by a shell, with the editor's variables. */
function run(
  command: string,
  input: object,
  env: Record<string, string | undefined>,
): Promise<{ code: number | null; output: string; problems: string }> {
  const child = spawn(command, {
    shell: true,
    // No machine is too slow.
    env: {
      HOME: process.env["HOME"],
      ...{ RECOLLECT_HOOKS_SECONDS: "10", RECOLLECT_HOOKS_WAIT_SECONDS: "300" },
      ...env,
    },
  });
  let output = "";
  let problems = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  child.stderr.on("data", (part: Buffer) => (problems += part.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(input));
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ code, output, problems })),
  );
}

function told(event: string, more: object): object {
  return {
    ...{ timestamp: new Date().toISOString(), hook_event_name: event, session_id: "chat-1" },
    ...{ transcript_path: "/t", cwd: workspace, ...more },
  };
}

test("what is asked and done in the editor's agent is kept, and told as the next session begins", async () => {
  const env = {
    PATH: "/usr/bin:/bin",
    RECOLLECT_NODE: process.execPath,
    RECOLLECT_STORAGE: storage,
  };
  const hook = async (event: string, more: object): Promise<string> => {
    const { code, output, problems } = await run(await commandOf(event), told(event, more), env);
    assert.equal(code, 0);
    assert.equal(problems, "");
    return output;
  };
  await hook("UserPromptSubmit", { prompt: "Paint the lighthouse" });
  await hook("PostToolUse", {
    ...{ tool_name: "run_in_terminal", tool_input: { command: "npm install zod" } },
    ...{ tool_response: "added 1 package", tool_use_id: "one" },
  });
  await hook("Stop", { stop_hook_active: false });
  const memories = openMemories(storage);
  const { sessions } = await memories.sessions({});
  assert.equal(sessions.find(({ key }) => key === "chat-1")?.source, "vscode");
  await memories.dispose();

  const answer = await hook("SessionStart", { source: "new", session_id: "chat-2" });
  const { hookSpecificOutput } = JSON.parse(answer) as {
    hookSpecificOutput: { hookEventName: string; additionalContext: string };
  };
  assert.equal(hookSpecificOutput.hookEventName, "SessionStart");
  assert.match(hookSpecificOutput.additionalContext, /Paint the lighthouse/);
});

test("where the plugin is run by another agent's runtime, its session ends with it", async () => {
  const env = {
    PATH: "/usr/bin:/bin",
    RECOLLECT_NODE: process.execPath,
    RECOLLECT_STORAGE: storage,
  };
  const common = { timestamp: new Date().toISOString(), session_id: "host-1", cwd: workspace };
  const hook = async (event: string, more: object): Promise<void> => {
    const input = { ...common, hook_event_name: event, ...more };
    assert.equal((await run(await commandOf(event), input, env)).code, 0);
  };
  await hook("UserPromptSubmit", { prompt: "Paint the pier" });
  await hook("SessionEnd", { reason: "user_exit" });
  const memories = openMemories(storage);
  const { sessions } = await memories.sessions({});
  const session = sessions.find(({ key }) => key === "host-1");
  assert.notEqual(session?.endedAt, undefined);
  await memories.dispose();
});

test("no hook stops an agent: without Node, without the extension, and where it fails", async () => {
  const bare = await mkdtemp(join(tmpdir(), "recollect bare-"));
  // What the script itself needs is there, and Node is not.
  for (const name of ["sh", "dirname"]) {
    const found = [`/bin/${name}`, `/usr/bin/${name}`].find((path) => existsSync(path));
    assert.ok(found !== undefined, name);
    await symlink(found, join(bare, name));
  }
  const text = await readFile(join(plugin, "hooks/hooks.json"), "utf8");
  for (const event of Object.keys((JSON.parse(text) as Hooks).hooks)) {
    const quiet = { code: 0, output: "", problems: "" };
    const input = told(event, {});
    const command = await commandOf(event);
    assert.deepEqual(await run(command, input, { PATH: bare }), quiet, event);
    const gone = await commandOf(event, join(bare, "gone"));
    assert.deepEqual(await run(gone, input, { PATH: process.env["PATH"] }), quiet, event);
  }
  // A program that ends with the code by which an agent is stopped.
  const failing = join(bare, "failing");
  await writeFile(failing, "#!/bin/sh\nexit 2\n");
  await chmod(failing, 0o755);
  await mkdir(join(bare, "dist"));
  await writeFile(join(bare, "dist/cli.js"), "");
  await cp(plugin, join(bare, "plugin"), { recursive: true });
  const command = await commandOf("PreToolUse", join(bare, "plugin"));
  const { code } = await run(command, {}, { PATH: process.env["PATH"], RECOLLECT_NODE: failing });
  assert.equal(code, 0);
  await rm(bare, { recursive: true, force: true });
});

test("an editor is not told of tools twice, and everybody else is told of them", async () => {
  const text = await readFile(join(plugin, ".mcp.json"), "utf8");
  const { mcpServers } = JSON.parse(text) as {
    mcpServers: Record<string, { command: string; args: string[] }>;
  };
  const { command, args } = mcpServers["recollect"] ?? { command: "", args: [] };
  assert.equal(command, "node");
  const tools = async (name: string): Promise<string[]> => {
    const client = new Client({ name, version: "1" }, { capabilities: {} });
    const transport = new StdioClientTransport({
      ...{ command: process.execPath, stderr: "inherit", cwd: plugin },
      args: args.map((one) => one.replaceAll("${PLUGIN_ROOT}", plugin)),
      env: { RECOLLECT_STORAGE: storage },
    });
    await client.connect(transport);
    try {
      assert.equal((await client.listPrompts()).prompts.length, 1);
      return (await client.listTools()).tools.map((tool) => tool.name);
    } finally {
      await client.close();
    }
  };
  assert.deepEqual(await tools("Visual Studio Code - Insiders"), []);
  assert.deepEqual(await tools("code-server"), []);
  assert.deepEqual(await tools("some-agent"), [...TOOLS]);
});

test("of a folder of which nothing is captured, hooks keep nothing", async () => {
  const recording = join(storage, "recording");
  await mkdir(recording, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "recollect-quiet-"));
  const address = pathToFileURL(folder).href;
  const state = { folders: [address], uncaptured: [address] };
  await writeFile(join(recording, "quiet.json"), JSON.stringify(state));
  // A process of its own, which has not looked at these files before.
  const own = await mkdtemp(join(tmpdir(), "recollect-quiet-storage-"));
  await cp(recording, join(own, "recording"), { recursive: true });
  const env = { PATH: "/usr/bin:/bin", RECOLLECT_NODE: process.execPath, RECOLLECT_STORAGE: own };
  const input = { ...told("UserPromptSubmit", { prompt: "Paint the narwhal" }), cwd: folder };
  await run(await commandOf("UserPromptSubmit"), input, { ...env, RECOLLECT_HOOKS_SECONDS: "0" });
  const other = { ...told("UserPromptSubmit", { prompt: "Paint the walrus" }) };
  await run(await commandOf("UserPromptSubmit"), other, env);
  const memories = openMemories(own);
  assert.equal((await memories.search({ text: "narwhal" })).total, 0);
  assert.equal((await memories.search({ text: "walrus" })).total, 1);
  await memories.dispose();
  await removeOnceIdle(own);
  await rm(folder, { recursive: true, force: true });
});
