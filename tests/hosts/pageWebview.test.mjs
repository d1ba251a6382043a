// The pages of memories, sessions and proposals in plain Chromium, with an extension that the test plays.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { themes, toldBy } from "./emulatedHost.mjs";
import { WebviewBrowser } from "./webviewBrowser.mjs";

const WORDS = {
  ...{ actions: "Actions", edit: "Edit", title: "Title", text: "Text", type: "Type" },
  ...{ save: "Save", cancel: "Cancel", gone: "Gone.", bugfix: "fix", decision: "decision" },
};

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

/** Runs in the page: what an assistant has proposed. */
function oneProposal(message) {
  if (message.do !== "ready") return undefined;
  const id = "id2";
  return {
    kind: "page",
    page: {
      ...{ title: "We water the quillworts at night", kindWord: "decision", sections: [] },
      warnings: ["An assistant proposes this. It is not recalled until you keep it."],
      facts: [{ label: "Written by", description: "an assistant" }],
      actions: [
        { label: "Keep", act: { do: "keep", id } },
        { label: "Reject", act: { do: "reject", id } },
      ],
      edit: { id, title: "We water the quillworts at night", text: "", type: "decision" },
    },
  };
}

/** Runs in the page: a session with a failure and what mended it. */
function oneSession(message) {
  if (message.do !== "ready") return undefined;
  const row = (id, label, more) => ({
    ...{ label, description: "09:05", act: { do: "openMemory", id } },
    ...more,
  });
  return {
    kind: "page",
    page: {
      ...{ title: "Mend the kettle", kindWord: "session", warnings: [], actions: [] },
      facts: [{ label: "In numbers", description: "Commits: 1 · Edits: 2" }],
      sections: [
        { kind: "text", heading: "Request", text: "Mend the kettle" },
        {
          ...{ kind: "rows", heading: "Failures, and what mended them" },
          rows: [row("f", "npm test failed"), row("m", "lib/kettle.js edited", { isBelow: true })],
        },
      ],
    },
  };
}

/** Runs in the page: what a model would be given. */
function givenContext(message) {
  if (message.do !== "ready") return undefined;
  return {
    kind: "page",
    page: {
      ...{ title: "What a model would be given here", kindWord: "preview" },
      ...{ warnings: [], actions: [] },
      facts: [{ label: "Size", description: "about 12 tokens" }],
      sections: [{ kind: "raw", text: "<recollect-context>\n**not bold**\n</recollect-context>" }],
    },
  };
}

const STATES = { oneMemory, oneProposal, oneSession, givenContext };

