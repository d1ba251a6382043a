// Questions in plain words in a real VS Code, in both kinds of extension host, about a small made-up history.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { inEachHost } from "./eachHost.mjs";
import { makeShop } from "./shopRepository.mjs";
import { Session } from "./session.mjs";

/** How long a commit of the window may take to be a memory. */
const LEARNED_MS = 60_000;

/** How long the Chat view may take to show what has been answered. */
const SHOWN_MS = 10_000;

/** Kinds of questions; each with what its answer lists first, or what it says. */
const QUESTIONS = [
  ["what happened yesterday?", "say how prices are rounded"],
  ["what happened last month?", "remember the last search of a visitor"],
  ["what tests were written last week?", "coupons and gifts together"],
  ["latest change to src/cart/index.ts", "a cart with two coupons"],
  ["src/price.ts", "round prices up because of the tax office"],
  ["who changed docs/style.md last?", "use the latest version of the style guide"],
  ["when was src/mail.ts removed?", "drop orders by mail"],
  ["when was src/uploads.ts introduced?", "stream uploads of pictures"],
  ["what did Dee Frost do?", "remember the last search of a visitor"],
  ["who added the visitor counter?", "count visitors of each page"],
  ["what did I work on this year?", "say how prices are rounded"],
  ["what went into v2.1.0?", "release 2.1.0"],
  ["what broke in v2.0.0?", "drop orders by mail"],
  ["when was v1.0.0 released?", "1.0.0"],
  ["security fixes", "escape names in invoices"],
  ["#34", "E_CART_FULL is thrown for an empty cart"],
  ["PR 56", "a cart with two coupons"],
  ["E_CART_FULL", "E_CART_FULL is thrown for an empty cart"],
  ["why do we round prices up?", "round prices up because of the tax office"],
  ["why is the cart kept in a cookie?", "keep the cart in a cookie"],
  ["how are uploads streamed?", "stream uploads of pictures"],
  ["what was the first commit?", "take orders by mail"],
  [
    "what happened in October 1999?",
    "Nothing is remembered of that time; the nearest memory is of",
  ],
  ["why did we choose Kubernetes?", "Known nowhere here: “choose”, “Kubernetes”"],
];

