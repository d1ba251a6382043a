/** What agents send although nothing says so: no agent fails by it, and what can be kept is kept. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { AGENTS } from "../../extension/src/common/agents/Hook.js";
import { openMemories } from "../../extension/test/openMemories.js";
import { oddities, type Oddity } from "./hookOddities.js";
import { Hooks } from "./Hooks.js";

let hooks: Hooks;

before(async () => {
  hooks = await Hooks.make();
});

after(() => hooks.remove());

test("whatever is odd about an input, its hook answers in form, and what can be kept is found", async () => {
  const rows = oddities(hooks.workspace);
  const tell = async ({ agent, event, what, input, isUntold }: Oddity): Promise<void> => {
    const args = isUntold === true ? [] : ["--agent", agent, "--event", event];
    const output = await hooks.run(input, args);
    // The first use of a tool may be answered with what the session should know.
    const isAnswer = output === "" || typeof JSON.parse(output) === "object";
    assert.ok(isAnswer, `${agent}, ${what}: ${output}`);
    if (agent === "gemini") assert.notEqual(output, "", what);
  };
  // Agents work beside each other.
  await Promise.all(
    AGENTS.map(async (agent) => {
      for (const row of rows.filter((one) => one.agent === agent)) await tell(row);
    }),
  );
  const memories = openMemories(hooks.storage);
  const missing: string[] = [];
  for (const { agent, what, finds } of rows) {
    if (finds === undefined || finds === "") continue;
    const { hits } = await memories.search({ text: finds, limit: 50 });
    const isFound = hits.some(({ title }) => title.toLowerCase().includes(finds));
    if (!isFound) missing.push(`${agent}, ${what} (${finds})`);
  }
  await memories.dispose();
  assert.deepEqual(missing, []);
  const log = await readFile(join(hooks.storage, "hooks.log"), "utf8");
  for (const { finds, what } of rows)
    if (finds !== undefined && finds !== "") assert.ok(!log.includes(finds), what);
});
