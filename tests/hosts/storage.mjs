// What must hold of the storage in a real editor: several windows, killed hosts, reloads, forgetting, copies.

import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { filesHolding, waitUntilNothingHolds } from "./folderSearch.mjs";

/** How many memories are acknowledged before the host is killed, at least. */
const ACKNOWLEDGED = 20;

/** How long it goes on writing then, at most. */
const MORE_MS = 300;

/** How long a memory of another window may take to be found. */
const FOUND_MS = 2_000;

/** How long forgotten text may stay on disk. */
const GONE_MS = 5_000;

/**
 * Registers the tests.
 *
 * @param {object} suite
 * @param {(behaviour: string, run: (t: import("node:test").TestContext) => Promise<void>) => void} suite.test
 * @param {() => import("./session.mjs").Session} suite.open The session that the tests share.
 * @param {(name: string) => Promise<string>} suite.picture
 */
export function storageTests({ test, open, picture }) {
  const find = (window, word) =>
    window.request({
      do: "invokeTool",
      name: "recollect_memory_search",
      input: { query: word, project: "all" },
    });

  /** Waits until a window finds a word and returns how long that took. */
  const untilFound = async (window, word) => {
    const start = Date.now();
    for (;;) {
      const found = await find(window, word);
      if (found.includes(word)) return Date.now() - start;
      assert.ok(Date.now() - start < FOUND_MS, `${word} is not found: ${found}`);
    }
  };

  const remember = async (workbench, text) => {
    await workbench.runCommand("Memory: Remember…");
    await workbench.fillQuickInput(text);
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("Remembered.");
    await workbench.runCommand("Notifications: Clear All Notifications");
  };

  let opened;

  /** A second window, for the tests that need one. */
  const otherWindow = async () => (opened ??= await open().openWindow("elsewhere"));

  test("two windows find each other's memories", async (t) => {
    const session = open();
    const other = await otherWindow();
    await remember(session.workbench, "The first window writes wolfsbane");
    t.diagnostic(`found by the other after ${await untilFound(other, "wolfsbane")} ms`);
    await remember(other.workbench, "The second window writes hemlockseed");
    t.diagnostic(`found by the first after ${await untilFound(session, "hemlockseed")} ms`);
  });

  test("what is forgotten by a text is on no disk within 5 s, and found by no window", async (t) => {
    const session = open();
    const { workbench } = session;
    const other = await otherWindow();
    try {
      await remember(workbench, "A monkshood in this window");
      await remember(other.workbench, "Another Monkshood in that window");
      await untilFound(session, "that window");
      await workbench.runCommand("Memory: Forget…");
      await workbench.quickPickRow("All that contain a text").click();
      await workbench.fillQuickInput("monkshood");
      await workbench.page.keyboard.press("Enter");
      await workbench.quickPickRow("Forget 2 memories").waitFor();
      await picture("forget-preview");
      await workbench.quickPickRow("Forget 2 memories").click();
      const storage = join(session.dataDir, "User", "globalStorage", "recollect.recollect");
      assert.notDeepEqual(await filesHolding(storage, "monkshood"), []);
      const start = Date.now();
      await workbench.confirmDialog("Forget");
      await waitUntilNothingHolds(storage, "monkshood", GONE_MS);
      t.diagnostic(`gone from the disk after ${Date.now() - start} ms`);
      await workbench.waitForText(/Forgot 2 memories/);
      for (const window of [session, other])
        assert.doesNotMatch(await find(window, "monkshood"), /monkshood (?:in|window)/i);
    } finally {
      await other.close();
      opened = undefined;
    }
  });

  test("tools may be allowed to remember without a question", async () => {
    const session = open();
    await session.request({
      do: "setting",
      section: "chat.tools.global",
      name: "autoApprove",
      value: true,
    });
    const remembering = session.request({
      do: "invokeTool",
      name: "recollect_memory_remember",
      input: { text: "Nobody was asked about larkspur" },
    });
    await session.workbench.confirmDialog("Enable");
    assert.match(await remembering, /Remembered with id/);
  });

  for (const time of ["first", "second"])
    test(`a host killed while it writes, for the ${time} time, loses nothing acknowledged`, async (t) => {
      const session = open();
      const { pid } = await session.request({ do: "report" });
      await session.request({ do: "rememberOnAndOn", name: time });
      const acknowledged = async () =>
        (await readdir(session.mailbox))
          .filter((name) => name.startsWith(time) && name.endsWith(".acknowledged"))
          .map((name) => name.replace(".acknowledged", ""));
      while ((await acknowledged()).length < ACKNOWLEDGED)
        await new Promise((settle) => setTimeout(settle, 20));
      await new Promise((settle) => setTimeout(settle, Math.random() * MORE_MS));
      await session.kill(pid);
      const words = await acknowledged();
      t.diagnostic(`${words.length} memories were acknowledged`);
      // A few at a time, since a page that was just opened may take seconds for each.
      for (let first = 0; first < words.length; first += 5) {
        const some = words.slice(first, first + 5);
        assert.deepEqual(await session.request({ do: "missing", words: some }), []);
      }
    });

  test("a reload at once after remembering loses nothing", async () => {
    const session = open();
    for (const word of ["agrimony", "bryony"]) {
      session
        .request({ do: "rememberAndReload", text: `Kept over a reload: ${word}` })
        .catch(() => {
          // The host that was asked is gone.
        });
      await session.hasReloaded();
      assert.deepEqual(await session.request({ do: "missing", words: [word] }), []);
    }
  });

  test("Check Storage says that every file is whole", async () => {
    const { workbench } = open();
    await workbench.runCommand("Memory: Check Storage");
    const report = await workbench.editorText("Every file is whole");
    await picture("check-storage");
    assert.match(report, /Still holding something forgotten:\*\* 0 files/);
    await workbench.runCommand("View: Close All Editors");
  });

  test("an export holds every memory, and importing it adds what is new", async () => {
    const { repository, workbench } = open();
    const file = join(repository, "memories.jsonl");
    await workbench.runCommand("Memory: Export…");
    await workbench.quickPickRow("Everything, to be imported again").click();
    await workbench.choosePath(file);
    await workbench.waitForText(/Exported \d+ records/);
    const text = await readFile(file, "utf8");
    for (const word of ["wolfsbane", "hemlockseed", "larkspur", "agrimony"])
      assert.ok(text.includes(word), word);

    const line = text.split("\n").find((line) => line.includes("agrimony"));
    const { id } = JSON.parse(line);
    const newId = id.replace(/.{4}$/, (end) => (end === "0000" ? "0001" : "0000"));
    await writeFile(
      file,
      text + line.replace(id, newId).replaceAll("agrimony", "tansyleaf") + "\n",
    );
    await workbench.runCommand("Memory: Import…");
    await workbench.quickPickRow("A file that Recollect exported").click();
    await workbench.choosePath(file);
    const sentence = await workbench.waitForText(/Imported \d+ record/);
    await picture("imported");
    assert.match(sentence, /Imported 1 record/);
    assert.match(await find(open(), "tansyleaf"), /tansyleaf/);
  });
}