describe("the pages of memories", () => {
  /** @type {WebviewBrowser} */
  let shown;
  /** @type {import("playwright-core").Page} */
  let page;

  before(async () => {
    shown = await WebviewBrowser.launch();
  });

  after(() => shown?.close());

  const open = async (answer = oneMemory, options = {}) => {
    page = await shown.open("page", answer, { words: WORDS, width: 800, ...options });
    await page.getByRole("heading", { level: 1 }).or(page.getByLabel("Title")).waitFor();
  };
  const lastTold = (what) => shown.lastTold(what);
  const button = (name) => page.getByRole("button", { name, exact: true });
  /** The news with which the page was filled, with something else. */
  const again = (more, of = oneMemory) => {
    const news = of({ do: "ready" });
    return { ...news, page: { ...news.page, ...more.page }, ...more.news };
  };

  it("shows a memory's text as text, and only formats it", async () => {
    await open();
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("strong").innerText(), "too late");
    assert.equal(await page.locator("pre").innerText(), "boil();");
    await button("#42").click();
    assert.deepEqual(await lastTold("openWeb"), {
      do: "openWeb",
      address: "https://a.example/issues/42",
    });
  });

  it("tells its extension what is to be done with files and commits", async () => {
    await open();
    await button("lib/kettle.js").click();
    assert.deepEqual(await lastTold("openFile"), { do: "openFile", path: "lib/kettle.js" });
    await button("Diff: lib/kettle.js").click();
    assert.deepEqual(await lastTold("openDiff"), {
      ...{ do: "openDiff", path: "lib/kettle.js", commit: "4f" },
    });
    await button("Open on the web").click();
    assert.deepEqual(await lastTold("openWeb"), { do: "openWeb", address: "https://a.example/" });
  });

  it("an edit is told with all three fields, and what was not kept stays in the form", async () => {
    await open();
    await button("Edit").click();
    await page.getByLabel("Title").fill("Read the sensor first");
    await page.getByLabel("Type").selectOption("decision");
    await page.getByLabel("Text").fill("Because it lags.");
    await page.keyboard.press("Control+Enter");
    const edit = { do: "edit", id: "id1", title: "Read the sensor first" };
    const told = { ...edit, text: "Because it lags.", type: "decision" };
    assert.deepEqual(await lastTold("edit"), told);
    assert.equal(await page.getByLabel("Title").inputValue(), "Read the sensor first");
    await button("Save").click();
    assert.equal((await toldBy(page)).filter((message) => message.do === "edit").length, 2);
    await shown.news(again({ page: { title: told.title }, news: { isSaved: true } }));
    await page.getByRole("heading", { name: told.title }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Edit");
  });

  it("news from elsewhere take nothing away that is being typed", async () => {
    await open();
    await button("Edit").click();
    await page.getByLabel("Title").fill("Half a sent");
    await shown.news(again({ page: { warnings: ["Something is new."] } }));
    assert.equal(await page.getByLabel("Title").inputValue(), "Half a sent");
    await page.keyboard.press("Escape");
    await page.getByText("Something is new.").waitFor();
    await button("Edit").click();
    assert.notEqual(await page.getByLabel("Title").inputValue(), "Half a sent");
    // What another memory says is no longer about this form.
    await shown.news(again({}, oneProposal));
    await page.getByRole("heading", { name: "We water the quillworts" }).waitFor();
  });

  it("what is typed is still there when the page was hidden, unless it was left", async () => {
    await open();
    await button("Edit").click();
    await page.getByLabel("Text").fill("Half a sentence");
    const state = await shown.kept();
    await open(oneMemory, { state });
    assert.equal(await page.getByLabel("Text").inputValue(), "Half a sentence");
    await button("Cancel").click();
    await open(oneMemory, { state: await shown.kept() });
    await page.getByRole("heading", { level: 1 }).waitFor();
  });

  it("a form that its extension asks for is left with the page as it was", async () => {
    await open();
    await shown.news(again({ news: { isEditing: true } }));
    assert.equal(await page.evaluate(() => document.activeElement?.id), "title");
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "stop boiling when empty" }).waitFor();
    assert.equal(await lastTold("edit"), undefined);
  });

  it("a proposal is kept, changed or rejected by its buttons alone", async () => {
    await open(oneProposal);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.deepEqual(await lastTold("keep"), { do: "keep", id: "id2" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.deepEqual(await lastTold("reject"), { do: "reject", id: "id2" });
    await button("Edit").click();
    await page.getByLabel("Title").fill("We water them at dawn");
    await page.getByLabel("Title").press("Enter");
    assert.equal((await lastTold("edit")).title, "We water them at dawn");
  });

  it("forgets with an undo, and says when it is over", async () => {
    await open();
    await button("Forget").click();
    assert.deepEqual(await lastTold("forget"), { do: "forget", id: "id1" });
    const actions = [{ label: "Undo", act: { do: "undoForget", id: "id1" } }];
    await shown.news(again({ page: { actions, edit: undefined } }));
    await button("Undo").click();
    assert.deepEqual(await lastTold("undoForget"), { do: "undoForget", id: "id1" });
    await shown.news({ kind: "gone" });
    await page.getByText("Gone.").waitFor();
    assert.equal(await page.getByRole("button").count(), 0);
  });

  it("the keyboard stays on what it was on when the page is made anew", async () => {
    await open();
    await button("Diff: lib/kettle.js").focus();
    await shown.news(again({ page: { title: "another title" } }));
    await page.getByRole("heading", { name: "another title" }).waitFor();
    const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    assert.equal(label, "Diff: lib/kettle.js");
  });

  it("a session's page opens what stands in it, what mended a failure below it", async () => {
    await open(oneSession);
    await button("lib/kettle.js edited").click();
    assert.deepEqual(await lastTold("openMemory"), { do: "openMemory", id: "m" });
    assert.equal(await page.locator("li.below").innerText(), "09:05 lib/kettle.js edited");
  });

  it("what a model would be given stands there as it is", async () => {
    await open(givenContext);
    assert.match(await page.locator("pre").innerText(), /^<recollect-context>\n\*\*not bold\*\*/);
  });

  for (const theme of themes)
    it(`has no serious finding of axe-core in ${theme} colours, whatever it shows`, async () => {
      for (const [name, answer] of Object.entries(STATES)) {
        await open(answer, { theme });
        await shown.picture(`webview-page-${name}-${theme}`);
        assert.deepEqual(await shown.serious(), [], name);
      }
      await open(oneProposal, { theme });
      await button("Edit").click();
      await shown.picture(`webview-page-edit-${theme}`);
      assert.deepEqual(await shown.serious(), []);
      await shown.news({ kind: "gone" });
      assert.deepEqual(await shown.serious(), []);
    });

  it("breaks nothing in a narrow window", async () => {
    for (const answer of Object.values(STATES)) {
      await open(answer, { width: 260 });
      const room = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      assert.ok(room.scrollWidth <= room.clientWidth, JSON.stringify(room));
    }
    assert.deepEqual(shown.problems, []);
  });
});
