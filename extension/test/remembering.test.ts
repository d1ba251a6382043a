import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOutSentence } from "../src/common/memories/keptOut.js";
import { saysWhy, selectionTitle, withWhy } from "../src/common/memories/why.js";
import { note, openMemories } from "./openMemories.js";
import { plainWords } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("nobody is asked for a reason that stands in the text", () => {
  for (const text of ["pin it because 7 breaks", "Wir nehmen Tabs, weil …", "メモリのため"])
    assert.ok(saysWhy(text), text);
  for (const text of ["use tabs", "retries are off", '<b why="1">use tabs</b>'])
    assert.ok(!saysWhy(text), text);
});

test("a reason stands below the text, and none changes nothing", () => {
  assert.equal(withWhy("use tabs", " the linter \n", plainWords), "use tabs\n\nWhy: the linter");
  assert.equal(withWhy("use tabs", "  ", plainWords), "use tabs");
});

test("selected lines are named by their place", () => {
  const file = "lib/route.js";
  assert.equal(selectionTitle({ file, first: 1, last: 3 }, ""), "lib/route.js:1–3");
  assert.equal(
    selectionTitle({ file, first: 4, last: 4 }, "the order\nmatters"),
    "lib/route.js:4: the order matters",
  );
});

test("it is said what was not stored", async () => {
  const memories = openMemories(await temporaryFolder(), {
    privacyRules: () => ({ patterns: ["EMP-[0-9]{6}"] }),
  });
  const said = async (text: string): Promise<string | undefined> => {
    const appended = await memories.remember(note(text));
    assert.equal(appended.status, "pending");
    const [memory] = await memories.get([(appended as { id: string }).id]);
    return keptOutSentence(text, memory?.narrative ?? memory?.title ?? "", plainWords);
  };
  assert.equal(await said("the kettle is blue"), undefined);
  assert.match(
    (await said("ask EMP-000001\nabout the kettle <private>and more</private>")) ?? "",
    /^One secret in it was replaced\. What was marked as private was left out\.$/,
  );
  await memories.dispose();
});
