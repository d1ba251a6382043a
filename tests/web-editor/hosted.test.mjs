// A repository that no folder holds, as vscode.dev and github.dev show one: its history is learned through the interface
// of the hosting service, here a stand-in of it on this machine.
//
// The tests of a group share one browser profile and follow each other.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { placesHolding } from "./browserStorage.mjs";
import { WebEditor } from "./WebEditor.mjs";

const FOLDER = "vscode-vfs://github/team/shop";

const MERGED_AT = "2024-02-03T04:05:06Z";

/** Commits of the stand-in: three pages. */
const COMMITS = 230;

/** A browser with a tab on the repository, in which a test can be looked at where it fails. */
class HostedWindow {
  /** @type {WebEditor} */
  editor;
  /** @type {import("./WebEditor.mjs").Tab} */
  tab;

  get gitHub() {
    return this.editor.gitHub;
  }

  async open() {
    this.editor = await WebEditor.open();
  }

  async openTab() {
    this.tab = await this.editor.openTab({ folder: FOLDER });
    await this.tab.probe("giveToken", this.gitHub.token);
  }

  test(behaviour, run) {
    it(behaviour, async (t) => {
      try {
        await run(t);
      } catch (error) {
        const name = `failed-hosted-${behaviour.replaceAll(/\W+/g, "-")}`;
        const picture = await this.tab?.screenshot(name).catch(() => "none");
        if (picture !== undefined) t.diagnostic(`picture: ${picture}`);
        throw error;
      }
    });
  }

  learn() {
    return this.tab.workbench.runCommand("Memory: Learn from Git History");
  }

  says(text) {
    return this.tab.workbench.waitForText(text, { timeoutMs: 60_000 });
  }

  /** Presses a button of a notification. */
  async answer(label) {
    const { page, workbench } = this.tab;
    const lists = [".notifications-toasts", ".notifications-center"];
    const button = page
      .locator(lists.map((list) => `${list} .monaco-button`).join(", "), { hasText: label })
      .first();
    // A toast that nobody answers goes after some seconds; the notification is still in the list.
    const isShown = await button.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (!isShown) await workbench.runCommand("Notifications: Show Notifications");
    await button.click();
  }
}

describe("in a window on a repository of a hosting service", () => {
  const window = new HostedWindow();
  const test = window.test.bind(window);

  before(async () => {
    await window.open();
    const { gitHub } = window;
    // Files take a request each, and are the subject of other tests.
    gitHub.remaining = 510;
    for (let index = 1; index <= COMMITS; index += 1)
      gitHub.commit(`fix: the counter of shelf ${index}`);
    gitHub.issue(12, "Keep the till open on Mondays", {
      body: "Because the harbour office pays then.",
      author_association: "NONE",
    });
    await window.openTab();
  });

  after(() => window.editor?.close());

  test("nothing is asked of the service before the user says yes", async () => {
    await window.says("Learn the history of team/shop from github.com?");
    await window.tab.screenshot("hosted-question");
    assert.deepEqual(window.gitHub.requests, []);
    await window.answer("Not Now");
    assert.deepEqual(window.gitHub.requests, []);
  });

  test("a limit of the service ends a run, which says until when, and what was learned is found", async () => {
    const reset = Math.ceil(Date.now() / 1000) + 3_600;
    window.gitHub.fail = (_, query) =>
      query.get("page") === "3"
        ? {
            status: 403,
            headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) },
          }
        : undefined;
    await window.learn();
    await window.tab.workbench.confirmDialog("Learn");
    await window.tab.workbench.confirmDialog("Allow");
    await window.says("Learned 200 commits.");
    await window.says("github.com takes no more requests until");
    await window.tab.screenshot("hosted-limit");
    const found = await window.tab.search('"counter of shelf 230"');
    assert.equal(found.length, 1);
    const asked = window.gitHub.requests.length;
    assert.ok(window.gitHub.requests.every((one) => one.startsWith("GET /repos/team/shop/")));
    await window.answer("Not Now");
    await window.tab.workbench.dismissAll();
    await window.learn();
    await window.says("Learned 0 commits");
    assert.equal(window.gitHub.requests.length, asked, "nothing is asked while the service rests");
  });

  test("the token is nowhere in the browser's storage", async () => {
    assert.deepEqual(await window.tab.page.evaluate(placesHolding, window.gitHub.token), []);
  });
});

