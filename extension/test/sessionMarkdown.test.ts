import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord, Origin } from "recollect-wasm";
import { findSessions, tellSession } from "../src/common/recall/findSessions.js";
import { sessionMarkdown, sessionsMarkdown } from "../src/common/recall/sessionMarkdown.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const presentation = {
  l10n: {
    t: (message: string, ...args: (string | number)[]) =>
      message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  link: (id: string) => `open:${id}`,
};

async function capturedSession() {
  const memories = openMemories(await temporaryFolder());
  const captured: Origin = { ...origin, provenance: "tool", session: "s1" };
  const at = Date.now() - 60_000;
  const event = (type: string, more: object): NewRecord => ({
    ...{ kind: "event", origin: captured, at, type },
    ...more,
  });
  await memories.appendLater([
    event("code_edit", { file: "src/ledger.ts", content: "3 lines added" }),
    event("test_run", { content: "tests failed", metadata: { task: "tests", exitCode: 1 } }),
    event("test_run", { content: "tests passed", metadata: { task: "tests", exitCode: 0 } }),
    event("git_commit", { content: "Balance the [ledger](https://evil.example)" }),
  ]);
  return memories;
}

test("a session is told in sentences, numbers, commits, files and events", async () => {
  const memories = await capturedSession();
  const id = await memories.refreshSummary("s1");
  const events = await memories.recent({ session: "s1", kinds: ["event" as const] });
  const markdown = sessionMarkdown(await tellSession(memories, "s1"), events.hits, presentation);
  assert.match(markdown, /Session in project, from /);
  assert.match(markdown, /Events: 4 · Files: 1 · Edits: 1 · Tests run: 2, failed: 1 · Commits: 1/);
  assert.match(
    markdown,
    new RegExp(
      `^\\[Changed src/ledger\\\\.ts; fixed the failing tests .*\\]\\(open:${id}\\)$`,
      "m",
    ),
  );
  assert.match(markdown, /^- Failed and was fixed&#58; tests failed\\\.$/m);
  assert.match(markdown, /- `src\/ledger\.ts`/);
  assert.match(markdown, /^- \[Committed&#58; Balance the/m);
  assert.match(markdown, /^- \d\d:\d\d \[Ran the tests&#58; tests failed\]/m);
  assert.doesNotMatch(markdown, /[^\\]\]\(https/);
});

/** A session of one edit and one commit, so many days ago, that has ended. */
async function endedSession(memories: Memories, key: string, daysAgo: number, subject: string) {
  const at = Date.now() - daysAgo * 86_400_000;
  const captured: Origin = { ...origin, provenance: "tool", session: key };
  const common = { kind: "event", origin: captured, at } as const;
  await memories.appendLater([
    { ...common, type: "code_edit", file: `src/${key}.ts` },
    { ...common, type: "git_commit", content: subject },
  ]);
  await memories.endSession(key);
}

test("earlier sessions are found by words, by a time, and as the last one", async () => {
  const memories = openMemories(await temporaryFolder());
  await endedSession(memories, "today", 0, "Balance the ledger");
  await endedSession(memories, "before", 1, "Count the stars");
  await endedSession(memories, "old", 40, "Paint the ledger");
  const opened: Origin = { ...origin, provenance: "tool", session: "idle" };
  await memories.appendLater([
    { kind: "event", origin: opened, at: Date.now(), type: "file_open", file: "src/a.ts" },
  ]);
  const find = async (text: string, current?: string) => {
    const question = { text, limit: 8, project: origin.project.id };
    const found = await findSessions(memories, {
      ...question,
      ...(current === undefined ? {} : { current }),
    });
    return found.map(({ detail }) => detail.session.key);
  };
  // A window in which a file was only opened is none that anybody asks for.
  assert.deepEqual(await find(""), ["today", "before", "old"]);
  assert.deepEqual(await find("yesterday"), ["before"]);
  assert.deepEqual(await find("today"), ["today"]);
  assert.deepEqual(await find("last week").then((keys) => keys.includes("old")), false);
  assert.deepEqual(await find("stars"), ["before"]);
  assert.deepEqual((await find("ledger")).sort(), ["old", "today"]);
  assert.deepEqual(await find("my last session", "today"), ["before"]);
  assert.deepEqual(await find("nothing of the kind"), []);

  const told = [await tellSession(memories, "before")];
  const lines = sessionsMarkdown(told, presentation).split("\n");
  assert.match(lines[0] ?? "", /^\*\*\[Changed src\/before\\\.ts\\\.\]\(open:.*\)\*\* {2}$/);
  assert.match(lines[1] ?? "", /^\d{4}-\d\d-\d\d \d\d:\d\d · project · Commits: 1$/);
  assert.match(lines[2] ?? "", /^- \[Committed&#58; Count the stars\]/);
  assert.equal(lines.length, 3);
});

test("the session under way is one memory, found before it ends and after", async () => {
  const path = await temporaryFolder();
  const memories = openMemories(path);
  const captured: Origin = { ...origin, provenance: "tool", session: "s1" };
  const edit = (file: string): NewRecord => ({
    ...{ kind: "event", origin: captured, at: Date.now(), type: "code_edit", file },
  });
  const titles = async () => {
    const { hits } = await memories.recent({ kinds: ["summary"] });
    return hits.map(({ id, title }) => [id, title]);
  };
  await memories.appendLater([edit("src/one.ts")]);
  const id = await memories.refreshSummary("s1");
  assert.equal(await memories.refreshSummary("s1"), undefined);
  assert.deepEqual(await titles(), [[id, "Changed src/one.ts."]]);
  await memories.appendLater([edit("src/two.ts")]);
  assert.equal(await memories.refreshSummary("s1"), id);
  assert.deepEqual(await titles(), [[id, "Changed src/one.ts and src/two.ts."]]);
  // Another window, as after this one was killed, reads the last version.
  const other = openMemories(path);
  const { hits } = await other.ask({ text: "two.ts", projects: [origin.project.id] });
  assert.deepEqual(
    hits.map((hit) => hit.id),
    [id],
  );
  assert.equal((await memories.endSession("s1")).summary, id);
  assert.equal((await titles()).length, 1);
});

test("a search finds events only when it asks for a type", async () => {
  const memories = await capturedSession();
  const find = async (text: string) =>
    (await memories.ask({ text, projects: [origin.project.id] })).hits.map(({ type }) => type);
  assert.deepEqual(await find("ledger"), []);
  assert.deepEqual(await find("type:git_commit ledger"), ["git_commit"]);
});
