import assert from "node:assert/strict";
import { test } from "node:test";
import { fileHistory, symbolHistory } from "../src/common/views/symbolHistory.js";
import { note, openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("a symbol's history is what a file's memories say of it by name", async () => {
  const memories = openMemories(await temporaryFolder());
  const file = "lib/kettle.js";
  await memories.remember(note("boilWater() stops when the kettle is empty", { file }));
  await memories.remember(note("the lid is red", { file }));
  await memories.remember(note("boilWater is slow on hills", { file: "lib/hills.js" }));
  const history = await fileHistory(memories, { projects: [], file });
  const found = symbolHistory(history, ["boilWater", "boil", "pour", "is"]);
  assert.deepEqual([...found.keys()], ["boilWater"]);
  assert.match(
    found
      .get("boilWater")
      ?.map(({ title }) => title)
      .join() ?? "",
    /^boilWater\(\) stops/,
  );
  await memories.dispose();
});
