import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord } from "recollect-wasm";
import { sessionPage } from "../src/common/views/sessionPage.js";
import { openMemories, origin } from "./openMemories.js";
import { plainWords as l10n } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** What the page of a session of these moments says of failures; what belongs to one stands below it. */
async function failuresOf(moments: readonly Partial<NewRecord>[]): Promise<string[]> {
  const memories = openMemories(await temporaryFolder());
  const begin = Date.now() - 1_000_000;
  const records = moments.map((moment, index) => ({
    ...{ origin: { ...origin, session: "one" }, at: begin + index * 1000, ...moment },
  })) as NewRecord[];
  await memories.append(records);
  const { sections } = await sessionPage(memories, "one", l10n);
  const section = sections.find(({ heading }) => heading?.startsWith("Failures"));
  if (section?.kind !== "rows") return [];
  return section.rows.map(({ label, isBelow }) => `${isBelow === true ? "  " : ""}${label}`);
}

const run = (content: string, exitCode: number): Partial<NewRecord> => ({
  ...{ kind: "event", type: "test_run", content, metadata: { exitCode } },
});
const edit = (file: string): Partial<NewRecord> => ({
  ...{ kind: "event", type: "code_edit", file, metadata: { linesAdded: 3 } },
});
const commit = (content: string): Partial<NewRecord> => ({
  ...{ kind: "event", type: "git_commit", content },
});
const error = (content: string, passed: boolean): Partial<NewRecord> => ({
  ...{ kind: "event", type: "error", file: "a.ts", content, metadata: { passed } },
});

test("a failure has below it what was changed until it worked, and the commit of that", async () => {
  const rows = await failuresOf([
    edit("before.ts"),
    run("npm test", 1),
    edit("wrong.ts"),
    run("npm test", 1),
    edit("right.ts"),
    run("npm test", 0),
    commit("fix: boil when full"),
    run("cargo test", 101),
    commit("wip"),
  ]);
  assert.deepEqual(rows, [
    "Ran npm test: failed, 2 times",
    "  Edited right.ts, 3 lines",
    "  Ran npm test: passed",
    "  Committed: fix: boil when full",
    "Ran cargo test: failed",
  ]);
});

test("an error that is gone is told with what was edited, not with another error's end", async () => {
  const rows = await failuresOf([
    error("'x' is not defined", false),
    error("'y' is not defined", false),
    edit("a.ts"),
    error("No longer: 'y' is not defined", true),
  ]);
  assert.deepEqual(rows, [
    "Error in a.ts: 'x' is not defined",
    "Error in a.ts: 'y' is not defined",
    "  Edited a.ts, 3 lines",
    "  Error gone in a.ts: 'y' is not defined",
  ]);
});

test("what an agent ran is paired by the command", async () => {
  const observation = (type: string, title: string): Partial<NewRecord> =>
    ({ kind: "observation", type, title }) as Partial<NewRecord>;
  const rows = await failuresOf([
    observation("discovery", "Tests fail: boils and 2 more"),
    observation("discovery", "`npm run build` fails: TS2304"),
    observation("change", "Edited lib/kettle.js"),
    observation("discovery", "Tests pass: 12 passed"),
    observation("command", "Works: `npm run build`"),
  ]);
  assert.deepEqual(rows, [
    "Tests fail: boils and 2 more",
    "  Edited lib/kettle.js",
    "  Tests pass: 12 passed",
    "`npm run build` fails: TS2304",
    "  Edited lib/kettle.js",
    "  Works: `npm run build`",
  ]);
});
