import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { wait } from "../src/common/text/atMost.js";
import { KeyMissingError, WrongCodeError } from "../src/common/storage/Encryption.js";
import { LockedError } from "../src/common/storage/Keyring.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { MistypedCodeError, keyInCode, recoveryCode } from "../src/common/storage/recoveryCode.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { FaultyStore } from "./FaultyStore.js";
import { note, openMemories } from "./openMemories.js";
import { openWindow, Shared, turnOn } from "./secrets.js";
import { testSegmentStore } from "./segmentStore.acceptance.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

testSegmentStore(
  "an encrypted folder",
  async () => {
    const [folder, shared] = [await temporaryFolder(), new Shared()];
    const [one, two] = [openWindow(folder, shared), openWindow(folder, shared)];
    await turnOn(one);
    return { store: one.segments, other: two.segments };
  },
  test,
);

testSegmentStore(
  "a folder that may be encrypted and is not",
  async () => {
    const [folder, shared] = [await temporaryFolder(), new Shared()];
    return {
      store: openWindow(folder, shared).segments,
      other: openWindow(folder, shared).segments,
    };
  },
  test,
);

/** Words of the memories below that must stand in no file. */
const WORDS = ["quillwort", "zanthoxylum", "marmalade"];

async function found(memories: Memories, text: string): Promise<string[]> {
  await memories.refreshNow();
  return (await memories.search({ text })).hits.map(({ title }) => title);
}

/** A folder with one plain file for each word. */
async function plainFolder(words = WORDS): Promise<string> {
  const folder = await temporaryFolder();
  for (const word of words) {
    const memories = openMemories(folder);
    await memories.remember(note(`The ${word} queue is small`));
    await memories.dispose();
  }
  return folder;
}

/** Names of the segments, without the files that tell of the folder. */
async function segmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "mem1", "seg"));
  return names.filter((name) => !name.startsWith("0000000000-")).sort();
}

async function assertNoPlainText(folder: string): Promise<void> {
  const everything = await everythingIn(folder);
  for (const text of [...WORDS, "queue is small", '"kind"'])
    assert.ok(!everything.includes(text), text);
}

test("what is remembered while encryption is on is found, after a restart too, and stands in no file", async () => {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const first = openWindow(folder, shared);
  await turnOn(first);
  const memories = first.open();
  await memories.remember(note("The quillwort queue is small"));
  assert.deepEqual(await found(memories, "quillwort"), ["The quillwort queue is small"]);
  await memories.dispose();
  const again = openWindow(folder, shared).open();
  assert.deepEqual(await found(again, "quillwort"), ["The quillwort queue is small"]);
  assert.match((await segmentsIn(folder)).join(), /^[^,]+\.enc$/);
  await assertNoPlainText(folder);
});

test("turning it on encrypts what is there, in quarantine and cache too, and leaves no plain text", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const [damaged] = await segmentsIn(folder);
  assert.ok(damaged);
  const mem1 = join(folder, "mem1");
  await mkdir(join(mem1, "bad"), { mode: 0o700 });
  await copyFile(join(mem1, "seg", damaged), join(mem1, "bad", damaged));
  await mkdir(join(mem1, "cache"), { mode: 0o700 });
  await writeFile(join(mem1, "cache", "idx-1-000000000000000000.db"), "quillwort");
  // A window was killed while it wrote.
  const part = join(mem1, "tmp", "01jd3m5k7a-k3v9x0ab-0009.seg.part");
  await writeFile(part, "quillwort");
  await utimes(part, 1_700_000_000, 1_700_000_000);

  const window = openWindow(folder, shared);
  const memories = window.open();
  assert.equal((await found(memories, "queue")).length, 3);
  await turnOn(window);
  await assertNoPlainText(folder);
  assert.deepEqual(
    (await segmentsIn(folder)).map((name) => name.slice(-4)),
    [".enc", ".enc", ".enc"],
  );
  assert.equal((await found(memories, "queue")).length, 3);
  await memories.dispose();
  assert.equal((await found(openWindow(folder, shared).open(), "queue")).length, 3);
});

test("nothing is encrypted before the code was typed back", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const window = openWindow(folder, shared);
  const offer = await window.encryption.offer();
  const other = await window.encryption.offer();
  const slip = offer.code.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await assert.rejects(window.encryption.turnOn(offer, ""), MistypedCodeError);
  await assert.rejects(window.encryption.turnOn(offer, slip), MistypedCodeError);
  await assert.rejects(window.encryption.turnOn(offer, other.code), WrongCodeError);
  assert.equal(window.encryption.state, "off");
  assert.equal(shared.kept.size, 0);
  assert.ok((await segmentsIn(folder)).every((name) => name.endsWith(".seg")));
});

