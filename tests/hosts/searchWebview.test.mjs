// The search view of the side bar in plain Chromium, with an extension that the test plays.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { themes, toldBy } from "./emulatedHost.mjs";
import { WebviewBrowser } from "./webviewBrowser.mjs";

const WORDS = {
  ...{ placeholder: "Ask or search", filters: "Filters", understood: "Understood" },
  ...{ results: "Memories", why: "Why this", near: "may fit", pinned: "Pinned" },
  ...{ without: "Leave out", close: "Close", noMatch: "Nothing matches.", noMemories: "Empty." },
  ...{ "type:decision": "Decisions", "type:bugfix": "Fixes", "type:feature": "Features" },
  ...{ "type:discovery": "Discoveries", "is:pinned": "Pinned", "since:7d": "7 days" },
  ...{ "since:30d": "30 days", nearWhy: "It holds less of it." },
  ...{ "recollect.learnFromGit": "Learn", "recollect.remember": "Remember…" },
  ...{ days: "By day", year: "A year", counted: "{0}, {1} memories", overview: "Overview" },
  ...{ earlier: "Earlier", later: "Later", files: "Files", sectors: "Kinds" },
};

/** Runs in the page: a hundred thousand memories; a question about a file has a chip. */
function manyMemories(message) {
  if (message.do === "activity") {
    const days = { "2024-02-29": 2 };
    for (let day = 1; day < 250; day += 1)
      if (day % 7 < 5)
        days[new Date(Date.UTC(2026, 10, 30 - day)).toISOString().slice(0, 10)] = (day * 13) % 19;
    const mark = (filter, label, count) => ({ filter, label, count });
    return {
      ...{ kind: "activity", today: "2026-11-30", days },
      files: !message.isWhole ? [] : [mark('file:"lib/kettle.js"', "lib/kettle.js", 70)],
      sectors: !message.isWhole ? [] : [mark("sector:semantic", "What is so", 30)],
    };
  }
  if (message.do !== "search") return undefined;
  const isAsked = message.text.includes("route") && !message.without.includes("file");
  const isEmpty = message.text === "empty";
  const total = isEmpty || message.text === "nothing" ? 0 : isAsked ? 40 : 100_000;
  const rows = [];
  for (let index = message.offset; index < Math.min(total, message.offset + 100); index += 1)
    rows.push({
      ...{ id: `id${index}`, title: `Kettle number ${index} of the harbour office` },
      ...{ preview: "It boils on Mondays <b>and</b> on Tuesdays, since it is blue." },
      ...{ facts: "fix · yesterday · Ann Bell", isPinned: index === 1, isNear: index > 30 },
      titleHighlights: [{ start: 0, end: 6 }],
      why:
        message.text === ""
          ? []
          : [
              { name: "Has every word", value: "yes", share: 1 },
              { name: "Words", value: "12.4", share: 0.5 },
              { name: "How new", value: "80 %", share: 0.8 },
            ],
    });
  return {
    ...{ kind: "page", question: message.question, offset: message.offset, rows, total },
    chips: isAsked ? [{ aspect: "file", label: "file lib/route.js" }] : [],
    sentences: isAsked ? ["30 that fit, 10 that may:"] : [],
    isEmpty,
  };
}