describe("where a hosting service fails, and goes on", () => {
  const window = new HostedWindow();
  const test = window.test.bind(window);
  /** How the stand-in answered. */
  const statuses = [];

  before(async () => {
    await window.open();
    const { gitHub } = window;
    gitHub.remaining = 510;
    for (let index = 1; index <= 130; index += 1)
      gitHub.commit(`fix: the counter of shelf ${index}`);
    gitHub.issue(12, "Keep the till open on Mondays", {
      body: "Because the harbour office pays then.",
    });
    gitHub.issue(13, "Weigh the parcels twice", { pull_request: { merged_at: MERGED_AT } });
    const answer = gitHub.answer.bind(gitHub);
    gitHub.answer = (...request) => {
      const given = answer(...request);
      statuses.push(given.status);
      return given;
    };
    await window.openTab();
  });

  after(() => window.editor?.close());

  test("a failure of the service ends a run, and what was learned stays", async () => {
    await window.says("Learn the history of team/shop from github.com?");
    await window.answer("Not Now");
    window.gitHub.fail = (_, query) => (query.get("page") === "2" ? { status: 502 } : undefined);
    await window.learn();
    await window.tab.workbench.confirmDialog("Learn");
    await window.tab.workbench.confirmDialog("Allow");
    await window.says("Learned 100 commits.");
    await window.says("github.com could not be reached; the rest follows the next time.");
    assert.ok(statuses.includes(502));
    assert.equal((await window.tab.search('"counter of shelf 130"')).length, 1);
  });

  test("a second yes learns the rest, and what was decided", async () => {
    window.gitHub.fail = () => undefined;
    await window.says("Learn also what was decided in merged pull requests");
    const asked = window.gitHub.requests.filter((one) => one.includes("/issues"));
    assert.deepEqual(asked, [], "nothing of that is asked before");
    await window.answer("Learn");
    await window.says("Learned 30 commits");
    await window.says("Learned 2 pull requests and issues.");
    await window.tab.screenshot("hosted-decided");
    for (const words of ['"counter of shelf 1"', "harbour office pays", '"parcels twice"'])
      assert.ok((await window.tab.search(words)).length > 0, words);
    await window.tab.workbench.dismissAll();
  });

  test("what has not changed is answered by 304, and nothing more is asked for", async () => {
    statuses.length = 0;
    const before = window.gitHub.requests.length;
    await window.learn();
    await window.says("Learned 0 commits; 130 were known already.");
    assert.ok(statuses.includes(304), statuses.join());
    const asked = window.gitHub.requests.slice(before);
    assert.ok(!asked.some((one) => one.includes("page=2")), asked.join("\n"));
    await window.tab.workbench.dismissAll();
  });

  test("a sign-in that was lost is told, and a new one goes on", async () => {
    const { gitHub } = window;
    gitHub.commit("fix: the lantern of the quay");
    gitHub.token = "another-token";
    statuses.length = 0;
    await window.learn();
    await window.says("Your sign-in at github.com is no longer valid.");
    assert.ok(statuses.includes(401), statuses.join());
    await window.tab.screenshot("hosted-sign-in");
    await window.tab.probe("giveToken", gitHub.token);
    await window.answer("Sign In Again");
    await window.tab.workbench.confirmDialog("Allow");
    await window.says("Learned 1 commit");
    assert.equal((await window.tab.search('"lantern of the quay"')).length, 1);
  });
});
