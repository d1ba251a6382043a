// A repository that no folder holds, as vscode.dev and github.dev show one: its history is learned through the interface
// of the hosting service, here a stand-in of it on this machine.
//
// The tests share one browser profile and follow each other.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { placesHolding } from "./browserStorage.mjs";
import { WebEditor } from "./WebEditor.mjs";

const FOLDER = "vscode-vfs://github/team/shop";

/** Commits of the stand-in: three pages. */
const COMMITS = 230;

describe("in a window on a repository of a hosting service", () => {
  /** @type {WebEditor} */
  let editor;
  /** @type {import("./WebEditor.mjs").Tab} */
  let tab;
  let gitHub;

  before(async () => {
    editor = await WebEditor.open();
    gitHub = editor.gitHub;
    // Files take a request each, and are the subject of other tests.
    gitHub.remaining = 510;
    for (let index = 1; index <= COMMITS; index += 1)
      gitHub.commit(`fix: the counter of shelf ${index}`);
    gitHub.issue(12, "Keep the till open on Mondays", {
      body: "Because the harbour office pays then.",
      author_association: "NONE",
    });
    tab = await open();
  });

  after(() => editor?.close());

  const open = async () => {
    const opened = await editor.openTab({ folder: FOLDER });
    await opened.probe("giveToken", gitHub.token);
    return opened;
  };

  const test = (behaviour, run) =>
    it(behaviour, async (t) => {
      try {
        await run(t);
      } catch (error) {
        const name = `failed-hosted-${behaviour.replaceAll(/\W+/g, "-")}`;
        const picture = await tab?.screenshot(name).catch(() => "none");
        if (picture !== undefined) t.diagnostic(`picture: ${picture}`);
        throw error;
      }
    });

  const learn = () => tab.workbench.runCommand("Memory: Learn from Git History");
  const says = (text) => tab.workbench.waitForText(text, { timeoutMs: 60_000 });
  const answer = (label) =>
    tab.page.locator(".notification-toast .monaco-button", { hasText: label }).first().click();

  test("nothing is asked of the service before the user says yes", async () => {
    await says("Learn the history of team/shop from github.com?");
    await tab.screenshot("hosted-question");
    assert.deepEqual(gitHub.requests, []);
    await answer("Not Now");
    assert.deepEqual(gitHub.requests, []);
  });

  test("a limit of the service ends a run, which says until when, and what was learned is found", async () => {
    const reset = Math.ceil(Date.now() / 1000) + 3_600;
    gitHub.fail = (_, query) =>
      query.get("page") === "3"
        ? {
            status: 403,
            headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) },
          }
        : undefined;
    await learn();
    await tab.workbench.confirmDialog("Learn");
    await tab.workbench.confirmDialog("Allow");
    await says("Learned 200 commits.");
    await says("github.com takes no more requests until");
    await tab.screenshot("hosted-limit");
    const found = await tab.search('"counter of shelf 230"');
    assert.equal(found.length, 1);
    const asked = gitHub.requests.length;
    assert.ok(gitHub.requests.every((one) => one.startsWith("GET /repos/team/shop/")));
    await answer("Not Now");
    await tab.workbench.dismissAll();
    await learn();
    await says("Learned 0 commits");
    assert.equal(gitHub.requests.length, asked, "nothing is asked while the service rests");
  });

  test("the token is nowhere in the browser's storage", async () => {
    assert.deepEqual(await tab.page.evaluate(placesHolding, gitHub.token), []);
  });
});
