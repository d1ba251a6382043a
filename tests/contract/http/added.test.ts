/** That an editor is told of what clients write through `serve`, to count and to undo it. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parseAdded } from "../../../extension/src/common/agents/addedNotes.js";
import { Server } from "./Server.js";

test("what clients add and change through the server is noted beside the memories", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-added-"));
  let added: unknown;
  {
    await using server = await Server.start([], { folder });
    const answer = await server.send("POST", "/memory/add", { content: "The stove is red" });
    added = ((await answer.json()) as { id: unknown }).id;
    const change = { content: "The stove is green" };
    assert.equal((await server.send("PATCH", `/memory/${String(added)}`, change)).status, 200);
  }
  const [name, ...others] = await readdir(join(folder, "added"));
  assert.ok(name !== undefined && others.length === 0);
  const note = parseAdded(await readFile(join(folder, "added", name), "utf8"));
  assert.equal(note?.by, "mcp");
  assert.equal(note.ids.length, 2);
  assert.equal(note.ids[0], added);
  await rm(folder, { recursive: true, force: true });
});
