import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Memories } from "../src/common/memories/Memories.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { encryptedStorage } from "../src/vscode/storage/encryptedStorage.js";
import { LogLines, note, openMemories } from "./openMemories.js";
import { openWindow, Shared, turnOn, type Window } from "./secrets.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

const seg = (folder: string): string => join(folder, "mem1", "seg");

/** Names of the segments, without the files that tell of the folder. */
async function segmentsIn(folder: string): Promise<string[]> {
  return (await readdir(seg(folder))).filter((name) => !name.startsWith("0000000000-")).sort();
}

async function total(memories: Memories, text: string): Promise<number> {
  await memories.refreshNow();
  return (await memories.search({ text })).total;
}

/** An encrypted folder with one memory. */
async function encrypted(): Promise<{ folder: string; shared: Shared; window: Window }> {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const window = openWindow(folder, shared);
  await turnOn(window);
  await window.open().remember(note("The quillwort queue is small"));
  return { folder, shared, window };
}

/** A whole, well-formed plain file that somebody else has made. */
async function forge(work: (memories: Memories) => Promise<unknown>): Promise<[string, Buffer]> {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await work(memories);
  await memories.dispose();
  const names = await readdir(seg(folder));
  const name = names.sort().at(-1) ?? "";
  return [name, await readFile(join(seg(folder), name))];
}

const aLie = (): Promise<[string, Buffer]> =>
  forge((memories) => memories.remember(note("The marmalade deploys on Fridays")));

test("a plain file that somebody puts into an encrypted folder is put aside, reported and never found", async () => {
  const { folder, shared } = await encrypted();
  const [name, bytes] = await aLie();
  await writeFile(join(seg(folder), name), bytes);
  const window = openWindow(folder, shared);
  const memories = window.open();
  assert.equal(await total(memories, "marmalade"), 0);
  assert.equal(await total(memories, "quillwort"), 1);
  await window.encryption.settled();
  await window.encryption.tidy();
  assert.ok(!(await segmentsIn(folder)).some((one) => one.startsWith(name.slice(0, 24))));
  assert.deepEqual(Buffer.from((await window.quarantine.read(name)) ?? []), bytes);
  assert.match(window.log.lines.join("\n"), new RegExp(`put aside.*${name}`));
  assert.equal(await total(openWindow(folder, shared).open(), "marmalade"), 0);
});

test("a plain file beside a damaged encrypted one of its name is not believed in its place", async () => {
  const { folder, shared } = await encrypted();
  const [own = ""] = await segmentsIn(folder);
  const path = join(seg(folder), own);
  const sealed = await readFile(path);
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  await writeFile(path, sealed);
  const [, bytes] = await aLie();
  await writeFile(path.replace(".enc", ".seg"), bytes);
  const window = openWindow(folder, shared);
  const memories = window.open();
  assert.equal(await total(memories, "marmalade"), 0);
  await window.encryption.settled();
  await window.encryption.convert();
  assert.equal(await total(openWindow(folder, shared).open(), "marmalade"), 0);
  // Both are kept for whoever wants to look.
  assert.deepEqual(await readFile(path), sealed);
  assert.deepEqual(await segmentsIn(folder), [own]);
  const copies = await Promise.all(
    (await window.quarantine.list()).map((name) => window.quarantine.read(name)),
  );
  assert.ok(copies.some((copy) => copy !== undefined && Buffer.from(copy).equals(bytes)));
});

test("a plain wipe that somebody puts there ends nothing", async () => {
  const { folder, shared } = await encrypted();
  const [name, bytes] = await forge(async (memories) => {
    await memories.remember(note("Anything"));
    await memories.forget({ isEverything: true });
  });
  await writeFile(join(seg(folder), name), bytes);
  const memories = openWindow(folder, shared).open();
  assert.equal(await total(memories, "quillwort"), 1);
});

test("a running window believes none of it either, nor does one that had the key before", async () => {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const [one, two] = [openWindow(folder, shared), openWindow(folder, shared)];
  const [first, second] = [one.open(), two.open()];
  await turnOn(one);
  await one.encryption.turnOff();
  await first.remember(note("The quillwort queue is small"));
  assert.equal(await total(second, "quillwort"), 1);
  await turnOn(one);
  const [name, bytes] = await aLie();
  await writeFile(join(seg(folder), name), bytes);
  assert.equal(await total(second, "marmalade"), 0);
  assert.equal(await total(first, "marmalade"), 0);
});

