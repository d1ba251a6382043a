import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { createHandler } from "../../../extension/src/http/createHandler.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { readModule } from "../../../extension/test/openMemories.js";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

test("an envelope takes no number, and a prompt that is told twice at once has one", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-envelopes-"));
  const store = new FileSegmentStore(join(folder, "mem1"));
  const memories = new Memories({ store, readModule, app: "0.0.0", log: silent });
  t.after(async () => {
    await memories.dispose();
    await rm(folder, { recursive: true });
  });
  const handler = createHandler(memories, { version: "0.0.0" });
  const init = async (prompt: string): Promise<number> => {
    const body = JSON.stringify({ contentSessionId: "s", project: "p", prompt });
    const headers = { "content-type": "application/json" };
    const request = new Request("http://h/api/sessions/init", { method: "POST", headers, body });
    const answer = (await (await handler(request)).json()) as { promptNumber: number };
    return answer.promptNumber;
  };
  assert.equal(await init("<task-notification>\n<status>done</status>\n</task-notification>"), 0);
  assert.equal(await init("fix the login"), 1);
  assert.equal(await init("[Request interrupted by user for tool use]"), 1);
  assert.deepEqual(await Promise.all([init("and the logout"), init("and the logout")]), [2, 2]);
  assert.equal(await init("then ship it"), 3);
  const { hits } = await memories.recent({ kinds: ["prompt"] });
  assert.deepEqual(
    hits.map(({ title }) => title),
    ["then ship it", "and the logout", "fix the login"],
  );
});
