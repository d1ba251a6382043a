/** claude-mem's plugins for OpenCode and OpenClaw, unmodified: `npm run soak -- --only clients`. */
import assert from "node:assert/strict";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Server } from "../contract/http/Server.js";
import { checkKept, keepCalls } from "./calls.js";
import { installPackage } from "./claudeMem.js";
import { Recorder } from "./Recorder.js";

/** Where the plugins' hosts work. */
const FOLDER = "/home/somebody/shop";

const EDIT = { filePath: `${FOLDER}/kettle.ts`, oldString: "kettle = 1", newString: "kettle = 2" };

let folder = "";

before(() => {
  folder = installPackage();
});

type Hook = (event: unknown, context?: unknown) => unknown;

/** The server, and what stands before it; neither plugin can send a token. */
async function withRecorder(
  run: (recorder: Recorder, server: Server) => Promise<void>,
): Promise<void> {
  await using server = await Server.start([
    ...["--like", "claude-mem"],
    ...["--no-token", "--let-every-local-program-read-and-write"],
  ]);
  await using recorder = await Recorder.start(server.origin, (text) =>
    // Both put the time into their names of sessions.
    text.replaceAll(/(opencode|openclaw)-([\w-]+)-\d{13}/g, "$1-$2"),
  );
  await run(recorder, server);
}

/** What is sent without waiting has arrived. */
async function arrived(recorder: Recorder, count: number): Promise<void> {
  while (recorder.calls.length < count) await new Promise((resolve) => setImmediate(resolve));
}

test("the plugin for OpenCode records a session and finds it", async () => {
  const data = await realpath(await mkdtemp(join(tmpdir(), "recollect-client-")));
  try {
    await withRecorder(async (recorder, server) => {
      process.env["CLAUDE_MEM_DATA_DIR"] = data;
      process.env["CLAUDE_MEM_WORKER_PORT"] = String(recorder.port);
      const path = join(folder, "dist/opencode-plugin/index.js");
      const plugin = (await import(pathToFileURL(path).href)) as {
        default: (host: object) => Promise<Record<string, Hook>>;
      };
      const hooks = await plugin.default({ project: { name: "shop" }, directory: FOLDER });
      recorder.by = "OpenCode";
      await hooks["tool.execute.after"]?.(
        { tool: "edit", sessionID: "a", args: EDIT },
        { output: "Edit applied successfully." },
      );
      await arrived(recorder, 2);
      await hooks["tool.execute.after"]?.(
        { tool: "bash", sessionID: "a", args: { command: "npm test" } },
        { output: "1 failed: the kettle leaks" },
      );
      await arrived(recorder, 3);
      await hooks["chat.message"]?.(
        {},
        {
          message: { sessionID: "a", role: "assistant" },
          parts: [{ type: "text", text: "It leaked because the solder was brittle." }],
        },
      );
      await arrived(recorder, 4);
      await hooks["event"]?.({ event: { type: "session.idle", properties: { sessionID: "a" } } });
      await arrived(recorder, 5);
      const { claude_mem_search: search } = hooks["tool"] as unknown as Record<
        string,
        { execute(input: object): Promise<string> }
      >;
      const found = (await search?.execute({ query: "kettle" })) ?? "";
      assert.match(found, /kettle/);
      await checkKept(server.send, "opencode");
      await keepCalls("opencode", recorder.calls);
    });
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});

test("the plugin for OpenClaw records a session, injects it and finds it", async () => {
  await withRecorder(async (recorder, server) => {
    const plugin = (await import(pathToFileURL(join(folder, "openclaw/dist/index.js")).href)) as {
      default: (host: object) => void;
    };
    const hooks = new Map<string, Hook>();
    const commands = new Map<string, (context: object) => Promise<string>>();
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    plugin.default({
      pluginConfig: { workerPort: recorder.port, project: "shop" },
      logger: silent,
      on: (name: string, hook: Hook) => hooks.set(name, hook),
      registerService: () => undefined,
      registerCommand: (command: { name: string; handler: (context: object) => Promise<string> }) =>
        commands.set(command.name, command.handler),
    });
    const context = { sessionKey: "a", workspaceDir: FOLDER };
    recorder.by = "OpenClaw";
    await hooks.get("session_start")?.({}, context);
    await hooks.get("before_agent_start")?.({ prompt: "Mend the leaking kettle" }, context);
    const params = { path: EDIT.filePath, oldText: EDIT.oldString, newText: EDIT.newString };
    const message = { content: [{ type: "text", text: "Successfully replaced text." }] };
    const calls = recorder.calls.length;
    hooks.get("tool_result_persist")?.({ toolName: "edit", params, message }, context);
    await arrived(recorder, calls + 1);
    const messages = [{ role: "assistant", content: "It leaked because the solder was brittle." }];
    await hooks.get("agent_end")?.({ messages }, context);
    await hooks.get("after_compaction")?.({}, context);
    const injected = await hooks.get("before_prompt_build")?.({}, context);
    assert.match(JSON.stringify(injected), /kettle/);
    for (const name of ["claude-mem-search", "claude-mem-timeline"]) {
      assert.match((await commands.get(name)?.({ args: "kettle" })) ?? "", /kettle/i, name);
    }
    assert.match((await commands.get("claude-mem-recent")?.({ args: "shop" })) ?? "", /kettle/i);
    await checkKept(server.send, "openclaw");
    await keepCalls("openclaw", recorder.calls);
  });
});
