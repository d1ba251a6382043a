import assert from "node:assert/strict";
import { test } from "node:test";
import { approve, asProposal, isProposal, proposals } from "../src/common/memories/Inbox.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { createHandler } from "../src/http/createHandler.js";
import { note, openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

async function proposed(memories: Memories, text: string): Promise<string> {
  const given = note(text, {
    ...{ concepts: ["kettle"], type: "decision" as const },
    origin: { ...origin, provenance: "assistant" },
  });
  const appended = await memories.remember(asProposal(given));
  assert.equal(appended.status, "pending");
  return (appended as { id: string }).id;
}

test("what is proposed waits, and is not recalled by itself", async () => {
  const memories = openMemories(await temporaryFolder());
  const id = await proposed(memories, "The kettle is descaled on Mondays\nsince it drips");
  await memories.remember(note("The teapot is blue"));
  assert.deepEqual(
    (await proposals(memories, [])).map((hit) => hit.id),
    [id],
  );
  const handler = createHandler(memories, { version: "0.0.0" });
  const injected = await handler(new Request("http://h/api/context/inject?project=project"));
  const text = await injected.text();
  assert.match(text, /teapot/);
  assert.doesNotMatch(text, /descaled/);
  await memories.dispose();
});

test("what is approved is a memory like others, with what was changed of it", async () => {
  const memories = openMemories(await temporaryFolder());
  const id = await proposed(memories, "The kettle is descaled on Mondays\nsince it drips");
  await memories.edit(id, { title: "The kettle is descaled on Fridays" });
  const kept = await approve(memories, id, "high");
  assert.ok(kept !== undefined);
  assert.deepEqual(await proposals(memories, []), []);
  const [memory, ...others] = await memories.get([id, kept]);
  assert.deepEqual(others, []);
  assert.ok(memory !== undefined && !isProposal(memory));
  const { title, trust, type, concepts, provenance } = memory;
  assert.deepEqual(
    { title, trust, type, concepts, provenance },
    {
      ...{ title: "The kettle is descaled on Fridays", trust: "high", type: "decision" },
      ...{ concepts: ["kettle"], provenance: "assistant" },
    },
  );
  assert.match(memory.text, /since it drips/);
  // Somebody else may have done so a moment ago.
  assert.equal(await approve(memories, id, "high"), undefined);
  await memories.dispose();
});
