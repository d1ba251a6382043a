// The side bar and the pages of memories in a real VS Code, in both kinds of extension host.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { inEachHost } from "./eachHost.mjs";
import { Session } from "./session.mjs";
import { makeShop } from "./shopRepository.mjs";
import { SECTIONS, SideBar } from "./sideBar.mjs";

/** How long the commits of the window may take to be memories. */
const LEARNED_MS = 60_000;

/** Colours that people use: by the editor's names, the class that the window has then, and what pictures are called. */
const THEMES = [
  ["Default Light Modern", "vs", "light"],
  ["Default High Contrast", "hc-black", "contrast"],
  ["Default Dark Modern", "vs-dark", "dark"],
];

inEachHost("the side bar", (kind, host) => {
  /** @type {Session} */
  let session;
  let workbench;
  /** @type {SideBar} */
  let sideBar;
  const picture = (name) => workbench.screenshot(`${host}-views-${name}`);

  before(async () => {
    session = await Session.open(kind, { "recollect.git.learnAutomatically": true }, makeShop);
    workbench = session.workbench;
    sideBar = new SideBar(workbench);
    await untilLearned();
    await workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
  });

  after(() => session?.close());

  async function untilLearned() {
    let text;
    for (const end = Date.now() + LEARNED_MS; Date.now() < end;) {
      text = await session
        .request({
          do: "invokeTool",
          name: "recollect_memory_search",
          input: { query: "orders by mail" },
        })
        .catch((error) => `${error}`);
      if (text.split("\n").some((line) => / \| /.test(line) && line.includes("orders by mail")))
        return;
      await new Promise((settle) => setTimeout(settle, 200));
    }
    assert.fail(`not learned: ${text}`);
  }

  test("opens from the status bar, and lists what was decided", async () => {
    await sideBar.open();
    await picture("open");
    await sideBar.unfoldOnly("Decisions");
    await workbench.runCommand("Memory: Remember…");
    await workbench.fillQuickInput("We use cookies instead of sessions because they are cheaper");
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("Kept as decision");
    await sideBar.rows("Decisions", "We use cookies instead of sessions");
    await picture("decisions");
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  test("follows the editor with what is known of its file", async () => {
    await workbench.runCommand("Go to File...");
    await workbench.fillQuickInput("src/price.ts");
    await workbench.quickPickRow("price.ts").click();
    await sideBar.unfoldOnly("About This File");
    await sideBar.rows("About This File", "round prices up because of the tax office");
    await picture("file");
  });

  test("what a model would be given follows the editor, and leaves the file its rows", async () => {
    await workbench.runCommand("Memory: Show What a Model Would Be Given Here");
    await workbench.pageText("round prices up because of the tax office");
    await sideBar.rows("About This File", "round prices up because of the tax office");
    await session.request({ do: "openFile", path: "src/search.ts" });
    const given = await workbench.pageText("remember the last search of a visitor");
    await picture("context");
    assert.match(given, /About src\/search\.ts/);
    await session.request({ do: "openFile", path: "src/price.ts" });
    await workbench.pageText("About src/price.ts");
    await workbench.runCommand("View: Close All Editors");
    await session.request({ do: "openFile", path: "src/price.ts" });
  });

  test("answers what is typed, and opens a memory's page", async () => {
    await sideBar.unfoldOnly("Search");
    const frame = await workbench.webview("search");
    await frame.getByRole("searchbox").fill("who changed src/price.ts?");
    await frame.getByText("round prices up because of the tax office").first().waitFor();
    await picture("search");
    await frame.getByRole("searchbox").fill("");
    await frame.getByRole("button", { name: "Calendar, files and kinds" }).click();
    const file = frame.getByRole("button", { name: /^src\/price\.ts/ });
    await file.waitFor();
    await picture("overview");
    await file.click();
    await frame.getByRole("button", { name: "Leave out src/price.ts" }).click();
    await frame.getByRole("searchbox").fill("who changed src/price.ts?");
    await frame.getByText("round prices up because of the tax office").first().click();
    await workbench.pageText("round prices up because of the tax office");
    await picture("page");
    // What stood there of the file stays while the page is before it.
    await sideBar.unfoldOnly("About This File");
    await sideBar.rows("About This File", "round prices up because of the tax office");
  });

  test("pins a memory and shows it among the pinned ones, and an edit of it in all lists", async () => {
    await sideBar.unfoldOnly("Pinned");
    const page = await workbench.webview("page");
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await sideBar.rows("Pinned", "round prices up because of the tax office");
    await (await workbench.webview("page")).getByRole("button", { name: "Edit" }).click();
    await picture("edit");
    await (await workbench.webview("page")).getByLabel("Title").fill("Prices are rounded upwards");
    await (await workbench.webview("page")).getByRole("button", { name: "Save" }).click();
    await workbench.pageText("Prices are rounded upwards");
    await workbench.page.locator(".tab").getByText("Prices are rounded upwards").waitFor();
    await sideBar.rows("Pinned", "Prices are rounded upwards");
    await picture("pinned");
    await sideBar.pressOn("Pinned", "Prices are rounded upwards", "Unpin");
    await sideBar.row("Pinned", "Prices are rounded upwards").waitFor({ state: "detached" });
  });

  test("shows a commit as soon as it is made, above what it is about too", async () => {
    await sideBar.unfoldOnly("Today");
    const code = "export function balanceLedger() {}\n";
    await writeFile(join(session.repository, "src", "ledger.ts"), code);
    const git = (...args) => promisify(execFile)("git", args, { cwd: session.repository });
    await git("add", "src/ledger.ts");
    await git("commit", "--quiet", "-m", "feat: let balanceLedger count quillworts");
    await sideBar.rows("Today", "let balanceLedger count quillworts");
    const [first] = await sideBar.rows("Today", "Session under way");
    assert.match(first, /^Session under way/);
    await picture("live");
    for (const name of ["codeLens", "hover"])
      await session.request({ do: "setting", section: "recollect.editor", name, value: true });
    await session.request({ do: "openFile", path: "src/ledger.ts" });
    const { page } = workbench;
    await page.locator(".codelens-decoration").getByText("1 memory").waitFor();
    const hover = page.locator(".monaco-hover").getByText("let balanceLedger count");
    // The line moves as what stands above it shows up, and then nothing tells of the mouse.
    for (let attempt = 0; attempt < 10 && !(await hover.isVisible()); attempt += 1) {
      await page
        .locator(".view-line")
        .first()
        .hover({ position: { x: 2, y: 2 } });
      await page.locator(".view-line").getByText("balanceLedger").hover();
      await hover.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await hover.waitFor();
    await picture("symbols");
  });

  test("shows at once what another window of the project remembers", async () => {
    await sideBar.unfoldOnly("Decisions");
    await sideBar.unfold("Search");
    const search = await workbench.webview("search");
    await search.getByRole("searchbox").fill("saxifrage");
    await search.getByText("Known nowhere here").waitFor();
    const other = await workbench.openAnother(workbench.page.url());
    try {
      await other.runCommand("Memory: Remember…");
      await other.fillQuickInput(
        "We use shade instead of water for the saxifrage because it wilts",
      );
      await other.page.keyboard.press("Enter");
      await other.waitForText("Kept as");
      // A browser draws nothing of a tab that is behind another.
      await workbench.page.bringToFront();
      await sideBar.rows("Decisions", "water for the saxifrage");
      await search.getByText("water for the saxifrage").first().waitFor();
      await picture("otherWindow");
    } finally {
      await other.close();
    }
    await search.getByRole("searchbox").fill("");
  });

  test("keeps what an assistant proposes once its page is asked to", async () => {
    const keep = (value) =>
      session.request({ do: "setting", section: "recollect.assistants", name: "keep", value });
    await keep("ask");
    await session.request({
      ...{ do: "invokeTool", name: "recollect_memory_remember" },
      input: { text: "We water the quillworts at night because of the heat", type: "decision" },
    });
    await sideBar.row("Inbox", "water the quillworts").click();
    await workbench.pageText("An assistant proposes this.");
    await picture("proposal");
    await (await workbench.webview("page")).getByRole("button", { name: "Keep" }).click();
    await sideBar.row("Inbox", "water the quillworts").waitFor({ state: "detached" });
    await sideBar.unfoldOnly("Decisions");
    await sideBar.rows("Decisions", "water the quillworts");
    await keep("at once");
  });

  test("can be read in all colours and in little room", async () => {
    for (const section of ["Search", ...SECTIONS.slice(0, 3)]) await sideBar.unfold(section);
    for (const [value, shown, name] of THEMES) {
      const setting = { section: "workbench", name: "colorTheme", value };
      await session.request({ do: "setting", ...setting });
      await workbench.page.locator(`.monaco-workbench.${shown}`).waitFor();
      await picture(name);
    }
    await sideBar.setWidth(180);
    await picture("narrow");
  });
});