describe("the search view", () => {
  /** @type {WebviewBrowser} */
  let shown;
  /** @type {import("playwright-core").Page} */
  let page;

  before(async () => {
    shown = await WebviewBrowser.launch();
  });

  after(() => shown?.close());

  const open = async (options) => {
    page = await shown.open("search", manyMemories, { words: WORDS, ...options });
  };
  const lastTold = (what) => shown.lastTold(what);
  const row = (index) => page.locator(`.row[aria-rowindex="${index + 1}"]`);

  it("shows what was typed as chips, and leaves a part out when its chip is pressed", async () => {
    await open();
    await page.getByRole("searchbox").fill("who changed lib/route.js");
    await page.getByRole("button", { name: "Leave out file lib/route.js" }).click();
    await page.waitForFunction(() => document.querySelector(".understood .chip") === null);
    assert.deepEqual((await lastTold("search")).without, ["file"]);
  });

  it("a filter is asked for with the next search and says that it is pressed", async () => {
    await open();
    const chip = page.getByRole("button", { name: "Decisions" });
    await chip.click();
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
    assert.deepEqual((await lastTold("search")).filters, ["type:decision"]);
  });

  it("scrolls to the end of 100,000 with only what is in sight in the page", async () => {
    await open();
    await row(0).waitFor();
    await page.locator(".rows").evaluate((list) => (list.scrollTop = list.scrollHeight));
    await row(99_999).getByText("number 99999").waitFor();
    assert.ok((await page.locator(".row").count()) < 60);
    assert.equal(await page.locator(".rows").getAttribute("aria-rowcount"), "100000");
  });

  it("is used by keys alone", async () => {
    await open();
    await row(0).waitFor();
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("kettle");
    // The rows of the whole word, since those of another question begin at the first again.
    await page.waitForFunction(() => {
      const asked = window.told.findLast((message) => message.text === "kettle");
      return asked !== undefined && window.shown === asked.question;
    });
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"])
      await page.keyboard.press(key);
    assert.deepEqual(await lastTold("open"), { do: "open", id: "id2" });
    await page.keyboard.press("End");
    await row(99_999).getByText("number 99999").waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "INPUT");
  });

  it("a drag over days asks for their memories alone, and its chip takes that back", async () => {
    await open();
    const bar = page.getByRole("slider", { name: "By day" });
    const { x, y, width, height } = await bar.boundingBox();
    const over = (day) => page.mouse.move(x + ((day + 0.5) / 90) * width, y + height / 2);
    await over(10);
    await page.mouse.down();
    await over(40);
    await over(29);
    await page.mouse.up();
    assert.deepEqual((await lastTold("search")).filters, ["since:2026-09-12 before:2026-10-02"]);
    await page.getByRole("button", { name: "7 days", exact: true }).click();
    assert.deepEqual((await lastTold("search")).filters, ["since:7d"]);
    await over(0);
    await page.mouse.down();
    await page.mouse.up();
    assert.deepEqual((await lastTold("search")).filters, ["since:2026-09-02 before:2026-09-03"]);
    await page.getByRole("button", { name: "Leave out Sep 2" }).click();
    assert.deepEqual((await lastTold("search")).filters, []);
  });

  it("days are chosen by keys, and what they hold is said", async () => {
    await open();
    const bar = page.getByRole("slider", { name: "By day" });
    await bar.focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowDown"]) await page.keyboard.press(key);
    assert.match(await bar.getAttribute("aria-valuetext"), /^Nov 21 – 28, \d+ memories$/);
    await page.keyboard.press("Enter");
    assert.deepEqual((await lastTold("search")).filters, ["since:2026-11-21 before:2026-11-29"]);
  });

  it("each mark of the overview lists its memories", async () => {
    await open({ width: 480 });
    const overview = page.getByRole("button", { name: "Overview" });
    await overview.click();
    await page.getByRole("button", { name: "lib/kettle.js" }).click();
    await row(0).waitFor();
    await overview.click();
    await page.getByRole("button", { name: "What is so" }).click();
    assert.deepEqual((await lastTold("search")).filters, [
      'file:"lib/kettle.js"',
      "sector:semantic",
    ]);
    await overview.click();
    for (let year = 0; year < 2; year += 1)
      await page.getByRole("button", { name: "Earlier" }).click();
    const calendar = page.getByRole("slider", { name: "A year" });
    await calendar.locator(".mark4").click();
    const { filters } = await lastTold("search");
    assert.equal(filters.at(-1), "since:2024-02-29 before:2024-03-01");
  });

  it("says why a row stands there, with every part of its score", async () => {
    await open();
    await page.getByRole("searchbox").fill("lib/route.js");
    await page.locator(".whyButton").first().click();
    const why = page.getByRole("region", { name: "Why this" });
    assert.match(await why.innerText(), /Has every word\s+yes\s+Words\s+12\.4\s+How new\s+80 %/);
    assert.deepEqual(
      (await toldBy(page)).filter((message) => message.do === "open"),
      [],
    );
  });

  it("says of a row that only may fit why it is no better", async () => {
    await open();
    await page.getByRole("searchbox").fill("lib/route.js");
    await page.locator(".whyButton").first().click();
    const why = page.getByRole("region", { name: "Why this" });
    assert.doesNotMatch(await why.innerText(), /It holds less of it/);
    await row(0).focus();
    await page.keyboard.press("End");
    await why.getByText("It holds less of it.").waitFor();
    await page.keyboard.press("Escape");
    await why.waitFor({ state: "hidden" });
  });

  it("says that nothing matches, and where nothing is remembered what to do", async () => {
    await open();
    await page.getByRole("searchbox").fill("nothing");
    await page.getByText("Nothing matches.").waitFor();
    await page.getByRole("searchbox").fill("empty");
    await page.getByRole("button", { name: "Learn" }).click();
    assert.deepEqual(await lastTold("run"), { do: "run", command: "recollect.learnFromGit" });
  });

  it("news keep the keyboard on the memory that it is on, wherever that stands now", async () => {
    await open();
    await row(0).waitFor();
    await row(2).focus();
    await page.evaluate(() => {
      const { postMessage } = window;
      // One memory more stands before the others from now on.
      window.postMessage = (news, ...more) => {
        if (news.kind === "page" && news.offset === 0)
          news = { ...news, rows: [{ ...news.rows[0], id: "new" }, ...news.rows.slice(0, 99)] };
        return postMessage.call(window, news, ...more);
      };
    });
    await shown.news({ kind: "changed" });
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "4");
    await page.keyboard.press("Enter");
    assert.deepEqual(await lastTold("open"), { do: "open", id: "id2" });
  });

  it("whoever reads further down keeps the place when something is new", async () => {
    await open();
    await row(0).waitFor();
    await page.locator(".rows").evaluate((list) => (list.scrollTop = 30_000));
    await row(505).getByText("number 505").waitFor();
    const asked = (await lastTold("search")).question;
    await shown.news({ kind: "changed" });
    assert.equal((await lastTold("search")).question, asked);
    assert.equal(await page.locator(".rows").evaluate((list) => list.scrollTop), 30_000);
  });

  it("asks what another part of the extension wants to have asked", async () => {
    await open();
    await shown.news({ kind: "ask", text: "file:lib/route.js" });
    assert.equal(await page.getByRole("searchbox").inputValue(), "file:lib/route.js");
    assert.equal((await lastTold("search")).text, "file:lib/route.js");
  });

  it("asks again what was asked when it is shown again", async () => {
    await open();
    await page.getByRole("searchbox").fill("lib/route.js");
    await page.getByRole("button", { name: "Decisions" }).click();
    await page.waitForFunction(() => window.kept?.filters.length === 1);
    await open({ state: await shown.kept() });
    await row(0).waitFor();
    const { text, filters } = await lastTold("search");
    assert.deepEqual([text, filters], ["lib/route.js", ["type:decision"]]);
  });

  for (const theme of themes)
    it(`has no serious finding of axe-core in ${theme} colours`, async () => {
      await open({ theme });
      await page.getByRole("searchbox").fill("who changed lib/route.js");
      await page.locator(".whyButton").first().click();
      await shown.picture(`webview-search-${theme}`);
      assert.deepEqual(await shown.serious(), []);
      await page.getByRole("button", { name: "Overview" }).click();
      await page.getByRole("slider", { name: "A year" }).waitFor();
      await shown.picture(`webview-overview-${theme}`);
      assert.deepEqual(await shown.serious(), []);
    });

  it("breaks nothing in a narrow side bar", async () => {
    await open({ width: 180 });
    await page.getByRole("searchbox").fill("who changed lib/route.js");
    await page.locator(".whyButton").first().waitFor();
    await shown.picture("webview-search-narrow");
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} > ${clientWidth}`);
    assert.deepEqual(shown.problems, []);
  });
});