test("without the key nothing is found, nothing is stored and no new key is made", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const code = await turnOn(openWindow(folder, shared));
  const before = await segmentsIn(folder);

  for (const lost of [new Shared(), shared]) {
    // Not every host keeps secrets, and a copied folder comes without any.
    lost.kept.clear();
    const window = openWindow(folder, lost);
    const memories = window.open();
    await assert.rejects(memories.search({ text: "queue" }), LockedError);
    await assert.rejects(memories.remember(note("Kept nowhere")), LockedError);
    await assert.rejects(window.segments.putNew("01jd3m5k7a-k3v9x0ab-0009.seg", new Uint8Array()));
    await assert.rejects(window.encryption.offer(), KeyMissingError);
    assert.equal(window.encryption.state, "locked");
    assert.equal(await window.encryption.recoveryCode(), undefined);
    assert.deepEqual(await segmentsIn(folder), before);

    const wrong = await recoveryCode(new Uint8Array(32).fill(7));
    await assert.rejects(window.encryption.unlock(wrong), WrongCodeError);
    await assert.rejects(window.encryption.unlock("AAAA-BBBB"), MistypedCodeError);
    assert.equal(window.encryption.state, "locked");

    await window.encryption.unlock(code.toLowerCase().replaceAll("-", " "));
    assert.equal(window.encryption.state, "on");
    assert.equal((await found(memories, "queue")).length, 3);
    assert.equal(await window.encryption.recoveryCode(), code);
    await memories.dispose();
  }
});

test("a key that is lost before anything was written is missed all the same", async () => {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const code = await turnOn(openWindow(folder, shared));
  shared.kept.clear();
  const window = openWindow(folder, shared);
  await assert.rejects(window.open().remember(note("Kept nowhere")), LockedError);
  await window.encryption.unlock(code);
  await window.open().remember(note("The quillwort queue is small"));
  await assertNoPlainText(folder);
});

test("a changed file and a file under another's name are damage: counted, put aside, never believed", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  await turnOn(openWindow(folder, shared));
  const [first, second, third] = await segmentsIn(folder);
  assert.ok(first && second && third);
  const path = (name: string): string => join(folder, "mem1", "seg", name);
  const bytes = await readFile(path(first));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(path(first), bytes);
  await copyFile(path(third), path(second));

  const reports: string[] = [];
  const window = openWindow(folder, shared);
  const memories = window.open({ onDamage: ({ name }) => reports.push(name) });
  assert.deepEqual(await found(memories, "queue"), ["The marmalade queue is small"]);
  assert.deepEqual(
    reports.sort(),
    [first, second].map((name) => name.replace(".enc", ".seg")),
  );
  assert.equal((await memories.stats()).damagedLines, 2);
  const check = await memories.check({
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  assert.equal(check.damaged.length, 2);
  // The bytes are there still, and can be had back from quarantine.
  assert.deepEqual(await readFile(path(first)), bytes);
  const name = first.replace(".enc", ".seg");
  let aside = await window.quarantine.read(name);
  for (; aside === undefined; aside = await window.quarantine.read(name)) await wait(5);
  const [, base64 = ""] = /base64: (\S+)\n$/.exec(new TextDecoder().decode(aside)) ?? [];
  assert.deepEqual(Buffer.from(base64, "base64"), bytes);
});

test("every single bit of a file counts, and what is too short to be one is damage", async () => {
  const [folder, shared] = [await temporaryFolder(), new Shared()];
  const window = openWindow(folder, shared);
  await turnOn(window);
  const name = "01jd3m5k7a-k3v9x0ab-0001.seg";
  await window.segments.putNew(name, new TextEncoder().encode("plain"));
  const path = join(folder, "mem1", "seg", name.replace(".seg", ".enc"));
  const bytes = await readFile(path);
  const read = async (changed: Uint8Array): Promise<string> => {
    await writeFile(path, changed);
    return openWindow(folder, shared)
      .segments.read(name)
      .then(
        (found) => new TextDecoder().decode(found),
        (error: unknown) => String(error).split(":")[0] ?? "",
      );
  };
  assert.equal(await read(bytes), "plain");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 0x10 : byte));
    // Bytes 8 to 15 name the key: then it is a file of another key.
    const expected = at >= 8 && at < 16 ? /^UnknownKeyError$/ : /^does not open/;
    assert.match(await read(changed), expected, `byte ${at}`);
  }
  for (const length of [0, 7, 28, 43])
    assert.match(await read(bytes.subarray(0, length)), /^does not/);
  assert.equal(await read(bytes), "plain");
});

