// What keeps memories private in a real editor: private sessions, undoing, encryption, folders that are no files.

import assert from "node:assert/strict";
import { join } from "node:path";
import { filesHolding } from "./folderSearch.mjs";
import { rememberByModel } from "./rememberByModel.mjs";

/** A recovery code as a dialog shows it. */
const CODE = /(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}/;

/**
 * Registers the tests.
 *
 * @param {object} suite
 * @param {(behaviour: string, run: (t: import("node:test").TestContext) => Promise<void>) => void} suite.test
 * @param {() => import("./session.mjs").Session} suite.open The session that the tests share.
 */
export function privacyTests({ test, open }) {
  const tool = (name, input, window = open()) => window.request({ do: "invokeTool", name, input });
  const find = (word, window) =>
    tool("recollect_memory_search", { query: word, project: "all" }, window);
  const storage = () => join(open().dataDir, "User", "globalStorage", "recollect.recollect");

  /** The status bar while a private session is on. */
  const privateSession = () =>
    open().workbench.page.locator(".statusbar [aria-label^='Private session']").first();

  test("in a private session nothing is stored, and memories are found", async () => {
    const { workbench } = open();
    const figwort = "@memory /remember A figwort before";
    assert.match(await workbench.ask(figwort, { why: "" }), /Remembered/);
    await workbench.runCommand("Memory: Start Private Session");
    await privateSession().waitFor();
    await workbench.screenshot(`${open().kind}-private-session`);
    const answer = await workbench.ask("@memory /remember A speedwell meanwhile");
    assert.match(answer, /Nothing was stored: a private session is on/);
    await assert.rejects(
      rememberByModel(open(), "Another speedwell by a model"),
      /private session/,
    );
    assert.match(await find("figwort"), /figwort before/);
    await workbench.runCommand("Memory: End Private Session");
    await privateSession().waitFor({ state: "detached" });
    assert.deepEqual(await filesHolding(storage(), "speedwell"), []);
  });

  test("what an assistant added is shown, and undone at once", async () => {
    const { workbench } = open();
    assert.match(await rememberByModel(open(), "A toadflax by a model"), /Remembered with id/);
    await workbench.page
      .locator(".statusbar")
      .getByText(/added by an assistant/)
      .waitFor();
    await workbench.screenshot(`${open().kind}-added-by-assistant`);
    await workbench.runCommand("Memory: Undo What Assistants Added");
    await workbench.page
      .locator(".statusbar")
      .getByText(/added by an assistant/)
      .waitFor({ state: "detached" });
    assert.doesNotMatch(await find("toadflax"), /toadflax by a model/);
  });

  test("a folder that is no files has memories too", async () => {
    const window = await open().openVirtualWindow();
    try {
      assert.equal((await window.request({ do: "workspace" })).folder, "recollect-test:/project");
      await window.workbench.runCommand("Memory: Remember…");
      await window.workbench.fillQuickInput("A loosestrife in a virtual workspace");
      await window.workbench.page.keyboard.press("Enter");
      await window.workbench.waitForText("Remembered.");
      // In its own project, without asking for all.
      const found = await tool("recollect_memory_search", { query: "loosestrife" }, window);
      assert.match(found, /loosestrife in a virtual workspace/);
      assert.doesNotMatch(found, /from other projects/);
    } finally {
      await window.close();
    }
  });

  test("encrypted memories stand in no file, are found, and need the code where the key is lost", async () => {
    const session = open();
    let { workbench } = session;
    assert.notDeepEqual(await filesHolding(storage(), "figwort before"), []);
    await workbench.runCommand("Memory: Encrypt Memories…");
    const dialog = workbench.page.locator(".monaco-dialog-box");
    const [code] = CODE.exec(await dialog.innerText()) ?? [];
    assert.ok(code, await dialog.innerText());
    await workbench.screenshot(`${session.kind}-recovery-code`);
    await workbench.confirmDialog("I Have Kept It");
    await workbench.fillQuickInput(code);
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("The memories are encrypted.");
    assert.deepEqual(await filesHolding(storage(), "figwort"), []);
    assert.match(await find("figwort"), /figwort before/);

    // A new browser has none of the secrets that the old one kept.
    await session.restart();
    ({ workbench } = session);
    // It would also ask again whether tools may run without a question.
    await session.request({
      do: "setting",
      section: "chat.tools.global",
      name: "autoApprove",
      value: false,
    });
    await workbench.page.locator(".statusbar").getByText("Memories locked").waitFor();
    await workbench.screenshot(`${session.kind}-locked`);
    await assert.rejects(find("figwort"), /locked/);
    assert.match(await workbench.ask("@memory /remember An eyebright"), /locked/);
    await workbench.runCommand("Memory: Unlock Memories…");
    await workbench.fillQuickInput(code.toLowerCase());
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("The memories are unlocked.");
    assert.match(await find("figwort"), /figwort before/);
    assert.deepEqual(await filesHolding(storage(), "eyebright"), []);
  });
}
