import assert from "node:assert/strict";
import { test } from "node:test";
import type { Commit, NewRecord } from "recollect-wasm";
import type { Memories } from "../src/common/memories/Memories.js";
import { NotRecordingError } from "../src/common/memories/WriteGuard.js";
import { tokensOf } from "../src/common/rewrite/Model.js";
import { checkTool, runTool } from "../src/common/tools/runTool.js";
import { ToolsOffError } from "../src/common/tools/toolFailure.js";
import type { ToolHost } from "../src/common/tools/ToolHost.js";
import { ToolInputError } from "../src/common/tools/toolInput.js";
import { note, openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const DAY = 86_400_000;
const START = new Date(2026, 0, 1, 12).getTime();

function toolHost(memories: Memories, more: Partial<ToolHost> = {}): ToolHost {
  return {
    memories,
    currentProject: async () => origin.project,
    near: () => ({ project: origin.project.id }),
    user: async () => undefined,
    filesAtHand: () => [],
    remember: (given) =>
      memories.remember({ ...given, origin: { ...origin, provenance: "assistant" } }),
    requireTools: async () => undefined,
    requireRecording: async () => undefined,
    onForgotten: () => undefined,
    ...more,
  };
}

/** Memories of commits, one a day. */
async function learned(commits: readonly (Partial<Commit> & { message: string })[]) {
  const memories = openMemories(await temporaryFolder());
  const all = commits.map((commit, index): Commit => ({
    hash: index.toString(16).padStart(40, "0"),
    at: START + index * DAY,
    files: [],
    ...commit,
  }));
  await memories.learn(origin.project, all);
  return memories;
}

test("twenty rows cost at most 600 tokens", async () => {
  const words =
    "keep the connection of the queue open until the last of the waiting records is written";
  const commits = Array.from({ length: 45 }, (_, index) => ({
    message: `fix(http): ${index} ${words}`,
  }));
  const host = toolHost(await learned(commits));
  const text = await runTool(host, "recollect_memory_search", { query: "connection queue" });
  assert.equal(text.split("\n").filter((line) => /^[0-9a-f-]{8,} \| /.test(line)).length, 20);
  assert.ok(tokensOf(text) <= 600, `${tokensOf(text)} tokens`);
  assert.match(text, /^45 fit: 1-20; offset 20 gives more\./);
});

test("a file chooses, without words too, and the newest comes first where that is asked", async () => {
  const host = toolHost(
    await learned([
      { message: "fix: route one", files: ["lib/route.js"] },
      { message: "fix: reply", files: ["lib/reply.js"] },
      { message: "feat: route two routes of a route", files: ["lib/route.js"] },
      { message: "feat: route three", files: ["lib/route.js"] },
    ]),
  );
  const titles = async (input: object): Promise<string[]> => {
    const text = await runTool(host, "recollect_memory_search", input);
    return text
      .split("\n")
      .flatMap((line) => / \| ([^|]*\d?)$/.exec(line)?.[1] ?? [])
      .slice(1);
  };
  const newestFirst = ["route three", "route two routes of a route", "route one"];
  assert.deepEqual(await titles({ file: "lib/route.js" }), newestFirst);
  assert.deepEqual(await titles({ query: "route", sort: "newest" }), newestFirst);
  assert.deepEqual(await titles({ query: "reply", file: "lib/reply.js" }), ["fix: reply"]);
});

test("a query is read as a person's question is, and what it was taken for is told", async () => {
  const host = toolHost(
    await learned([
      { message: "fix: route one", files: ["lib/route.js"] },
      { message: "fix: latest reply", files: ["lib/reply.js"] },
      { message: "feat: route two", files: ["lib/route.js"] },
    ]),
  );
  const query = "latest change to lib/route.js";
  const text = await runTool(host, "recollect_memory_search", { query, limit: 1 });
  assert.match(text, /\nfile lib\/route\.js · .*latest first/);
  assert.match(text, / \| route two$/);
  assert.match(
    await runTool(host, "recollect_memory_search", { query: "swordfish" }),
    /^No memory matches "swordfish"[^]*Known nowhere here: “swordfish”/,
  );
});

test("a person chooses, and the oldest comes first where that is asked", async () => {
  const host = toolHost(
    await learned([
      { message: "fix: one thing", author: "Ada Lovelace" },
      { message: "fix: another thing", author: "Grace Hopper" },
      { message: "fix: a third thing", author: "Ada Lovelace" },
    ]),
  );
  const search = (input: object): Promise<string> =>
    runTool(host, "recollect_memory_search", input);
  const adas = await search({ author: "ada", sort: "oldest" });
  assert.ok(
    adas.indexOf("one thing") > 0 && adas.indexOf("one thing") < adas.indexOf("a third"),
    adas,
  );
  assert.doesNotMatch(adas, /another/);
  assert.match(await search({ query: "thing", author: "Hopper" }), /^1 fit: 1-1\./);
  assert.match(await search({ author: "Turing" }), /^No memory matches this choice/);
});

test("the first digits of an id do wherever an id is taken", async () => {
  const memories = await learned([{ message: "fix: one" }, { message: "fix: two" }]);
  const host = toolHost(memories);
  const listed = await runTool(host, "recollect_memory_search", { query: "two" });
  const [id = ""] = /^[0-9a-f-]{8}(?= \| )/m.exec(listed) ?? [];
  const got = await runTool(host, "recollect_memory_get", { ids: [id] });
  const [whole = ""] = /(?<=^Ids: m1 )[0-9a-f-]{36}/m.exec(got) ?? [];
  assert.ok(id !== "" && whole.startsWith(id), got);
  const around = await runTool(host, "recollect_memory_timeline", { id });
  assert.match(around, new RegExp(`^> ${id} \\| `, "m"));
  await checkTool(host, "recollect_memory_forget", { ids: [id] });
  assert.match(await runTool(host, "recollect_memory_forget", { ids: [id] }), /^Forgot 1 /);
  assert.deepEqual(await memories.get([whole]), []);
});

test("a beginning of several ids is refused with what to do", async () => {
  const host = toolHost(
    await learned([
      { message: "fix: one", at: START },
      { message: "fix: two", at: START + 1 },
    ]),
  );
  const listed = await runTool(host, "recollect_memory_search", { type: "bugfix" });
  const ids = [...listed.matchAll(/^([0-9a-f-]{8,}) \| /gm)].map(([, id = ""]) => id);
  assert.equal(ids.length, 2);
  for (const id of ids)
    assert.match(await runTool(host, "recollect_memory_get", { ids: [id] }), /^Ids: m1/m);
  const input = { ids: [ids[0]?.slice(0, 8)] };
  for (const name of ["recollect_memory_get", "recollect_memory_forget"] as const)
    await assert.rejects(runTool(host, name, input), /begins more than one id/);
});

test("what one should know before working: sessions, what is open, decisions and failures of the files", async () => {
  const memories = await learned([
    {
      message: "fix: the parser loses a byte\n\nThe buffer was cut too early.",
      files: ["lib/parse.js"],
    },
    { message: "fix: another place", files: ["lib/other.js"] },
  ]);
  const inSession = { ...origin, session: "one" };
  const records: NewRecord[] = [
    {
      kind: "summary",
      origin: inSession,
      completed: "Wrote the parser.",
      nextSteps: "Test long lines.",
    },
    { kind: "summary", origin: inSession, completed: "Read the docs." },
    {
      kind: "observation",
      origin,
      type: "decision",
      title: "Parse by hand",
      filesModified: ["lib/parse.js"],
    },
    {
      kind: "observation",
      origin,
      type: "decision",
      title: "Decided elsewhere",
      filesModified: ["lib/x.js"],
    },
    {
      kind: "observation",
      origin: { ...origin, trust: "low" },
      type: "decision",
      title: "Doubtful",
      filesModified: ["lib/parse.js"],
    },
  ];
  await memories.append(records);
  const host = toolHost(memories, { filesAtHand: () => ["lib/parse.js"] });
  const text = await runTool(host, "recollect_memory_context", { maxTokens: 1_000 });
  assert.match(
    text,
    /^Last sessions: m1, m2\. Left open: m\d\. Decisions: m\d\. Failures and what mended them: m\d\.\n<recollect-context>/,
  );
  for (const part of ["Test long lines", "Parse by hand", "loses a byte"])
    assert.ok(text.includes(part), text);
  for (const part of ["elsewhere", "another place", "Doubtful"])
    assert.ok(!text.includes(part), text);
  assert.equal(text.match(/^Ids: (.*)\.$/m)?.[1]?.split(", ").length, 4);
  assert.ok(tokensOf(text) < 1_200, text);

  const other = await runTool(host, "recollect_memory_context", { files: ["lib/other.js"] });
  assert.match(
    other,
    /^Last sessions: m1, m2\. Left open: m\d\. Failures and what mended them: m\d\.\n/,
  );
  const feature = { type: "feature" as const, title: "Long lines", filesModified: ["lib/new.js"] };
  await memories.append([{ kind: "observation", origin, ...feature }]);
  const fresh = await runTool(host, "recollect_memory_context", { files: ["lib/new.js"] });
  assert.match(fresh, /Last changes: m\d\.\n[^]*Long lines/);

  const nowhere = toolHost(memories, { currentProject: async () => undefined });
  await assert.rejects(runTool(nowhere, "recollect_memory_context", {}), ToolInputError);
});

test("what would be refused is refused before a person is asked", async () => {
  const memories = openMemories(await temporaryFolder());
  const appended = await memories.remember(note("Use tabs"));
  const host = toolHost(memories);
  const refused: [Parameters<typeof checkTool>[1], object, RegExp][] = [
    ["recollect_memory_remember", { text: " " }, /text is empty/],
    [
      "recollect_memory_remember",
      { text: "<private>all of it</private>" },
      /whole text is marked as private/,
    ],
    ["recollect_memory_forget", { ids: [] }, /ids is empty/],
    ["recollect_memory_forget", { ids: ["ffffffff"] }, /ids/],
    ["recollect_memory_forget", { ids: ["01890000-0000-7000-8000-000000000000"] }, /id/],
    ["recollect_memory_search", {}, /query is missing/],
  ];
  for (const [name, input, message] of refused)
    await assert.rejects(checkTool(host, name, input), message, JSON.stringify(input));
  assert.ok(appended.status === "pending");
  await checkTool(host, "recollect_memory_forget", { ids: [appended.id] });
  await checkTool(host, "recollect_memory_remember", { text: "Use spaces" });

  const isPrivate = toolHost(memories, {
    requireRecording: () => Promise.reject(new NotRecordingError("private")),
  });
  await assert.rejects(
    checkTool(isPrivate, "recollect_memory_remember", { text: "x" }),
    NotRecordingError,
  );
  const off = toolHost(memories, { requireTools: async () => Promise.reject(new ToolsOffError()) });
  await assert.rejects(checkTool(off, "recollect_memory_remember", { text: "x" }), ToolsOffError);
});