test("a file that only looks encrypted cannot smuggle lines in", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const [plain] = await segmentsIn(folder);
  assert.ok(plain);
  const lines = await readFile(join(folder, "mem1", "seg", plain));
  const other = await temporaryFolder();
  await turnOn(openWindow(other, shared));
  const name = plain.replace(".seg", ".enc");
  await mkdir(join(other, "mem1", "seg"), { recursive: true, mode: 0o700 });
  await writeFile(
    join(other, "mem1", "seg", name),
    Buffer.concat([Buffer.from("MEMENC1\n"), lines]),
  );
  assert.deepEqual(await found(openWindow(other, shared).open(), "queue"), []);
});

test("two windows: one turns it on, the other goes on encrypted and both find everything", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const [one, two] = [openWindow(folder, shared), openWindow(folder, shared)];
  const [first, second] = [one.open(), two.open()];
  await second.remember(note("The harbour queue is small"));
  await turnOn(one);
  // The other window has not heard of it and writes as before; that is noticed and made good.
  await second.remember(note("The lantern queue is small"));
  assert.equal((await found(first, "queue")).length, 5);
  await one.encryption.tidy();
  await two.keyring.hear();
  await second.remember(note("The lighthouse queue is small"));
  assert.equal((await found(first, "queue")).length, 6);
  assert.equal((await found(second, "queue")).length, 6);
  await assertNoPlainText(folder);
  assert.ok((await segmentsIn(folder)).every((name) => name.endsWith(".enc")));
});

test("two windows turn it on at once, and no key is lost", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const windows = [openWindow(folder, shared), openWindow(folder, shared)];
  await Promise.all(windows.map((window) => turnOn(window)));
  for (const [index, window] of windows.entries())
    await window.open().remember(note(`The harbour queue ${index} is small`));
  for (const window of windows) await window.keyring.hear();
  for (const window of [...windows, openWindow(folder, shared)])
    assert.equal((await found(window.open(), "queue")).length, 5);
});

test("plain and encrypted files stand side by side, and a name is there only as one of them", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const window = openWindow(folder, shared);
  const [name = ""] = await window.segments.list();
  const offer = await window.encryption.offer();
  await window.keyring.begin(offer.key);
  await assert.rejects(window.segments.putNew(name, new Uint8Array()), /exists already/);
  const memories = window.open();
  await memories.remember(note("The harbour queue is small"));
  assert.equal((await found(memories, "queue")).length, 4);
  await window.encryption.tidy();
  await window.keyring.turnOff();
  await assert.rejects(window.segments.putNew(name, new Uint8Array()), /exists already/);
  await window.segments.delete(name);
  assert.equal((await window.segments.list()).length, 3);
});

for (const direction of ["on", "off"] as const) {
  test(`turning it ${direction} may be killed at any moment: everything is found, and the next start ends it`, async () => {
    for (let steps = 0; ; steps += 1) {
      const [folder, shared] = [await plainFolder(), new Shared()];
      if (direction === "off") await turnOn(openWindow(folder, shared));
      let left = steps;
      const killed = openWindow(folder, shared, (store) => {
        const faulty = new FaultyStore(store);
        faulty.before = (step) => {
          if (step !== "list" && (left -= 1) < 0) throw new Error("killed");
        };
        return faulty;
      });
      await killed.keyring.refresh();
      const isDone = await (
        direction === "on"
          ? killed.encryption.offer().then((offer) => killed.encryption.turnOn(offer, offer.code))
          : killed.encryption.turnOff()
      ).then(
        (converted) => converted.left === 0,
        () => false,
      );
      const next = openWindow(folder, shared);
      const memories = next.open();
      assert.equal((await found(memories, "queue")).length, 3, `after ${steps} steps`);
      await next.encryption.tidy();
      assert.equal((await found(memories, "queue")).length, 3);
      await memories.dispose();
      const ending = direction === "on" ? ".enc" : ".seg";
      const names = await segmentsIn(folder);
      if (shared.kept.size > 0) {
        assert.ok(
          names.every((name) => name.endsWith(ending)),
          `after ${steps} steps: ${names.join(", ")}`,
        );
        if (direction === "on") await assertNoPlainText(folder);
      }
      if (isDone) break;
    }
  });
}