test("what is not believed is not believed after decrypting either", async () => {
  const { folder, window } = await encrypted();
  const [name, bytes] = await aLie();
  await writeFile(join(seg(folder), name), bytes);
  await window.encryption.turnOff();
  assert.equal(await total(openMemories(folder), "marmalade"), 0);
  assert.equal(await total(openMemories(folder), "quillwort"), 1);
});

test("an old plain file that is put back is not believed", async () => {
  const [folder, shared, aside] = [await temporaryFolder(), new Shared(), await temporaryFolder()];
  const window = openWindow(folder, shared);
  const memories = window.open();
  await memories.remember(note("The marmalade deploys on Fridays"));
  const [name = ""] = await segmentsIn(folder);
  await copyFile(join(seg(folder), name), join(aside, name));
  await turnOn(window);
  await memories.forget({ text: "marmalade" });
  await copyFile(join(aside, name), join(seg(folder), name));
  assert.equal(await total(openWindow(folder, shared).open(), "marmalade"), 0);
});

test("a server without the key writes nothing once an editor has encrypted, and nothing later", async () => {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const keyless = openWindow(folder, new Shared());
  const serving = keyless.open({ retryDelaysMs: [10] });
  await serving.remember(note("The harbour queue is small"));
  const window = openWindow(folder, shared);
  await turnOn(window);
  for (let time = 0; time < 3; time += 1)
    await assert.rejects(serving.remember(note("The quillwort queue is small")), {
      name: "LockedError",
    });
  await assert.rejects(serving.forget({ text: "harbour" }), { name: "LockedError" });
  await serving.dispose();
  assert.doesNotMatch(await everythingIn(folder), /quillwort|harbour/);
  await window.encryption.turnOff();
  const plain = openMemories(folder);
  assert.equal(await total(plain, "quillwort"), 0);
  assert.equal(await total(plain, "harbour"), 1);
});

test("without the mark, and with a forged one, nobody is allowed more", async () => {
  const { folder, shared } = await encrypted();
  const mark = join(seg(folder), "0000000000-00000000-0000.enc");
  await rm(mark);
  const [name, bytes] = await aLie();
  await writeFile(join(seg(folder), name), bytes);
  assert.equal(await total(openWindow(folder, shared).open(), "marmalade"), 0);
  await assert.rejects(openWindow(folder, new Shared()).open().remember(note("x y")), {
    name: "LockedError",
  });
  await rm(mark, { force: true });
  await writeFile(mark, "no mark");
  const list = "0000000000-abcdefgh-0001.enc";
  await writeFile(join(seg(folder), list), JSON.stringify({ [name]: "0".repeat(64) }));
  await writeFile(join(seg(folder), name), bytes);
  assert.equal(await total(openWindow(folder, shared).open(), "marmalade"), 0);
  const plain = await temporaryFolder();
  await mkdir(seg(plain), { recursive: true, mode: 0o700 });
  await writeFile(join(seg(plain), "0000000000-00000000-0000.enc"), "no mark");
  await assert.rejects(openMemoriesOf(plain).remember(note("x y")), { name: "LockedError" });
});

function openMemoriesOf(folder: string): Memories {
  return openWindow(folder, new Shared()).open();
}

test("an editor is told which plain files were put aside, and of each only once", async () => {
  const { folder, shared } = await encrypted();
  const [name, bytes] = await aLie();
  await writeFile(join(seg(folder), name), bytes);
  const told: string[] = [];
  const mem1 = join(folder, "mem1");
  const event = (): { dispose: () => void } => ({ dispose: () => undefined });
  const context = {
    secrets: { ...shared.secrets, onDidChange: event },
    globalState: shared.values,
  } as unknown as Parameters<typeof encryptedStorage>[0];
  const { storage, encryption } = encryptedStorage(
    context,
    {
      store: new FileSegmentStore(mem1),
      quarantine: new FileSegmentStore(mem1, "bad"),
      ...{ compactAbove: 64, pollMs: 60_000, canBeEvicted: false },
    },
    new LogLines(),
    { onChange: () => undefined, onForeign: (names) => told.push(...names) },
  );
  const memories = openMemories(folder, storage);
  assert.equal(await total(memories, "marmalade"), 0);
  await encryption.settled();
  await encryption.tidy();
  await encryption.tidy();
  assert.deepEqual(told, [name]);
});
