import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { FileImageStore } from "../src/node/FileImageStore.js";
import { temporaryFolder } from "./temporaryFolder.js";

const isPosix = process.platform !== "win32";

/** As large as the numbers of schemas get. */
const SCHEMA = 4_294_967_295;

/** The image of the schema, read at most so many bytes at a time. */
async function bytesOf(store: FileImageStore, most: number): Promise<number[]> {
  const image = await store.read(SCHEMA);
  assert.ok(image);
  const bytes: number[] = [];
  for (let part = image.next(most); part.length > 0; part = image.next(most)) {
    assert.ok(part.length <= most);
    for (const byte of part) bytes.push(byte);
  }
  await image.close();
  assert.equal(bytes.length, image.size);
  return bytes;
}

test("the image of a schema is read back, and no other is kept", async () => {
  const folder = await temporaryFolder();
  const store = new FileImageStore(folder);
  assert.equal(await store.read(SCHEMA), undefined);
  await store.replace(7, Uint8Array.of(7));
  await store.replace(SCHEMA, Uint8Array.of(1));
  await store.replace(SCHEMA, Uint8Array.of(2));
  assert.deepEqual(await bytesOf(store, 10), [2]);
  assert.equal(await store.read(7), undefined);
  assert.equal((await readdir(join(folder, "cache"))).length, 1);
});

test("a large image is read in parts that follow each other", async () => {
  const store = new FileImageStore(await temporaryFolder());
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, place) => place % 251);
  await store.replace(SCHEMA, bytes);
  assert.deepEqual(Buffer.from(await bytesOf(store, 70_001)), Buffer.from(bytes));
  assert.deepEqual(Buffer.from(await bytesOf(store, 2_000_000)), Buffer.from(bytes));
});

test("all images are removed, half written ones too, and nothing else", async () => {
  const folder = await temporaryFolder();
  const store = new FileImageStore(folder);
  await store.deleteAll();
  await store.replace(SCHEMA, Uint8Array.of(1));
  const [name = ""] = await readdir(join(folder, "cache"));
  await writeFile(join(folder, "cache", name.replace(/.\.db$/, "x.db.part")), "half");
  await writeFile(join(folder, "cache", "mine.txt"), "");
  await store.deleteAll();
  // A name of other characters is not one of ours.
  assert.deepEqual(await readdir(join(folder, "cache")), ["mine.txt"]);
});

test("only the user may read an image", { skip: !isPosix }, async () => {
  const folder = await temporaryFolder();
  const store = new FileImageStore(folder);
  await store.replace(SCHEMA, Uint8Array.of(1));
  const cache = join(folder, "cache");
  const [name = ""] = await readdir(cache);
  const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  assert.deepEqual([await mode(cache), await mode(join(cache, name))], [0o700, 0o600]);
  await chmod(cache, 0o777);
  await assert.rejects(store.read(SCHEMA), /every user/);
});

test("a folder of images that is a link is refused", { skip: !isPosix }, async () => {
  const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  await mkdir(folder, { recursive: true });
  await writeFile(join(elsewhere, "idx-1-000000000000000000.db"), "precious");
  await symlink(elsewhere, join(folder, "cache"));
  const store = new FileImageStore(folder);
  await assert.rejects(store.deleteAll(), /not a folder/);
  assert.equal(await readFile(join(elsewhere, "idx-1-000000000000000000.db"), "utf8"), "precious");
});
