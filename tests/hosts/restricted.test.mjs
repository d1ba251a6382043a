// Recollect in a folder that the user does not trust.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { filesHolding } from "./folderSearch.mjs";
import { RESTRICTED_MODE } from "./editor.mjs";
import { Session } from "./session.mjs";

describe("in Restricted Mode", () => {
  /** @type {Session} */
  let session;

  before(async () => {
    session = await Session.open("workspace", RESTRICTED_MODE);
  });

  after(() => session?.close());

  it("nothing is read from the project", async () => {
    assert.equal((await session.request({ do: "workspace" })).isTrusted, false);
    // The palette does not offer it; another extension may run it by its id.
    await session.request({ do: "runCommand", id: "recollect.learnFromGit" });
    const sentence = /Trust this folder first: in Restricted Mode nothing is read/;
    await session.workbench.waitForText(sentence);
    await session.workbench.screenshot("restricted-learn");
    await session.workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("nothing is captured", async () => {
    await session.request({ do: "openFile", path: "README.md" });
    await session.request({ do: "insert", path: "README.md", line: 0, text: "lovage\n" });
    await session.request({ do: "runCommand", id: "workbench.action.files.saveAll" });
    // Longer than an edit waits for the next one.
    await new Promise((settle) => setTimeout(settle, 4_000));
    await session.workbench.runCommand("View: Close All Editors");
    const storage = join(session.dataDir, "User", "globalStorage", "recollect.recollect");
    assert.deepEqual(await filesHolding(join(storage, "mem1"), "README.md"), []);
  });

  it("what is remembered is of low trust, and found", async () => {
    const { workbench } = session;
    await workbench.runCommand("Memory: Remember…");
    await workbench.fillQuickInput("A selfheal in a folder of strangers");
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("Remembered.");
    await workbench.runCommand("Memory: Search Memories");
    await workbench.fillQuickInput("selfheal");
    await workbench.waitForOnlyPick("selfheal in a folder of strangers");
    await workbench.page.keyboard.press("Enter");
    const text = await workbench.pageText("selfheal in a folder");
    await workbench.screenshot("restricted-memory");
    assert.match(text, /Trust low/);
  });

  it("what other extensions write through the endpoints is of low trust, and git is left alone", async () => {
    const ask = (path, body) =>
      session.request({ do: "ask", method: body === undefined ? "GET" : "POST", path, body });
    const added = await ask("/memory/add", { content: "A teasel in a folder of strangers" });
    assert.equal(added.status, 200);
    const event = { event_type: "build", content: "A teasel was built", session_id: "strangers" };
    const stored = await ask("/api/ide/events", event);
    assert.equal(stored.status, 200);
    const saved = { text: "A teasel was saved", project: "strangers" };
    assert.equal((await ask("/api/memory/save", saved)).status, 200);
    const { body } = await ask("/memory/query", { query: "teasel" });
    const ids = body.matches.map(({ id }) => id);
    assert.equal(ids.length, 3);
    assert.ok(ids.includes(added.body.id) && ids.includes(stored.body.memory_id));
    const memories = await session.request({ do: "getMemories", ids });
    assert.deepEqual(
      memories.map(({ trust }) => trust),
      ["low", "low", "low"],
    );
    // A hook of the repository would run with it.
    assert.equal((await ask("/api/branch/status")).status, 404);
    assert.equal((await ask("/api/branch/switch", { branch: "main" })).status, 404);
  });
});