test("half an encrypted file beside its plain one is no damage, and is made whole", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const [name = ""] = await segmentsIn(folder);
  await writeFile(join(folder, "mem1", "seg", name.replace(".seg", ".enc")), "MEMENC1\n half");
  const window = openWindow(folder, shared);
  const offer = await window.encryption.offer();
  await window.keyring.begin(offer.key);
  const memories = window.open();
  assert.equal((await found(memories, "queue")).length, 3);
  assert.equal((await memories.stats()).damagedLines, 0);
  await window.encryption.settled();
  await window.encryption.convert();
  await assertNoPlainText(folder);
  assert.equal((await found(openWindow(folder, shared).open(), "queue")).length, 3);
});

test("many windows encrypt the same files at once", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const windows = [1, 2, 3, 4].map(() => openWindow(folder, shared));
  const [first] = windows;
  assert.ok(first);
  const offer = await first.encryption.offer();
  await first.keyring.begin(offer.key);
  const all = await Promise.all(windows.map(({ encryption }) => encryption.convert()));
  assert.deepEqual(
    all.map(({ problem }) => problem),
    [undefined, undefined, undefined, undefined],
  );
  await assertNoPlainText(folder);
  assert.equal((await found(first.open(), "queue")).length, 3);
});

test("what is forgotten is gone from encrypted files too", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const window = openWindow(folder, shared);
  await turnOn(window);
  const memories = window.open();
  const report = await memories.forget({ text: "marmalade" });
  assert.deepEqual([report.forgotten, report.left], [1, 0]);
  await memories.dispose();
  await window.encryption.turnOff();
  assert.doesNotMatch(await everythingIn(folder), /marmalade/);
  assert.equal((await found(openWindow(folder, shared).open(), "queue")).length, 2);
});

test("turning it off leaves plain files that any version reads, and a new key the next time", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const window = openWindow(folder, shared);
  const code = await turnOn(window);
  assert.equal(await window.encryption.recoveryCode(), code);
  await window.encryption.turnOff();
  assert.equal(window.encryption.state, "off");
  assert.equal(await window.encryption.recoveryCode(), undefined);
  const plain = openMemories(folder, { store: new FileSegmentStore(join(folder, "mem1")) });
  assert.equal((await found(plain, "queue")).length, 3);
  await plain.dispose();
  assert.notEqual(await turnOn(window), code);
  assert.equal((await found(window.open(), "queue")).length, 3);
});

test("files of two keys are read once both codes were given", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const elsewhere = await plainFolder(["harbour", "lantern", "lighthouse"]);
  const window = openWindow(folder, shared);
  await turnOn(window);
  const other = openWindow(elsewhere, new Shared());
  const code = await turnOn(other);
  for (const name of await segmentsIn(elsewhere))
    await copyFile(join(elsewhere, "mem1", "seg", name), join(folder, "mem1", "seg", name));
  const memories = window.open();
  assert.equal((await found(memories, "queue")).length, 3);
  const check = await memories.check({
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  assert.equal(check.unread.length, 3);
  assert.equal(window.encryption.state, "on");
  assert.ok(window.encryption.isKeyMissing);
  await assert.rejects(window.encryption.offer(), KeyMissingError);
  await window.encryption.unlock(code);
  await memories.refreshNow();
  assert.ok(!window.encryption.isKeyMissing);
  assert.equal((await found(memories, "queue")).length, 6);
});

test("there is no image of the index while encryption is on", async () => {
  const [folder, shared] = [await plainFolder(), new Shared()];
  const window = openWindow(folder, shared);
  const memories = window.open({
    imagesAbove: 0,
    idle: { afterMs: 1, spreadMs: 1, againMs: 10 },
  });
  const images = (): Promise<string[]> =>
    readdir(join(folder, "mem1", "cache")).catch((): string[] => []);
  await memories.remember(note("The harbour queue is small"));
  while ((await images()).length === 0) await wait(5);
  await turnOn(window);
  assert.deepEqual(await images(), []);
  await memories.remember(note("The lantern queue is small"));
  await wait(100);
  await memories.dispose();
  assert.deepEqual(await images(), []);
});

test("a recovery code survives handwriting, and no slip passes", async () => {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const code = await recoveryCode(key);
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
  for (const typed of [
    code,
    code.toLowerCase(),
    ` ${code.replaceAll("-", "\n")} `,
    code.replaceAll("0", "o").replaceAll("1", "l"),
  ])
    assert.deepEqual(await keyInCode(typed), key);
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === "-") continue;
    const slip = `${code.slice(0, at)}${code[at] === "7" ? "8" : "7"}${code.slice(at + 1)}`;
    await assert.rejects(keyInCode(slip), MistypedCodeError, `digit ${at}`);
  }
  await assert.rejects(keyInCode(code.slice(0, -1)), MistypedCodeError);
  await assert.rejects(keyInCode(`${code}0`), MistypedCodeError);
});
