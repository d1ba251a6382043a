/** Which prompt an observation follows from, where its client does not say. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createHandler } from "../../../extension/src/http/createHandler.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { openHandler, type OpenHandler, requestOf } from "./openFolder.js";

const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };

const prompt = (open: OpenHandler, text: string): Promise<Response> =>
  open.send("POST", "/api/sessions/init", { ...session, prompt: text });

async function observe(open: OpenHandler, name: string, more: object = {}): Promise<string> {
  const response = await open.send("POST", "/api/sessions/observations", {
    ...session,
    tool_name: "Edit",
    tool_input: {
      file_path: `/home/somebody/shop/${name}.ts`,
      old_string: "const a = 1;",
      new_string: `const ${name}Size = 2;`,
    },
    tool_response: {},
    ...more,
  });
  return ((await response.json()) as { status: string }).status;
}

/** The prompts' numbers of all observations, oldest first. */
async function numbers(open: OpenHandler): Promise<number[]> {
  const response = await open.send("GET", "/api/observations");
  const { items } = (await response.json()) as { items: { prompt_number: number }[] };
  return items.map(({ prompt_number }) => prompt_number).reverse();
}

test("an observation belongs to the latest prompt of its session", async () => {
  await using open = await openHandler();
  await observe(open, "before");
  await prompt(open, "Mend the kettle");
  await observe(open, "kettle");
  await prompt(open, "Mend the stove");
  await observe(open, "stove");
  await observe(open, "late", { prompt_number: 1 });
  await observe(open, "other", { claudeSessionId: "another" });
  assert.deepEqual(await numbers(open), [0, 1, 2, 1, 0]);
});

test("one that another handler was told of counts as well", async () => {
  await using open = await openHandler();
  await prompt(open, "Mend the kettle");
  const again = createHandler(open.memories, { version: "0.0.0-test" });
  const elsewhere: OpenHandler = {
    ...open,
    send: (method, path, body) => again(requestOf(`http://recollect${path}`, method, body)),
  };
  await observe(elsewhere, "kettle");
  assert.deepEqual(await numbers(open), [1]);
  again.close();
});

test("what follows from a private prompt is no other prompt's", async () => {
  await using open = await openHandler();
  await prompt(open, "Mend the kettle");
  await prompt(open, "<private>Who am I?</private>");
  assert.equal(await observe(open, "secret"), "skipped");
  await prompt(open, "Mend the stove");
  assert.equal(await observe(open, "stove"), "queued");
  assert.equal(await observe(open, "late", { prompt_number: 2 }), "skipped");
  assert.deepEqual(await numbers(open), [3]);
});

test("after a restart a use of a prompt that nothing is known of is skipped", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-prompts-"));
  const store = (): FileSegmentStore => new FileSegmentStore(join(folder, "mem1"));
  {
    await using open = await openHandler({}, { store: store() });
    await prompt(open, "Mend the kettle");
    await prompt(open, "<private>Who am I?</private>");
  }
  {
    await using open = await openHandler({}, { store: store() });
    assert.equal(await observe(open, "secret", { prompt_number: 2 }), "skipped");
    assert.equal(await observe(open, "secret", { prompt_number: 3 }), "skipped");
    assert.equal(await observe(open, "kettle", { prompt_number: 1 }), "queued");
    assert.deepEqual(await numbers(open), [1]);
    // The second number was a private prompt's, and nothing says which of the two is meant.
    await prompt(open, "Mend the stove");
    assert.equal(await observe(open, "late", { prompt_number: 2 }), "skipped");
    assert.equal(await observe(open, "stove"), "queued");
    assert.deepEqual(await numbers(open), [1, 2]);
  }
  await rm(folder, { recursive: true, force: true });
});
