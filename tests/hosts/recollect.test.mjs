// Recollect in a real VS Code, in both kinds of extension host, on this project's own history.
//
// The tests of one host share an editor and follow each other, as a user's day does.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { inEachHost } from "./eachHost.mjs";
import { filesHolding, waitUntilNothingHolds, waitUntilSomethingHolds } from "./folderSearch.mjs";
import { neverKeptTests } from "./neverKept.mjs";
import { commitsOf } from "./ownRepository.mjs";
import { poisonedTests } from "./poisoned.mjs";
import { privacyTests } from "./privacy.mjs";
import { Session } from "./session.mjs";
import { storageTests } from "./storage.mjs";

/** Typed by the tests. The rest of each line must be found again, the private part never. */
const SELECTION =
  "The quillwort ledger is balanced on Mondays <private>zanthoxylum 4711</private> by the harbour office.";

inEachHost("Recollect", suite);

function suite(kind, host) {
  /** @type {Session} */
  let session;
  /** @type {import("./browser.mjs").Workbench} */
  let workbench;
  /** Commits of the opened repository, newest first. */
  let commits;

  before(async () => {
    session = await Session.open(kind);
    workbench = session.workbench;
    commits = await commitsOf(session.repository);
  });

  after(() => session?.close());

  /** One test, with a picture of the window if it fails. */
  const test = (behaviour, run) =>
    it(behaviour, async (t) => {
      try {
        await run(t);
      } catch (error) {
        const picture = await workbench
          .screenshot(`${host}-failed-${behaviour.replaceAll(/\W+/g, "-")}`)
          .catch(() => "none");
        await workbench.dismissAll().catch(() => undefined);
        t.diagnostic(`picture: ${picture}`);
        throw error;
      }
    });

  const picture = (name) => workbench.screenshot(`${host}-${name}`);
  const tool = (name, input) => session.request({ do: "invokeTool", name, input });

  /** Number of memories that `/stats` shows. */
  const countMemories = async () => {
    const text = await workbench.ask("@memory /stats");
    return Number(/([\d,]+) memories/.exec(text)?.[1]?.replaceAll(",", ""));
  };

  const learn = async () => {
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.runCommand("Memory: Learn from Git History");
    return workbench.waitForText(/Learned \d+ commits/, { timeoutMs: 120_000 });
  };

  test("both extensions run in this host", async () => {
    const report = await session.request({ do: "report" });
    assert.equal(report.host, host);
    assert.deepEqual(report.recollect, { isActive: true, kind });
    for (const name of [
      "recollect_memory_search",
      "recollect_memory_timeline",
      "recollect_memory_get",
      "recollect_memory_remember",
    ])
      assert.ok(report.tools.includes(name), name);
  });

  test("activation does not hold the window up", async (t) => {
    await workbench.runCommand("Developer: Show Running Extensions");
    const row = workbench.page
      .locator(".runtime-extensions-editor .extension", { hasText: "recollect" })
      .first();
    await row.waitFor();
    const times = await row.innerText();
    t.diagnostic(times.replaceAll(/\s+/g, " "));
    await picture("running-extensions");
    await workbench.runCommand("View: Close All Editors");
  });

  test("an empty memory says how to fill it", async () => {
    const answer = await workbench.ask("@memory why is there a privacy filter?");
    assert.match(answer, /Learn from Git History/);
    assert.equal(await countMemories(), 0);
  });

  test("learning makes a memory of every commit", async () => {
    const sentence = await learn();
    await picture("learned");
    assert.match(sentence, new RegExp(`Learned ${commits.length} commits`));
    assert.equal(await countMemories(), commits.length);
  });

  test("a commit's memory names the files it changed", async () => {
    // The first commit has nothing before it to compare with, which is a case of its own.
    for (const commit of [
      commits.at(-1),
      commits.find(
        ({ files }) => files.length > 0 && files.length <= 12 && !files.some(isNeverCaptured),
      ),
    ]) {
      const index = await tool("recollect_memory_search", { query: titleOf(commit) });
      const id = index
        .split("\n")
        .find((line) => line.endsWith(inRow(titleOf(commit))))
        ?.split(" | ")[0];
      const text = await tool("recollect_memory_get", { ids: [id], maxTokens: 10_000 });
      const named = commit.files.filter((file) => text.includes(file));
      assert.equal(named.length, Math.min(commit.files.length, 12), text);
    }
  });

  test("learning again adds nothing twice", async () => {
    const sentence = await learn();
    assert.match(sentence, new RegExp(`Learned 0 commits; ${commits.length} were known`));
    assert.equal(await countMemories(), commits.length);
  });

  test("Show Log shows the log", async () => {
    await workbench.runCommand("Memory: Show Log");
    await workbench.waitForOutput("Recollect");
    // The editor from npm lacks the native part that writes the log files of the Node host.
    if (host === "worker") {
      const text = await workbench.outputText("[info]");
      assert.ok(text.includes(`${commits.length} commits read`), text);
    }
    await picture("log");
    await workbench.runCommand("View: Hide Panel");
  });

  test("@memory answers from memories and cites them", async () => {
    const title = titleOf(commits.at(-1));
    const answer = await workbench.ask(`@memory What do we know about: ${title}?`);
    await picture("answer");
    const list = workbench.lastResponse().getByRole("link", { name: title });
    assert.ok(await list.first().isVisible(), "the list of memories is shown");
    assert.ok(answer.includes(`The test model read “${title}” m1`), answer);
  });

  test("a citation opens the memory's page", async () => {
    const title = titleOf(commits.at(-1));
    await workbench.lastResponse().getByText("m1", { exact: true }).last().click();
    const text = await workbench.pageText(title);
    await picture("page");
    assert.ok(text.includes(commits.at(-1).hash.slice(0, 7)), text);
    await workbench.runCommand("View: Close All Editors");
  });

  test("a link of the list opens the memory too", async () => {
    const title = titleOf(commits.at(-1));
    await workbench.lastResponse().getByRole("link", { name: title }).first().click();
    assert.ok((await workbench.pageText(title)).includes(commits.at(-1).hash.slice(0, 7)));
    await workbench.runCommand("View: Close All Editors");
  });

  test("without the model's answer there is the list and one sentence why", async () => {
    const title = titleOf(commits.at(-1));
    await session.request({ do: "refuseRequests", because: "The quota is used up." });
    const answer = await workbench.ask(`@memory What do we know about: ${title}?`);
    await session.request({ do: "answerRequests" });
    await picture("refused");
    assert.ok(
      await workbench.lastResponse().getByRole("link", { name: title }).first().isVisible(),
    );
    assert.match(answer, /so these are the memories alone/);
    assert.doesNotMatch(answer, /test model read/);
  });

  test("/search lists what matches", async () => {
    const title = titleOf(commits[0]);
    const answer = await workbench.ask(`@memory /search ${title}`);
    await picture("search");
    assert.ok(answer.includes(title), answer);
  });

  test("/recent lists the latest memories", async () => {
    const answer = await workbench.ask("@memory /recent");
    await picture("recent");
    for (const commit of commits.slice(0, 3)) assert.ok(answer.includes(titleOf(commit)), answer);
  });

  test("/timeline shows what stood around a memory", async () => {
    // Commits of one second have no order, and a title that two commits share names neither, so
    // three of different seconds are asked about, by a title of one commit alone.
    const titles = commits.map(titleOf);
    const middle = commits.findIndex(
      ({ time }, index) =>
        index >= commits.length / 2 &&
        titles.indexOf(titles[index]) === titles.lastIndexOf(titles[index]) &&
        commits[index - 1].time > time &&
        time > commits[index + 1]?.time,
    );
    const answer = await workbench.ask(`@memory /timeline ${titleOf(commits[middle])}`);
    await picture("timeline");
    // Oldest first.
    const places = [middle + 1, middle, middle - 1].map((index) =>
      answer.indexOf(titleOf(commits[index])),
    );
    assert.ok(!places.includes(-1), answer);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  test("/remember keeps a text, and /search finds it", async () => {
    const remembered = await workbench.ask(
      "@memory /remember The marmalade queue was dropped because retries hid failures",
    );
    await picture("remember");
    assert.match(remembered, /Remembered/);
    assert.match(
      await workbench.ask("@memory /search marmalade"),
      /The marmalade queue was dropped/,
    );
    assert.equal(await countMemories(), commits.length + 1);
  });

  test("another extension's model can use the tools", async () => {
    const title = titleOf(commits.at(-1));
    const index = await tool("recollect_memory_search", { query: title });
    const id = index
      .split("\n")
      .find((line) => line.endsWith(inRow(title)))
      ?.split(" | ")[0];
    assert.match(id ?? "", /^[0-9a-f-]{8,36}$/, index);

    const timeline = await tool("recollect_memory_timeline", { id });
    assert.match(timeline, new RegExp(`^> ${id} `, "m"));

    const full = await tool("recollect_memory_get", { ids: [id] });
    assert.match(full, /<recollect-context>[^]*<\/recollect-context>/);
    assert.ok(full.includes(title), full);

    const remembering = tool("recollect_memory_remember", {
      text: "The tool test keeps a lantern for the <private>smugglers</private> lighthouse",
    });
    await workbench.confirmDialog("Yes");
    const remembered = await remembering;
    assert.match(remembered, /Remembered with id [0-9a-f-]{36}/);
    const found = await tool("recollect_memory_search", { query: "lantern lighthouse" });
    assert.match(found, /keeps a lantern for the\s+lighthouse/);
  });

  test("a tool says what to try when it cannot answer", async () => {
    assert.match(
      await tool("recollect_memory_get", { ids: ["0199f3a0-0000-7000-8000-000000000000"] }),
      /Call recollect_memory_search/,
    );
    await assert.rejects(tool("recollect_memory_search", {}), /query/);
  });

  test("a selection is remembered without its private part", async () => {
    await workbench.runCommand("File: New Untitled Text File");
    await workbench.typeIntoEditor(SELECTION);
    await workbench.page.keyboard.press("Control+A");
    await workbench.runCommand("Memory: Remember Selection");
    await workbench.answerWhy();
    await workbench.waitForText("Remembered.");
    await picture("selection");
    // The editor itself keeps a copy of unsaved text until it notices that nobody wants it. One
    // that it begins to write while the text is discarded stays, and comes back with a reload.
    const backups = join(session.dataDir, "User", "Backups");
    await waitUntilSomethingHolds(backups, "zanthoxylum");
    await workbench.discardEditor();
    await waitUntilNothingHolds(backups, "zanthoxylum");

    await session.reload();
    await workbench.runCommand("Memory: Search Memories");
    await workbench.fillQuickInput("quillwort");
    const row = await workbench.waitForOnlyPick("quillwort ledger");
    await picture("quick-pick");
    assert.match(row, /The quillwort ledger is balanced on Mondays\s+by the harbour office/);
    assert.doesNotMatch(row, /zanthoxylum|4711/);
    await workbench.fillQuickInput("zanthoxylum");
    assert.match(await workbench.waitForOnlyPick("zanthoxylum"), /Known nowhere here/);
    await workbench.closeQuickInput();
  });

  test("nothing private is on disk", async () => {
    // What is not private shows that this looks into the right files.
    const kept = await filesHolding(session.dataDir, "quillwort ledger");
    assert.ok(
      kept.some((path) => /recollect\.recollect\/mem1\/seg\/[^/]+\.seg$/.test(path)),
      kept.join("\n"),
    );
    assert.deepEqual(await filesHolding(session.dataDir, "zanthoxylum"), []);
    assert.deepEqual(await filesHolding(session.dataDir, "smugglers"), []);
    // A log names ids and counts, never what was remembered.
    assert.deepEqual(await filesHolding(join(session.dataDir, "logs"), "quillwort"), []);
  });

  test("what is forgotten is not found", async () => {
    await workbench.runCommand("Memory: Forget…");
    await workbench.quickPickRow("Pick memories").click();
    await workbench.fillQuickInput("marmalade");
    await workbench.waitForOnlyPick("marmalade queue");
    await workbench.tickQuickPick("marmalade queue");
    await workbench.confirmDialog("Forget");
    await workbench.waitForText(/Forgot 1 memor/);
    await picture("forgotten");
    assert.doesNotMatch(await workbench.ask("@memory /search marmalade"), /marmalade queue/);
    assert.equal(await countMemories(), commits.length + 2);
  });

  test("a restart of the whole editor keeps everything", async () => {
    await session.restart();
    workbench = session.workbench;
    assert.equal(await countMemories(), commits.length + 2);
    const answer = await workbench.ask("@memory /search quillwort");
    await picture("restarted");
    assert.match(answer, /The quillwort ledger is balanced on Mondays/);
    assert.doesNotMatch(await workbench.ask("@memory /search marmalade"), /marmalade queue/);
  });

  test("the segment store passes its acceptance suite through workspace.fs", async () => {
    const results = await session.request({ do: "segmentStoreSuite" });
    assert.ok(results.length > 0);
    assert.deepEqual(
      results.filter(({ problem }) => problem !== undefined),
      [],
    );
  });

  storageTests({ test, open: () => session, picture });
  neverKeptTests({ test, open: () => session, picture });
  poisonedTests({ test, open: () => session, picture });
  privacyTests({ test, open: () => session });
}

/** Files of such names are left out of memories, whatever is in them. */
function isNeverCaptured(file) {
  return /(^|\/)secrets\./.test(file);
}

/** A title as a row of a model's list has it. */
function inRow(title) {
  return title.length > 72 ? `${title.slice(0, 71)}…` : title;
}

/** The title that a commit's memory has: its subject without the conventional type. */
function titleOf({ subject }) {
  return subject.replace(/^\w+(?:\([^)]*\))?!?: /, "");
}
