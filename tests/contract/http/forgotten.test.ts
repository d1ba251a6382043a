/** That what is forgotten through `serve` is in no file any more. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { FileImageStore } from "../../../extension/src/node/FileImageStore.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { Server } from "./Server.js";

/** Paths of all files under a folder that hold a text. */
async function holding(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path, "latin1")).includes(text)) found.push(path);
  }
  return found;
}

/** Waits until an editor that is idle has written its image of the index. */
async function imageOf(mem1: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const names = await readdir(join(mem1, "cache")).catch(() => []);
    if (names.some((name) => name.endsWith(".db"))) return;
    await wait(20);
  }
  assert.fail("there is no image");
}

/** What an editor leaves behind that has remembered these texts: the ids of its memories. */
async function leftByEditor(mem1: string, texts: readonly string[]): Promise<string[]> {
  const ignore = (): void => undefined;
  const memories = new Memories({
    store: new FileSegmentStore(mem1),
    quarantine: new FileSegmentStore(mem1, "bad"),
    images: new FileImageStore(mem1),
    ...{ imagesAbove: 0, idle: { afterMs: 300, spreadMs: 5, againMs: 100 } },
    readModule: () => readFile(join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm")),
    ...{ app: "0.0.0-test", log: { debug: ignore, info: ignore, warn: ignore, error: ignore } },
  });
  const origin = { project: { id: "shop", name: "shop" }, provenance: "user" } as const;
  const ids: string[] = [];
  for (const text of texts) {
    const appended = await memories.remember({ text, origin });
    assert.ok(appended.status === "pending");
    ids.push(appended.id);
  }
  await imageOf(mem1);
  await memories.dispose();
  return ids;
}

test("a memory that a client deletes is gone from the image of the index as well", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-forgotten-"));
  const word = `kettle${Math.random().toString(36).slice(2, 12)}`;
  const [id] = await leftByEditor(join(folder, "mem1"), [
    `The ${word} is blue`,
    "The stove is red",
  ]);
  const before = await holding(folder, word);
  assert.ok(
    before.some((path) => /[\\/]cache[\\/]idx-/.test(path)),
    "the image holds it",
  );
  {
    await using server = await Server.start([], { folder });
    const response = await server.send("DELETE", `/memory/${id}`);
    assert.equal(response.status, 200, await response.text());
    assert.deepEqual(await holding(folder, word), []);
    const left = await (await server.send("GET", "/memory/all")).text();
    assert.ok(left.includes("stove") && !left.includes(word));
  }
  assert.deepEqual(await holding(folder, word), []);
  await rm(folder, { recursive: true, force: true });
});
