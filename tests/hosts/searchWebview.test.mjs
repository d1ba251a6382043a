// The webviews of the side bar in plain Chromium, with an extension that the test plays.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { screenshotFolder } from "./browser.mjs";
import { findChromium } from "./chromium.mjs";
import { showWebview, themes, toldBy } from "./emulatedHost.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const WORDS = {
  ...{ placeholder: "Ask or search", filters: "Filters", understood: "Understood" },
  ...{ results: "Memories", why: "Why this", near: "may fit", pinned: "Pinned" },
  ...{ without: "Leave out", close: "Close", noMatch: "Nothing matches.", noMemories: "Empty." },
  ...{ "type:decision": "Decisions", "type:bugfix": "Fixes", "type:feature": "Features" },
  ...{ "type:discovery": "Discoveries", "is:pinned": "Pinned", "since:7d": "7 days" },
  ...{ "since:30d": "30 days", actions: "Actions", edit: "Edit", title: "Title", text: "Text" },
  ...{ type: "Type", save: "Save", cancel: "Cancel", gone: "Gone.", bugfix: "fix" },
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
  const total = message.text === "nothing" ? 0 : isAsked ? 40 : 100_000;
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
    isEmpty: false,
  };
}

/** Runs in the page: one memory of a commit. */
function oneMemory(message) {
  if (message.do !== "ready") return undefined;
  const id = "id1";
  return {
    kind: "page",
    page: {
      ...{ title: "stop boiling when empty (#42)", kindWord: "fix" },
      warnings: ["Low trust: it is never recalled by itself."],
      facts: [
        { label: "When", description: "2026-11-30 09:00" },
        {
          ...{ label: "Commit", description: "4f4f4f4f4f" },
          also: { label: "Open on the web", act: { do: "openWeb", address: "https://a.example/" } },
        },
      ],
      sections: [
        {
          kind: "text",
          text: "The sensor was read **too late**, see #42.\n\n- first `read()`\n- then <img src=x onerror=alert(1)>\n\n```\nboil();\n```",
        },
        {
          ...{ kind: "rows", heading: "Files changed" },
          rows: [
            {
              ...{ label: "lib/kettle.js", act: { do: "openFile", path: "lib/kettle.js" } },
              also: { label: "Diff", act: { do: "openDiff", path: "lib/kettle.js", commit: "4f" } },
            },
          ],
        },
      ],
      actions: [
        { label: "Pin", act: { do: "pin", id, isPinned: true } },
        { label: "Forget", act: { do: "forget", id } },
      ],
      numberAddress: "https://a.example/issues/{0}",
      edit: { id, title: "stop boiling when empty (#42)", text: "The sensor.", type: "bugfix" },
    },
  };
}

