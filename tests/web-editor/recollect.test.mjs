// Recollect in a VS Code that has nothing but the browser, as vscode.dev has: memories live in the browser's storage.
//
// The tests share one browser profile and follow each other, as a user's day does.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { placesHolding } from "./browserStorage.mjs";
import { WebEditor } from "./WebEditor.mjs";

/** Typed by the tests. The rest must be found again, the private part never. */
const TYPED =
  "The quillwort ledger is balanced on Mondays <private>zanthoxylum 4711</private> by the harbour office.";
const PRIVATE = "zanthoxylum";

const HERON = "The heron gate opens at dawn";
const WALRUS = "The walrus invoice is paid in June";
const KETTLE = "The copper kettle belongs to the lighthouse keeper";
const ANCHOR = "The velvet anchor hangs in the north hall";

const BARREL = "The tar barrel stands behind the ropewalk";
const LANTERN = "The paper lantern costs eleven crowns";

/** Where the editor keeps the files of `vscode-userdata:`. */
const USER_DATA = "vscode-web-db/vscode-userdata-store";

/** How long another tab may take to know of a change. Normally it is under 2 s; this is for busy machines. */
const OTHER_TAB_MS = 30_000;

/** How many memories are written to measure how long writing takes. */
const MEASURED = 200;

/** Asks again and again until something holds; returns how long that took, in milliseconds. */
async function until(holds) {
  const start = Date.now();
  while (!(await holds())) {
    if (Date.now() - start > OTHER_TAB_MS)
      throw new Error(`It was not so within ${OTHER_TAB_MS / 1000} s.`);
    await new Promise((settle) => setTimeout(settle, 50));
  }
  return Date.now() - start;
}

