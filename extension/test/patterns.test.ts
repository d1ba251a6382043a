import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord, Origin, Pattern } from "recollect-wasm";
import { ENGLISH, type Localize } from "../src/common/Localize.js";
import { patternCounts, patternLabel } from "../src/common/recall/patternWords.js";
import { patternsMarkdown } from "../src/common/recall/patternMarkdown.js";
import { patternsOf } from "../src/common/recall/patternsOf.js";
import { patternsInput, ToolInputError } from "../src/common/tools/toolInput.js";
import { patternsText } from "../src/common/tools/toolText.js";
import { openMemories, origin } from "./openMemories.js";
import { germanWords } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

const presentation = {
  l10n: {
    t: (message: string, ...args: (string | number)[]) =>
      message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  link: (id: string) => `open:${id}`,
};

const DAY_MS = 86_400_000;

/** Ten days on which two files change together every other day. */
async function workedFor10Days() {
  const memories = openMemories(await temporaryFolder());
  const begin = Date.now() - 11 * DAY_MS;
  for (let day = 0; day < 10; day += 1) {
    const captured: Origin = { ...origin, provenance: "tool", session: `day ${day}` };
    const files = day % 2 ? ["README.md", `src/${day}.ts`] : ["src/schema.sql", "src/types.ts"];
    const edits = files.map((file, minute): NewRecord => {
      return {
        ...{ kind: "event", origin: captured, type: "code_edit", file },
        at: begin + day * DAY_MS + minute * 60_000,
      };
    });
    const at = begin + day * DAY_MS + 9 * 60_000;
    await memories.appendLater([
      ...edits,
      { kind: "event", origin: captured, at, type: "git_commit" },
    ]);
    await memories.endSession(`day ${day}`);
  }
  return memories;
}

test("what recurs is told with sessions that show it", async () => {
  const memories = await workedFor10Days();
  const shown = await patternsOf(memories, { project: "project", kinds: ["co_change"] });
  assert.deepEqual(
    shown[0]?.examples.map(({ session }) => session.key),
    ["day 8", "day 6", "day 4"],
  );

  const markdown = patternsMarkdown(shown, presentation);
  assert.match(markdown, /\*\*Files that change together\*\*/);
  assert.match(markdown, /src\/schema\\\.sql \\\+ src\/types\\\.ts · 5 of 5 times, in 5 sessions/);
  // Each session has ended, so that its summary can be opened.
  assert.match(markdown, /Lately in the sessions of \[\d{4}-.* \d\d:\d\d\]\(open:[0-9a-f-]{36}\)/);

  const text = patternsText(shown, "project", true);
  assert.match(
    text,
    /^co_change \| 5 \| 5 \| 100 % \| .*src\/schema\.sql.*\| day 8, day 6, day 4$/m,
  );
});

test("a pattern's label begins with what tells it from others, in the user's language", () => {
  const pattern: Pattern = {
    ...{ id: "", kind: "sequence", project: "", description: "", isFew: true, names: [] },
    ...{ support: 4, count: 5, confidence: 5 / 7, lift: 2, sessions: [], files: [] },
    ...{ detectedAt: 0, lastReinforced: 0, salience: 1 },
  };
  const label = (more: Partial<Pattern>, l10n: Localize = ENGLISH): string =>
    patternLabel({ ...pattern, ...more }, l10n);
  const steps = ["editing a .ts file", "running npm test (failed)", "meeting an error in a test"];
  assert.equal(label({ names: steps }), "edit .ts → npm test (failed) → error in a test");
  assert.equal(label({ kind: "co_change", names: ["a.ts", "b.ts"] }), "a.ts + b.ts");
  assert.equal(
    label({ kind: "error_fix", names: ["npm test", "TS# is missing", "src/a.ts"] }),
    "npm test (failed) “TS# is missing” → src/a.ts",
  );
  assert.equal(label({ kind: "error_fix", names: ["", "", "a.ts", "b.ts"] }), "error → a.ts, b.ts");
  const habit: Partial<Pattern> = { kind: "habit", names: ["committing"], weekday: 4, quarter: 2 };
  assert.equal(label(habit), "commit, mostly Friday afternoon");
  assert.equal(label(habit, germanWords), "Commit, meist Freitag nachmittags");
  assert.equal(
    patternCounts(pattern, ENGLISH),
    "5 of 7 times, in 4 sessions: few so far, it may be chance",
  );
});

test("nothing that recurs is an answer, which tells a model what to try", async () => {
  const memories = openMemories(await temporaryFolder());
  assert.deepEqual(await patternsOf(memories, { project: "elsewhere" }), []);
  assert.match(patternsText([], "elsewhere", false), /project elsewhere yet.*'all'/);
  assert.match(patternsText([], undefined, true), /any project yet.*Leave out kind/);
});

test("what is asked of patterns is checked", () => {
  assert.deepEqual(patternsInput({}), { limit: 20 });
  assert.deepEqual(patternsInput({ kind: "Habit", project: "app", limit: 3 }), {
    ...{ kind: "habit", project: "app", limit: 3 },
  });
  for (const [input, sentence] of [
    [{ kind: "loop" }, /kind must be one of sequence, co_change, error_fix, habit/],
    [{ limit: 0 }, /limit must be a whole number from 1 to 100/],
    ["all", /must be a JSON object/],
  ] as const) {
    assert.throws(
      () => patternsInput(input),
      (error) => error instanceof ToolInputError && sentence.test(error.message),
    );
  }
});
