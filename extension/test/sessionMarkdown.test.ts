import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord, Origin } from "recollect-wasm";
import { searchNear } from "../src/common/recall/searchNear.js";
import { sessionMarkdown } from "../src/common/recall/sessionMarkdown.js";
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

test("a session is told in numbers, commits, files and events", async () => {
  const memories = await capturedSession();
  const filter = { session: "s1", kinds: ["event" as const] };
  const commits = await memories.recent({ ...filter, types: ["git_commit"] });
  const events = await memories.recent(filter);
  const detail = await memories.session("s1");
  const markdown = sessionMarkdown(detail, commits.hits, events.hits, presentation);
  assert.match(markdown, /Session in project, from /);
  assert.match(markdown, /Events: 4 · Files: 1 · Edits: 1 · Tests run: 2, failed: 1 · Commits: 1/);
  assert.match(markdown, /- `src\/ledger\.ts`/);
  assert.match(markdown, /\[Balance the/);
  assert.doesNotMatch(markdown, /[^\\]\]\(https/);
});

test("a search finds events only when it asks for a type", async () => {
  const memories = await capturedSession();
  const find = async (text: string) =>
    (await searchNear(memories, { text }, origin.project)).hits.map(({ type }) => type);
  assert.deepEqual(await find("ledger"), []);
  assert.deepEqual(await find("type:git_commit ledger"), ["git_commit"]);
});
