import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddresses } from "../src/common/git/webAddress.js";
import { LeavingMemories } from "../src/common/memories/LeavingMemories.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { memoryPage } from "../src/common/views/memoryPage.js";
import type { Page } from "../src/common/views/protocol.js";
import { sessionPage } from "../src/common/views/sessionPage.js";
import { timelinePage } from "../src/common/views/timelinePage.js";
import { note, openMemories, origin } from "./openMemories.js";
import { plainWords as l10n } from "./plainWords.js";
import { Shared } from "./secrets.js";
import { temporaryFolder } from "./temporaryFolder.js";

const project = { id: "github.com/team/kettle", name: "kettle" };
const hash = "4f".repeat(20);

function unexpected(error: unknown): never {
  throw error;
}

async function learned(memories: Memories): Promise<string> {
  await memories.learn(project, [
    {
      ...{ hash, at: Date.now(), author: "Ann Bell", files: ["lib/kettle.js"] },
      message: "fix: stop boiling when empty (#42)\n\nThe sensor was read too late.",
    },
  ]);
  const { hits } = await memories.search({ text: "boiling" });
  return hits[0]?.id ?? "";
}

async function pageOf(memories: Memories, id: string): Promise<Page> {
  const [memory] = await memories.get([id]);
  assert.ok(memory);
  return memoryPage(memory, {}, l10n);
}

test("a commit's page has its author, its place on the web, and the diff of each file", async () => {
  const memories = openMemories(await temporaryFolder());
  const page = await pageOf(memories, await learned(memories));
  const commit = page.facts.find(({ label }) => label === "Commit");
  assert.deepEqual(commit?.also?.act, {
    do: "openWeb",
    address: `https://github.com/team/kettle/commit/${hash}`,
  });
  assert.equal(page.numberAddress, "https://github.com/team/kettle/issues/{0}");
  const files = page.sections.find(({ heading }) => heading === "Files changed");
  assert.ok(files?.kind === "rows");
  assert.deepEqual(files.rows[0]?.also?.act, {
    do: "openDiff",
    path: "lib/kettle.js",
    commit: hash,
  });
});

test("a project that is a folder has no place on the web", () => {
  for (const id of ["file:///home/ann/kettle", "user", "vscode-remote://x+y/kettle"])
    assert.equal(webAddresses(id), undefined, id);
  assert.match(
    webAddresses("gitlab.com/a/b/c")?.commit("1") ?? "",
    /gitlab.com\/a\/b\/c\/-\/commit\/1$/,
  );
});

test("what was edited on a page is what the memory says from then on", async () => {
  const memories = openMemories(await temporaryFolder());
  const id = await learned(memories);
  const { edit } = await pageOf(memories, id);
  assert.equal(edit?.type, "bugfix");
  assert.equal(
    await memories.edit(id, {
      ...{ title: "Read the sensor first", narrative: "Or it boils dry.", type: "decision" },
    }),
    true,
  );
  const page = await pageOf(memories, id);
  assert.equal(page.title, "Read the sensor first");
  assert.equal(page.kindWord, "decision");
  assert.deepEqual(page.sections[0], { kind: "text", text: "Or it boils dry." });
  assert.match(page.facts.find(({ label }) => label === "State")?.description ?? "", /edited/);
});

test("a session's page has its commits, what failed and what happened", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  const inSession = { ...origin, session: "s" };
  await memories.append([
    { kind: "event", origin: inSession, at: now - 3, type: "test_run", content: "npm test failed" },
    {
      ...{ kind: "event", origin: inSession, at: now - 1, type: "git_commit" },
      ...{ content: "fix: the kettle", metadata: { hash, message: "fix: the kettle" } },
    },
  ]);
  const { sections } = await sessionPage(memories, "s", l10n);
  const headings = sections.map(({ heading }) => heading);
  assert.ok(headings.includes("Commits"), headings.join());
  assert.ok(headings.includes("What happened"), headings.join());
});

test("a timeline's page marks what it is around", async () => {
  const memories = openMemories(await temporaryFolder());
  const first = await memories.remember(note("The kettle is blue"));
  await memories.remember(note("The stove is red"));
  assert.equal(first.status, "pending");
  const page = timelinePage(await memories.timeline({ anchor: { id: first.id } }), l10n);
  assert.match(page.title, /kettle/);
  const rows = page.sections.flatMap((section) => (section.kind === "rows" ? section.rows : []));
  assert.equal(rows.filter(({ label }) => label.endsWith("(this one)")).length, 1);
});

test("what is forgotten in a view can be kept until it goes", async () => {
  const memories = openMemories(await temporaryFolder());
  const kept = await memories.remember(note("The kettle is blue"));
  assert.equal(kept.status, "pending");
  const leaving = new LeavingMemories(memories, new Shared().values, () => {});
  leaving.forget(kept.id, unexpected);
  assert.equal(leaving.has(kept.id), true);
  assert.equal(leaving.undo(kept.id), true);
  await leaving.settle();
  assert.equal((await memories.get([kept.id])).length, 1);
});

test("what was forgotten elsewhere meanwhile is forgotten, and no failure", async () => {
  const memories = openMemories(await temporaryFolder());
  const kept = await memories.remember(note("The kettle is blue"));
  assert.equal(kept.status, "pending");
  const changes: boolean[] = [];
  const isOver = new Promise<void>((settle) => {
    const leaving: LeavingMemories = new LeavingMemories(memories, new Shared().values, () => {
      changes.push(leaving.has(kept.id));
      if (changes.length === 2) settle();
    });
    leaving.forget(kept.id, unexpected, 20);
  });
  await memories.forget({ ids: [kept.id] });
  await isOver;
  assert.deepEqual(changes, [true, false]);
});

test("what waits to be forgotten goes when the window ends, or else at its next start", async () => {
  const memories = openMemories(await temporaryFolder());
  const shared = new Shared();
  const [one, other] = [
    await memories.remember(note("The kettle is blue")),
    await memories.remember(note("The stove is red")),
  ];
  assert.ok(one.status === "pending" && other.status === "pending");
  const leaving = new LeavingMemories(memories, shared.values, () => {});
  leaving.forget(one.id, unexpected);
  await leaving.settle();
  assert.equal((await memories.get([one.id])).length, 0);
  leaving.forget(other.id, unexpected);
  // Another window of the same workspace, after this one was killed.
  await new LeavingMemories(memories, shared.values, () => {}).settle();
  assert.equal((await memories.get([other.id])).length, 0);
  leaving.undo(other.id);
});
