/** Today's claude-mem, unmodified, against `serve`: `npm run soak -- --only clients`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { Server } from "../contract/http/Server.js";
import { install, User, type Installed } from "./claudeMem.js";
import { Recorder, type Call } from "./Recorder.js";

const FIXTURE = join(import.meta.dirname, "../fixtures/claude-mem.json");

/** What stands in the fixture for the folder of the project. */
const PROJECT = "/home/somebody/shop";

let installed: Installed;

before(() => {
  installed = install();
});

/** Somebody's session with its hooks: a prompt, an edit, an answer, the end. */
async function session(user: User, by: (event: string) => void): Promise<string> {
  const file = join(user.folder, "kettle.ts");
  const transcript_path = join(user.home, "transcript.jsonl");
  const lines = [
    { type: "user", message: { role: "user", content: "Mend the leaking kettle" } },
    {
      type: "assistant",
      message: {
        role: "assistant",
        content: [{ type: "text", text: "It leaked because the solder was brittle." }],
      },
    },
  ];
  await writeFile(transcript_path, lines.map((line) => JSON.stringify(line)).join("\n"));
  const common = { session_id: "a-session", cwd: user.folder, transcript_path };
  const events: [string, object][] = [
    ["SessionStart", { source: "startup" }],
    ["UserPromptSubmit", { prompt: "Mend the leaking kettle" }],
    [
      "PostToolUse",
      {
        tool_name: "Edit",
        tool_use_id: "a-use",
        tool_input: {
          file_path: file,
          old_string: "export const kettle = 1;",
          new_string: "export const kettle = 2;",
        },
        tool_response: { filePath: file },
      },
    ],
    [
      "Stop",
      {
        stop_hook_active: false,
        last_assistant_message: "It leaked because the solder was brittle.",
      },
    ],
    ["SessionEnd", { reason: "exit" }],
    ["SessionStart", { source: "startup" }],
  ];
  let last = "";
  for (const [event, told] of events) {
    by(event);
    for (const said of await user.hook(event, { ...common, hook_event_name: event, ...told })) {
      assert.equal(said.code, 0, `${event}: ${said.errors}`);
      console.log(`${event}: exit ${said.code}, ${said.output.length} characters`);
      last = said.output;
    }
  }
  return last;
}

for (const program of ["bun", "node"] as const) {
  const args = program === "bun" ? [] : ["--no-token", "--let-every-local-program-read-and-write"];
  const name = program === "bun" ? "with the token" : "without a token, as its .mcp.json starts it";
  test(`claude-mem records a session and finds it, ${name}`, async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "recollect-client-")));
    try {
      await using server = await Server.start(["--like", "claude-mem", ...args]);
      const user = new User(installed, join(folder, "home"), join(folder, "shop"));
      await using recorder = await Recorder.start(server.origin, (text) =>
        text.replaceAll(user.folder, PROJECT).replaceAll(folder, "/home/somebody"),
      );
      await mkdir(join(user.home, ".claude-mem"), { recursive: true });
      await mkdir(user.folder);
      await writeFile(join(user.folder, "kettle.ts"), "export const kettle = 2;\n");
      const host = server.token === undefined ? "127.0.0.1" : `${server.token}@127.0.0.1`;
      const settings = {
        CLAUDE_MEM_WORKER_PORT: String(recorder.port),
        CLAUDE_MEM_WORKER_HOST: host,
        CLAUDE_MEM_DATA_DIR: join(user.home, ".claude-mem"),
      };
      await writeFile(join(user.home, ".claude-mem/settings.json"), JSON.stringify(settings), {
        mode: 0o600,
      });

      const injected = await session(user, (event) => (recorder.by = event));
      assert.match(injected, /kettle/, "the next session is told of this one");
      assert.ok(!existsSync(join(user.home, ".claude-mem/worker.pid")), "it began its own server");
      const json = async (path: string): Promise<never> =>
        (await (await server.send("GET", path)).json()) as never;
      const prompts: { items: { prompt_text: string }[] } = await json("/api/prompts");
      assert.deepEqual(
        prompts.items.map(({ prompt_text }) => prompt_text),
        ["Mend the leaking kettle"],
      );
      const observations: { items: { id: number; narrative: string; files_modified: string }[] } =
        await json("/api/observations");
      assert.equal(observations.items.length, 1);
      const [{ id, files_modified } = { id: 0, files_modified: "" }] = observations.items;
      assert.match(files_modified, /kettle\.ts/);
      const summaries: { items: { learned: string }[] } = await json("/api/summaries");
      assert.equal(summaries.items.length, 1);
      assert.match(summaries.items[0]?.learned ?? "", /because the solder was brittle/);
      const { worker }: { worker: { activeSessions: number } } = await json("/api/stats");
      assert.equal(worker.activeSessions, 0, "the session has ended");

      const found = await user.tools(program, async (tool) => {
        recorder.by = "search";
        const search = await tool("search", { query: "kettle", limit: 5 });
        const oldest = await tool("search", { query: "kettle", orderBy: "date_asc" });
        recorder.by = "timeline";
        const around = { anchor: id, depth_before: 2, depth_after: 2 };
        const timeline = await tool("timeline", around);
        recorder.by = "get_observations";
        const whole = await tool("get_observations", { ids: [id] });
        return { search, oldest, timeline, whole };
      });
      for (const [tool, text] of Object.entries(found)) {
        console.log(`${tool}: ${text.length} characters`);
        assert.match(text, /kettle/, tool);
        assert.match(text, new RegExp(String(id)), tool);
      }
      const refused = recorder.calls.filter(({ status }) => status >= 400);
      for (const { by, method, path, status } of refused) {
        console.log(`${by} was refused: ${method} ${path} ${status}`);
      }
      assert.ok(!refused.some(({ status }) => status === 401), "the token was sent");
      if (program === "bun") await keep(recorder.calls, id);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Keeps the calls for the tests that replay them; what is repeated once. */
async function keep(calls: readonly Call[], id: number): Promise<void> {
  const lines = calls.map((call) =>
    JSON.stringify(call)
      .replaceAll(`[${id}]`, '["{observation}"]')
      .replaceAll(`anchor=${id}`, "anchor={observation}"),
  );
  const distinct = lines.filter((line, index) => line !== lines[index - 1]);
  const text = `[\n${distinct.join(",\n")}\n]\n`;
  const known = await readFile(FIXTURE, "utf8").catch(() => "[]");
  // Only its layout may differ.
  if (JSON.stringify(JSON.parse(known)) === JSON.stringify(JSON.parse(text))) return;
  await writeFile(FIXTURE, text);
  console.log("its calls are others than those that were kept: see tests/fixtures/claude-mem.json");
}