describe("in an editor without a server", () => {
  /** @type {WebEditor} */
  let editor;
  /** @type {import("./WebEditor.mjs").Tab} */
  let tab;
  /** @type {import("./WebEditor.mjs").Tab} */
  let second;

  before(async () => {
    editor = await WebEditor.open();
    tab = await editor.openTab();
  });

  after(() => editor?.close());

  /** One test, with pictures of the tabs if it fails. */
  const test = (behaviour, run) =>
    it(behaviour, async (t) => {
      try {
        await run(t);
      } catch (error) {
        const name = `failed-${behaviour.replaceAll(/\W+/g, "-")}`;
        for (const [index, shown] of [tab, second].entries()) {
          const picture = await shown?.screenshot(`${name}-${index + 1}`).catch(() => "none");
          if (picture !== undefined) t.diagnostic(`picture: ${picture}`);
          await shown?.workbench.dismissAll().catch(() => undefined);
        }
        throw error;
      }
    });

  const findLedger = (where, options) =>
    where.searchAndFind(
      "quillwort harbour",
      "The quillwort ledger is balanced on Mondays",
      options,
    );

  const finds = async (where, text) =>
    (await where.search(`"${text}"`)).some((line) => line.includes(text));

  /** How many of the measured memories a tab finds. */
  const countSamples = async (where) => {
    const found = new Set();
    for (let offset = 0; offset < MEASURED; offset += 100)
      for (const line of await where.search('"tide gauge"', { offset })) found.add(line);
    return found.size;
  };

  test("the extension runs in the web worker host, whose origin is not the editor's", async (t) => {
    const report = await tab.probe("report");
    t.diagnostic(`VS Code ${report.editor}, extension host at ${report.origin}`);
    assert.equal(report.isWorker, true);
    assert.equal(report.isWeb, true);
    assert.equal(report.remote, null);
    assert.notEqual(report.origin, new URL(tab.page.url()).origin);
    await tab.screenshot("started");
  });

  test("what is remembered is found", async () => {
    await tab.remember(TYPED);
    await findLedger(tab, { picture: "remembered" });
  });

  test("memories are in the editor's user data", async () => {
    assert.deepEqual(await tab.page.evaluate(placesHolding, "quillwort ledger"), [USER_DATA]);
  });

  test("a reload at once after remembering loses nothing", async () => {
    await tab.remember(HERON);
    await tab.reload();
    await findLedger(tab);
    await tab.searchAndFind("heron gate", HERON);
  });

  test("memories survive a restart of the browser", async () => {
    await editor.restart();
    tab = await editor.openTab();
    await findLedger(tab, { picture: "restarted" });
  });

  test("a crash of the browser at once after remembering loses nothing", async () => {
    await tab.remember(WALRUS);
    await editor.restart({ isCrash: true });
    tab = await editor.openTab();
    await tab.searchAndFind("walrus invoice", WALRUS);
    await findLedger(tab);
  });

  test("a second tab finds what the first remembered before it", async () => {
    second = await editor.openTab();
    await findLedger(second);
  });

  test("the second tab finds what the first remembers", async (t) => {
    await tab.remember(KETTLE);
    t.diagnostic(`found after ${await until(() => finds(second, KETTLE))} ms`);
    await second.searchAndFind(`"${KETTLE}"`, KETTLE, { picture: "second-tab" });
  });

  test("the first tab finds what the second remembers", async (t) => {
    await second.remember(ANCHOR);
    t.diagnostic(`found after ${await until(() => finds(tab, ANCHOR))} ms`);
    await tab.searchAndFind(`"${ANCHOR}"`, ANCHOR);
  });

  test("a tab that hears nothing of the others finds what they remember", async (t) => {
    const deaf = await editor.openTab({ isDeaf: true });
    try {
      await tab.remember(BARREL);
      t.diagnostic(`found after ${await until(() => finds(deaf, BARREL))} ms`);
    } finally {
      await deaf.close();
    }
  });

  test("what one tab forgets is gone from the other and from the storage", async (t) => {
    await tab.remember(LANTERN);
    await until(() => finds(second, LANTERN));
    const places = () => tab.page.evaluate(placesHolding, "paper lantern");
    assert.deepEqual(await places(), [USER_DATA]);
    await second.forgetContaining("paper lantern");
    t.diagnostic(`lost after ${await until(async () => !(await finds(tab, LANTERN)))} ms`);
    t.diagnostic(`erased after ${await until(async () => (await places()).length === 0)} ms more`);
    await second.workbench.waitForText("Forgot 1 memory");
    await second.screenshot("forgotten");
  });

  test(`${MEASURED} memories are written one by one`, async (t) => {
    const lines = Array.from(
      { length: MEASURED },
      (_, index) => `Sample ${index + 1} of the tide gauge, because it rises.`,
    );
    const times = await tab.probe("rememberEachLine", lines.join("\n"));
    const sorted = times.toSorted((a, b) => a - b);
    const percentile = (share) => sorted[Math.ceil(sorted.length * share) - 1].toFixed(1);
    t.diagnostic(
      `from the command to acknowledged: p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`,
    );
    assert.equal(await countSamples(tab), MEASURED);
    const isAllFound = async () => (await countSamples(second)) === MEASURED;
    t.diagnostic(`the second tab found all after ${await until(isAllFound)} ms`);
  });

  test("a third tab, opened later on another project, sees everything", async () => {
    const third = await editor.openTab({ folder: "/other" });
    try {
      const { workbench } = third;
      await workbench.runCommand("Memory: Search Memories");
      await workbench.fillQuickInput("quillwort harbour");
      await workbench.quickPickRow("these are from other projects").waitFor();
      await workbench.quickPickRow("The quillwort ledger is balanced on Mondays").waitFor();
      await third.screenshot("third-tab");
      await workbench.closeQuickInput();
      for (const text of [HERON, WALRUS, KETTLE, ANCHOR, BARREL])
        assert.equal(await finds(third, text), true);
      assert.equal(await countSamples(third), MEASURED);
      assert.equal(await finds(third, LANTERN), false);
    } finally {
      await third.close();
    }
  });

  test("a private part is nowhere in the browser's storage", async () => {
    assert.deepEqual(await tab.page.evaluate(placesHolding, PRIVATE), []);
  });
});
