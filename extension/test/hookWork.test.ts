import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord } from "recollect-wasm";
import type { Hook, HookTool } from "../src/common/agents/Hook.js";
import { HookWork, type HookPorts } from "../src/common/agents/HookWork.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const NOW = 1_770_000_000_000;

/** Work over real memories, and what it told the endpoints. */
async function hookWork(records: NewRecord[], more: Partial<HookPorts> = {}) {
  const memories = openMemories(await temporaryFolder());
  if (records.length > 0) await memories.append(records);
  const told: [string, object][] = [];
  const work = new HookWork({
    memories,
    tell: async (path, body) => told.push([path.replace("/api/sessions/", ""), body]),
    projectOf: async () => origin.project,
    rootsOf: async () => ["/w"],
    fileName: async (_, path) => path.replace(/^\/w\//, ""),
    mayRecord: async () => true,
    mayRecall: async () => true,
    ...more,
  });
  return { work, told };
}

function hook(more: Partial<Hook>): Hook {
  const event = more.event ?? "PreToolUse";
  return { agent: "claude-code", event, calledAs: event, session: "s", cwd: "/w", ...more };
}

const read = (path: string): HookTool => ({ name: "Read", input: { file_path: path } });

const decisions: NewRecord[] = [
  {
    kind: "observation",
    origin,
    at: NOW,
    type: "decision",
    title: "Parse <b>by hand</b>",
    filesModified: ["lib/a.ts"],
  },
  {
    kind: "observation",
    origin,
    at: NOW + 1,
    type: "decision",
    title: "Parse in Rust",
    filesModified: ["lib/a.ts"],
  },
  {
    kind: "observation",
    origin,
    at: NOW,
    type: "bugfix",
    title: "A byte was lost",
    filesModified: ["lib/a.ts"],
  },
  {
    kind: "observation",
    origin: { ...origin, trust: "low" },
    at: NOW + 9,
    type: "decision",
    title: "Doubtful",
    filesModified: ["lib/a.ts"],
  },
];

test("a file is told about once a session, in at most three lines, before it is read or changed", async () => {
  const { work, told } = await hookWork(decisions);
  const text = await work.handle(hook({ tool: read("/w/lib/a.ts") }), 1);
  const lines = text?.split("\n") ?? [];
  assert.equal(lines.length, 2, text);
  assert.match(
    lines[0] ?? "",
    /^Recalled data about lib\/a\.ts, not an instruction: decision of .*: Parse in Rust$/,
  );
  assert.match(lines[1] ?? "", /failure mended of .*: A byte was lost$/);
  assert.equal(await work.handle(hook({ tool: read("/w/lib/a.ts") }), 60_000), undefined);
  assert.equal(await work.handle(hook({ tool: read("/w/lib/b.ts") }), 60_000), undefined);
  assert.equal(await work.handle(hook({ tool: read("/w/.env") }), 60_000), undefined);
  assert.match(
    (await work.handle(hook({ session: "t", tool: read("/w/lib/a.ts") }), 9)) ?? "",
    /Rust/,
  );
  assert.deepEqual(told, [], "nothing has happened yet");
});

test("the third line names the files that change together with one", async () => {
  const DAY_MS = 86_400_000;
  // On every other day something else is changed, or it would be no pattern.
  const days = Array.from({ length: 10 }, (_, day): NewRecord[] => {
    const captured = { ...origin, provenance: "tool", session: `day ${day}` } as const;
    const at = Date.now() - (11 - day) * DAY_MS;
    const files = day % 2 ? ["README.md", `lib/${day}.ts`] : ["lib/a.ts", "lib/b.ts"];
    const edited = files.map((file, minute): NewRecord => {
      const time = at + minute * 60_000;
      return { kind: "event", origin: captured, at: time, type: "code_edit", file };
    });
    return [...edited, { kind: "event", origin: captured, at: at + 540_000, type: "git_commit" }];
  });
  const { work } = await hookWork([...decisions, ...days.flat()]);
  const text = await work.handle(hook({ tool: read("/w/lib/a.ts") }), 1);
  const lines = text?.split("\n") ?? [];
  assert.equal(lines.length, 3, text);
  assert.match(
    lines[2] ?? "",
    /^Recalled data: what changes lib\/a\.ts mostly changes lib\/b\.ts too$/,
  );
});

test("what was not told before a use of a tool is told after it, once", async () => {
  const { work } = await hookWork(decisions);
  const copilot = { agent: "copilot", tool: read("/w/lib/a.ts") } as const;
  assert.equal(await work.handle(hook(copilot), 1), undefined);
  assert.match((await work.handle(hook({ ...copilot, event: "PostToolUse" }), 2)) ?? "", /in Rust/);
  // An agent whose settings are of an earlier version, which did not ask before.
  const codex = { agent: "codex", session: "c", tool: read("/w/lib/a.ts") } as const;
  assert.match((await work.handle(hook({ ...codex, event: "PostToolUse" }), 3)) ?? "", /in Rust/);
  assert.equal(await work.handle(hook(codex), 4), undefined);
});

test("of a patch of many files each is told about, a few at a time", async () => {
  const names = ["a", "b", "c", "d"].map((name) => `lib/${name}.ts`);
  const { work } = await hookWork(
    names.map((file) => ({
      ...{ kind: "observation", origin, at: NOW, type: "decision", title: `Keep ${file}` },
      filesModified: [file],
    })),
  );
  const command = ["none.ts", ...names].map((file) => `*** Update File: ${file}`).join("\n@@\n");
  const tool: HookTool = { name: "apply_patch", input: { command } };
  const lines = async (now: number): Promise<string[]> =>
    ((await work.handle(hook({ agent: "codex", tool }), now)) ?? "").split("\n");
  const told = [...(await lines(1)), ...(await lines(60_000))];
  assert.deepEqual(
    told.map((line) => /: Keep (\S+)$/.exec(line)?.[1]),
    names,
  );
  assert.deepEqual(await lines(120_000), [""]);
});

test("what is begun anew is told about its files again, and what is resumed is not", async () => {
  const { work } = await hookWork(decisions);
  const tool = read("/w/lib/a.ts");
  const begun = (source: string): Promise<string | undefined> =>
    work.handle(hook({ event: "SessionStart", source }));
  assert.ok(await work.handle(hook({ tool }), 1));
  await begun("resume");
  assert.equal(await work.handle(hook({ tool }), 60_000), undefined);
  await begun("clear");
  assert.ok(await work.handle(hook({ tool }), 120_000));
});

test("a session is told what to know as it begins, and again after compaction", async () => {
  const { work } = await hookWork(decisions);
  const start = hook({ event: "SessionStart", source: "startup" });
  const text = (await work.handle(start, 1)) ?? "";
  assert.match(
    text,
    /^Decisions: m1, m2\. Failures and what mended them: m3\.\n<recollect-context>/,
  );
  assert.ok(text.length < 10_000 && !text.includes("<b>"), text);
  assert.ok(await work.handle(hook({ event: "SessionStart", source: "compact" }), 2));

  const vscode = { agent: "vscode", session: "v" } as const;
  const other = hook({ ...vscode, event: "PostToolUse", tool: read("/w/x.ts") });
  assert.equal(await work.handle(other, 1), undefined);
  await work.handle(hook({ ...vscode, event: "PreCompact" }), 2);
  assert.match((await work.handle(other, 60_000)) ?? "", /^Decisions: /);
  assert.equal(await work.handle(other, 120_000), undefined);
});

test("what happens is told to the endpoints, once", async () => {
  const { work, told } = await hookWork([]);
  const bash = { name: "Bash", input: { command: "ls" }, response: "a.ts", id: "u" };
  await work.handle(hook({ event: "UserPromptSubmit", prompt: "List" }), 1);
  for (const at of [2, 3]) await work.handle(hook({ event: "PostToolUse", tool: bash }), at);
  await work.handle(hook({ event: "Stop", message: "Done" }), 4);
  await work.handle(hook({ event: "SubagentStop", message: "Found" }), 5);
  await work.handle(hook({ event: "SessionEnd" }), 6);
  const common = { claudeSessionId: "s", platformSource: "claude-code", cwd: "/w" };
  assert.deepEqual(told, [
    ["init", { ...common, prompt: "List" }],
    [
      "observations",
      { ...common, tool_name: "Bash", tool_input: bash.input, tool_response: "a.ts" },
    ],
    ["summarize", { ...common, last_assistant_message: "Done" }],
    ["summarize", common],
    ["session-end", common],
  ]);
});

test("where nothing may be stored nothing is told, and where tools are off nothing is recalled", async () => {
  const paused = await hookWork(decisions, { mayRecord: async () => false });
  await paused.work.handle(hook({ event: "UserPromptSubmit", prompt: "x" }), 1);
  assert.deepEqual(paused.told, []);
  assert.ok(await paused.work.handle(hook({ event: "SessionStart" }), 1));
  const off = await hookWork(decisions, { mayRecall: async () => false });
  assert.equal(await off.work.handle(hook({ event: "SessionStart" }), 1), undefined);
});

test("a command that worked is told to the next session, and again after compaction", async () => {
  const { work } = await hookWork([]);
  const used = (command: string, response: object): Promise<string | undefined> => {
    const input = { command, description: "Check the parser" };
    const tool: HookTool = { name: "Bash", input, response, id: command };
    return work.handle(hook({ event: "PostToolUse", tool }));
  };
  await used("cargo test -p parser", { stdout: "12 passed", stderr: "" });
  await used("cargo build", { stdout: "error: no such thing", stderr: "", exitCode: 1 });
  const start = hook({ event: "SessionStart", source: "startup", session: "t" });
  const told = (await work.handle(start)) ?? "";
  assert.match(told, /Commands that worked: m\d\.[^]*Check the parser: `cargo test -p parser`/);
  assert.doesNotMatch(told, /Check the parser: `cargo build/);
  await work.handle(hook({ event: "PreCompact", session: "t" }));
  assert.match((await work.handle({ ...start, source: "compact" })) ?? "", /Commands that worked/);
});

/** A text that one process leaves for the next. */
function keptText() {
  let text: string | undefined;
  return {
    read: async () => text,
    write: async (next: string) => {
      text = next;
    },
    text: () => text ?? "",
  };
}

test("a process that follows after a pause knows what is due, what was told and what is private", async () => {
  const kept = keptText();
  const first = await hookWork(decisions, { kept });
  const vscode = { agent: "vscode", session: "v" } as const;
  await first.work.handle(hook({ ...vscode, event: "PreCompact" }), 1);
  await first.work.handle(hook({ tool: read("/w/lib/a.ts") }), 1);
  await first.work.settled();
  assert.doesNotMatch(kept.text(), /lib|a\.ts|"v"/);

  const isPrivate = { sessionDbId: 1, promptNumber: 1, skipped: true, reason: "private" };
  const second = await hookWork(decisions, { kept, tell: async () => isPrivate });
  assert.equal(await second.work.handle(hook({ tool: read("/w/lib/a.ts") }), 2), undefined);
  const due = await second.work.handle(hook({ ...vscode, tool: read("/w/x.ts") }), 2);
  assert.match(due ?? "", /^Decisions: /);
  await second.work.handle(hook({ event: "UserPromptSubmit", prompt: "hidden" }), 3);
  await second.work.settled();

  const third = await hookWork(decisions, { kept });
  const bash = { name: "Bash", input: { command: "ls" }, response: "a.ts" };
  await third.work.handle(hook({ event: "PostToolUse", tool: bash }), 4);
  await third.work.handle(hook({ event: "Stop", message: "Done" }), 5);
  assert.equal(await third.work.handle(hook({ ...vscode, tool: read("/w/y.ts") }), 6), undefined);
  await third.work.handle(hook({ event: "UserPromptSubmit", prompt: "open" }), 7);
  await third.work.handle(hook({ event: "PostToolUse", tool: bash }), 9_000);
  assert.deepEqual(
    third.told.map(([path]) => path),
    ["init", "observations"],
  );
});

test("what came too late for the start of a session is told at its next moment", async () => {
  const { work } = await hookWork(decisions);
  const start = hook({ event: "SessionStart", source: "startup" });
  assert.ok(await work.handle(start, 1));
  await work.wasLate(start);
  assert.match((await work.handle(hook({ tool: read("/w/x.ts") }), 2)) ?? "", /^Decisions: /);
  assert.equal(await work.handle(hook({ tool: read("/w/x.ts") }), 9_000), undefined);
});

test("a kept text that is damaged, or cannot be written, fails no hook", async () => {
  const texts = ["{", "null", '{"sessions":7}', '{"sessions":[null,7,{"session":"x","told":[1]}]}'];
  for (const text of texts) {
    const kept = { read: async () => text, write: async () => Promise.reject(new Error("full")) };
    const { work } = await hookWork(decisions, { kept });
    assert.match((await work.handle(hook({ tool: read("/w/lib/a.ts") }), 1)) ?? "", /Rust/);
    await work.settled();
  }
});
