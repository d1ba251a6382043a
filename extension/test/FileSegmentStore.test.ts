import assert from "node:assert/strict";
import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SegmentExistsError } from "../src/common/storage/SegmentStore.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { testSegmentStore } from "./segmentStore.acceptance.js";
import { temporaryFolder } from "./temporaryFolder.js";

const NAME = "01jd3m5k7a-k3v9x0ab-0001.seg";
const isPosix = process.platform !== "win32";

testSegmentStore(
  "a folder",
  async () => {
    const folder = join(await temporaryFolder(), "mem1");
    return { store: new FileSegmentStore(folder), other: new FileSegmentStore(folder) };
  },
  test,
);

test("nothing is made before something is written", async () => {
  const parent = await temporaryFolder();
  const store = new FileSegmentStore(join(parent, "mem1"));
  await store.list();
  await store.read(NAME);
  await store.delete(NAME);
  assert.deepEqual(await readdir(parent), []);
});

test("only the user may enter the folders and read the files", { skip: !isPosix }, async () => {
  const folder = join(await temporaryFolder(), "mem1");
  await new FileSegmentStore(folder).putNew(NAME, Uint8Array.of(1));
  const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  assert.deepEqual(
    [
      await mode(folder),
      await mode(join(folder, "seg")),
      await mode(join(folder, "tmp")),
      await mode(join(folder, "seg", NAME)),
    ],
    [0o700, 0o700, 0o700, 0o600],
  );
});

test("a text in the folder says what it is", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  await new FileSegmentStore(folder).putNew(NAME, Uint8Array.of(1));
  assert.match(await readFile(join(folder, "README.txt"), "utf8"), /Recollect/);
});

test("nothing is left among the files being written", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  await new FileSegmentStore(folder).putNew(NAME, Uint8Array.of(1));
  assert.deepEqual(await readdir(join(folder, "tmp")), []);
});

test("what a crash left behind is removed, and a file that may be being written is not", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  await mkdir(join(folder, "tmp"), { recursive: true, mode: 0o700 });
  const old = "01jd3m5k7a-k3v9x0ab-0009.seg.part";
  const young = "01jd3m5k7a-k3v9x0ab-000a.seg.part";
  for (const name of [old, young, "somebody's.txt"]) await writeFile(join(folder, "tmp", name), "");
  const anHourAgo = Date.now() / 1000 - 3_605;
  for (const name of [old, "somebody's.txt"])
    await utimes(join(folder, "tmp", name), anHourAgo, anHourAgo);
  await new FileSegmentStore(folder).removeRemains();
  assert.deepEqual((await readdir(join(folder, "tmp"))).sort(), [young, "somebody's.txt"]);
});

test("files with other names are left out of the list", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const store = new FileSegmentStore(folder);
  await store.putNew(NAME, Uint8Array.of(1));
  await writeFile(join(folder, "seg", ".DS_Store"), "");
  assert.deepEqual(await store.list(), [NAME]);
});

test("a folder of segments that is a link is refused", { skip: !isPosix }, async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const elsewhere = await temporaryFolder();
  await mkdir(folder, { mode: 0o700 });
  await symlink(elsewhere, join(folder, "seg"));
  const store = new FileSegmentStore(folder);
  await assert.rejects(store.list(), /not a folder/);
  await assert.rejects(store.read(NAME), /not a folder/);
  await assert.rejects(store.putNew(NAME, Uint8Array.of(1)));
  assert.deepEqual(await readdir(elsewhere), []);
});

test("a segment that is a link is not followed", { skip: !isPosix }, async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const store = new FileSegmentStore(folder);
  const secret = join(await temporaryFolder(), "secret");
  await writeFile(secret, "elsewhere");
  await store.putNew("01jd3m5k7b-k3v9x0ab-0002.seg", Uint8Array.of(1));
  await symlink(secret, join(folder, "seg", NAME));
  await assert.rejects(store.read(NAME));
});

test("a folder that everybody may write to is refused", { skip: !isPosix }, async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const store = new FileSegmentStore(folder);
  await store.putNew(NAME, Uint8Array.of(1));
  await chmod(join(folder, "seg"), 0o777);
  await assert.rejects(store.read(NAME), /every user/);
});

testSegmentStore(
  "the quarantine",
  async () => {
    const folder = join(await temporaryFolder(), "mem1");
    return {
      store: new FileSegmentStore(folder, "bad"),
      other: new FileSegmentStore(folder, "bad"),
    };
  },
  test,
);

test("quarantine stands beside the segments, for the user alone", { skip: !isPosix }, async () => {
  const folder = join(await temporaryFolder(), "mem1");
  await new FileSegmentStore(folder).putNew(NAME, Uint8Array.of(1));
  const quarantine = new FileSegmentStore(folder, "bad");
  assert.deepEqual(await quarantine.list(), []);
  await quarantine.putNew(NAME, Uint8Array.of(2));
  const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  assert.deepEqual(
    [await mode(join(folder, "bad")), await mode(join(folder, "bad", NAME))],
    [0o700, 0o600],
  );
  assert.deepEqual([...((await new FileSegmentStore(folder).read(NAME)) ?? [])], [1]);
});

test("two windows put the same damaged file aside at once", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const windows = [1, 2, 3, 4].map(() => new FileSegmentStore(folder, "bad"));
  const outcomes = await Promise.allSettled(
    windows.map((window) => window.putNew(NAME, Uint8Array.of(1, 2, 3))),
  );
  for (const outcome of outcomes) {
    if (outcome.status === "rejected")
      assert.equal((outcome.reason as Error).name, "SegmentExistsError");
  }
  assert.deepEqual([...((await windows[0]?.read(NAME)) ?? [])], [1, 2, 3]);
  assert.deepEqual(await readdir(join(folder, "tmp")), []);
});

test("a name that a crash has left beside a segment's own is taken away, and the segment stays", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const store = new FileSegmentStore(folder);
  await store.putNew(NAME, Uint8Array.of(1));
  const left = join(folder, "tmp", `${NAME}.0a1b2c3d.part`);
  await link(join(folder, "seg", NAME), left);
  await store.removeRemains();
  assert.deepEqual(await readdir(join(folder, "tmp")), []);
  assert.deepEqual([...((await store.read(NAME)) ?? [])], [1]);
});

test("of two that write one name at once, one is told that it is taken, and nothing is replaced", async () => {
  const folder = join(await temporaryFolder(), "mem1");
  const [one, two] = [new FileSegmentStore(folder), new FileSegmentStore(folder)];
  for (let round = 0; round < 20; round += 1) {
    const name = NAME.replace("0001", String(round).padStart(4, "0"));
    const [first, second] = await Promise.allSettled([
      one.putNew(name, Uint8Array.of(1)),
      two.putNew(name, Uint8Array.of(2)),
    ]);
    const kept = (await one.read(name))?.[0];
    assert.deepEqual(
      [first.status, second.status],
      kept === 1 ? ["fulfilled", "rejected"] : ["rejected", "fulfilled"],
    );
    const refused = first.status === "rejected" ? first : second;
    assert.ok(refused.status === "rejected" && refused.reason instanceof SegmentExistsError);
  }
  assert.deepEqual(await readdir(join(folder, "tmp")), []);
});