inEachHost("questions", (kind, host) => {
  /** @type {Session} */
  let session;
  let workbench;
  const picture = (name) => workbench.screenshot(`${host}-questions-${name}`);
  const git = async (...args) =>
    (await promisify(execFile)("git", args, { cwd: session.repository })).stdout.trim();
  const tool = (input) =>
    session.request({ do: "invokeTool", name: "recollect_memory_search", input });

  before(async () => {
    session = await Session.open(kind, { "recollect.git.learnAutomatically": true }, makeShop);
    workbench = session.workbench;
    await untilFound("orders by mail");
  });

  after(() => session?.close());

  /** Waits until a memory has this title; what is asked for stands in every answer. */
  async function untilFound(title) {
    let text;
    for (const end = Date.now() + LEARNED_MS; Date.now() < end;) {
      text = await tool({ query: title }).catch((error) => `${error}`);
      if (text.split("\n").some((line) => / \| /.test(line) && line.includes(title))) return;
      await new Promise((settle) => setTimeout(settle, 200));
    }
    assert.fail(`not learned: ${title}: ${text}`);
  }

  /** The text of an answer. */
  const ask = async (question) => {
    const text = await workbench.ask(`@memory ${question}`);
    return text.replaceAll(/\s+/g, " ");
  };

  /**
   * Waits until the last response holds what is expected: as the first title of its list, or
   * anywhere. The view shows a response piece by piece. Gives what it holds instead, if it does not.
   */
  const unlessShown = async (expected, isFirst = true) => {
    const response = workbench.lastResponse();
    const place = isFirst ? response.locator("ol > li").first().locator("a").first() : response;
    const found = await place
      .filter({ hasText: expected })
      .waitFor({ timeout: SHOWN_MS })
      .then(() => true)
      .catch(() => false);
    return found ? undefined : (await response.innerText()).replaceAll(/\s+/g, " ").slice(0, 300);
  };
  const assertFirst = async (expected) => assert.equal(await unlessShown(expected), undefined);

  test("each kind of question is answered first by what answers it", async () => {
    const wrong = [];
    for (const [question, expected] of QUESTIONS) {
      await ask(question);
      const instead = await unlessShown(expected, !/^(?:Nothing|Known)/.test(expected));
      if (instead !== undefined) wrong.push(`${question} → ${instead}`);
      if (question === "what went into v2.1.0?") await picture("version");
    }
    await picture("kinds");
    assert.deepEqual(wrong, []);
  });

  test("a question without a subject goes on from the one before, however many stand between", async () => {
    await ask("how are uploads streamed?");
    const who = await ask("who did that?");
    assert.match(who, /Understood together with the question before/);
    await assertFirst(/stream uploads of pictures/);
    await ask("and when?");
    await assertFirst(/stream uploads of pictures/);
    // A number is a question of its own.
    await ask("#12");
    await assertFirst(/keep the cart in a cookie/);
  });

  test("what was understood is taken off by a click, and put back by another", async () => {
    await ask("what did Cid Dunn do last month?");
    const missing = "Nothing for “by Cid Dunn”; without it 1.";
    const instead = await unlessShown(missing, false);
    await picture("chip");
    assert.equal(instead, undefined);
    await workbench.lastResponse().getByRole("link", { name: "×" }).last().click();
    const back = workbench.lastResponse().getByRole("link", { name: "+" });
    await back.waitFor();
    await assertFirst(/coupons and gifts together/);
    await picture("chip-taken-off");
    await back.click();
    assert.equal(await unlessShown(missing, false), undefined);
  });

  test("follow-ups come from the answer", async () => {
    await ask("why do we round prices up?");
    await workbench.waitForText("What else changed in src/price.ts?");
    await workbench.waitForText("What else did Ann Bell do?");
    await picture("follow-ups");
  });

  test("the active editor is this file", async () => {
    await workbench.runCommand("Go to File...");
    await workbench.fillQuickInput("src/invoice.ts");
    await workbench.quickPickRow("invoice.ts").click();
    await workbench.editorText("second line");
    await ask("what changed in this file?");
    await assertFirst(/print invoices as PDF/);
  });

  test("Ask Memory… answers in a list without a model, with chips", async () => {
    await workbench.runCommand("Memory: Ask Memory…");
    await workbench.quickPickRow("What did I work on this week?").waitFor();
    await picture("ask-empty");
    await workbench.fillQuickInput("what did Dee Frost do last month?");
    // The latest memories are listed until the question is answered.
    await workbench.quickPickRow("by Dee Frost").waitFor();
    const rows = await workbench.quickPickRows();
    await picture("ask");
    assert.match(rows[0], /by Dee Frost/);
    assert.match(rows[1], /last month/);
    assert.match(rows[2], /remember the last search of a visitor.*Dee Frost.*src\/search\.ts/);
    assert.equal(rows.length, 3);
    await workbench.quickPickRow("last month").click();
    await workbench.quickPickRow("search products by colour").waitFor();
    await picture("ask-without-time");
    await workbench.quickPickRow("search products by colour").click();
    await workbench.pageText("search products by colour");
    await workbench.runCommand("View: Close All Editors");
  });

  test("Ask Memory… says which part left nothing", async () => {
    await workbench.runCommand("Memory: Ask Memory…");
    await workbench.fillQuickInput("what did Dee Frost do in src/price.ts?");
    await workbench.quickPickRow("Nothing for “by Dee Frost”; without it 1.").waitFor();
    await picture("ask-nothing");
    await workbench.closeQuickInput();
  });

  test("a commit of this window and what was done in it are found at once", async () => {
    await writeFile(join(session.repository, "ledger.txt"), "balanced\n");
    await git("add", "ledger.txt");
    await git("commit", "--quiet", "-m", "feat: balance the quillwort ledger");
    await untilFound("balance the quillwort ledger");
    const hash = await git("rev-parse", "HEAD");
    await ask(`what did commit ${hash.slice(0, 8)} do?`);
    await assertFirst(/quillwort ledger/);
    await ask("what did I work on today?");
    assert.equal(await unlessShown("quillwort ledger", false), undefined);
    await picture("today");
    await ask("what's the newest commit?");
    await assertFirst(/quillwort ledger/);
  });
});