describe("the webviews", () => {
  let browser, page;
  const problems = [];

  before(async () => {
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
  });

  after(() => browser?.close());

  const open = async (name, answer, { theme, width = 340 } = {}) => {
    await page?.close();
    page = await browser.newPage({ viewport: { width, height: 640 }, reducedMotion: "reduce" });
    page.on("pageerror", (error) => problems.push(String(error)));
    await showWebview(page, {
      name,
      answer,
      words: WORDS,
      ...(theme === undefined ? {} : { theme }),
    });
  };
  const picture = (name) => page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  const row = (index) => page.locator(`.row[aria-rowindex="${index + 1}"]`);
  const lastTold = async (what) => (await toldBy(page)).findLast((message) => message.do === what);

  /** What axe-core finds that is serious. */
  const serious = async () => {
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run(document));
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  };

  it("shows what was typed as chips, and leaves a part out when its chip is pressed", async () => {
    await open("search", manyMemories);
    await page.getByRole("searchbox").fill("who changed lib/route.js");
    await page.getByRole("button", { name: "Leave out file lib/route.js" }).click();
    await page.waitForFunction(() => document.querySelector(".understood .chip") === null);
    assert.deepEqual((await lastTold("search")).without, ["file"]);
  });

  it("a filter is asked for with the next search and says that it is pressed", async () => {
    await open("search", manyMemories);
    const chip = page.getByRole("button", { name: "Decisions" });
    await chip.click();
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
    assert.deepEqual((await lastTold("search")).filters, ["type:decision"]);
  });

  it("scrolls to the end of 100,000 with only what is in sight in the page", async () => {
    await open("search", manyMemories);
    await row(0).waitFor();
    await page.locator(".rows").evaluate((list) => (list.scrollTop = list.scrollHeight));
    await row(99_999).getByText("number 99999").waitFor();
    assert.ok((await page.locator(".row").count()) < 60);
    assert.equal(await page.locator(".rows").getAttribute("aria-rowcount"), "100000");
  });

  it("is used by keys alone", async () => {
    await open("search", manyMemories);
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
    await open("search", manyMemories);
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
    await open("search", manyMemories);
    const bar = page.getByRole("slider", { name: "By day" });
    await bar.focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowDown"]) await page.keyboard.press(key);
    assert.match(await bar.getAttribute("aria-valuetext"), /^Nov 21 – 28, \d+ memories$/);
    await page.keyboard.press("Enter");
    assert.deepEqual((await lastTold("search")).filters, ["since:2026-11-21 before:2026-11-29"]);
  });

  it("each mark of the overview lists its memories", async () => {
    await open("search", manyMemories, { width: 480 });
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
    await open("search", manyMemories);
    await page.getByRole("searchbox").fill("lib/route.js");
    await page.locator(".whyButton").first().click();
    const why = page.getByRole("region", { name: "Why this" });
    assert.match(await why.innerText(), /Has every word\s+yes\s+Words\s+12\.4\s+How new\s+80 %/);
    assert.deepEqual(
      (await toldBy(page)).filter((message) => message.do === "open"),
      [],
    );
  });

  it("says that nothing matches", async () => {
    await open("search", manyMemories);
    await page.getByRole("searchbox").fill("nothing");
    await page.getByText("Nothing matches.").waitFor();
  });

  it("shows a memory's text as text, and only formats it", async () => {
    await open("page", oneMemory, { width: 800 });
    await page.getByRole("heading", { name: "stop boiling when empty" }).waitFor();
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("strong").innerText(), "too late");
    assert.equal(await page.locator("pre").innerText(), "boil();");
    await page.getByRole("button", { name: "#42" }).click();
    assert.deepEqual(await lastTold("openWeb"), {
      do: "openWeb",
      address: "https://a.example/issues/42",
    });
  });

  it("tells its extension what is to be done with files, pins and edits", async () => {
    await open("page", oneMemory, { width: 800 });
    await page.getByRole("button", { name: "Diff: lib/kettle.js" }).click();
    assert.deepEqual(await lastTold("openDiff"), {
      ...{ do: "openDiff", path: "lib/kettle.js", commit: "4f" },
    });
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Title").fill("Read the sensor first");
    await page.getByRole("button", { name: "Save" }).click();
    assert.deepEqual(await lastTold("edit"), {
      ...{ do: "edit", id: "id1", title: "Read the sensor first" },
      ...{ text: "The sensor.", type: "bugfix" },
    });
  });

  for (const theme of themes)
    it(`has no serious finding of axe-core in ${theme} colours`, async (t) => {
      await open("search", manyMemories, { theme });
      await page.getByRole("searchbox").fill("who changed lib/route.js");
      await page.locator(".whyButton").first().click();
      await picture(`webview-search-${theme}`);
      assert.deepEqual(await serious(), []);
      await page.getByRole("button", { name: "Overview" }).click();
      await page.getByRole("slider", { name: "A year" }).waitFor();
      await picture(`webview-overview-${theme}`);
      assert.deepEqual(await serious(), []);
      await open("page", oneMemory, { theme, width: 800 });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await picture(`webview-page-${theme}`);
      assert.deepEqual(await serious(), []);
      await page.getByRole("button", { name: "Edit" }).click();
      assert.deepEqual(await serious(), []);
      t.diagnostic(`pictures in ${screenshotFolder}`);
    });

  it("breaks nothing in a narrow side bar", async () => {
    await open("search", manyMemories, { width: 180 });
    await page.getByRole("searchbox").fill("who changed lib/route.js");
    await page.locator(".whyButton").first().waitFor();
    await picture("webview-search-narrow");
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} > ${clientWidth}`);
    assert.deepEqual(problems, []);
  });
});
