// The side bar and the pages of memories in a VS Code that has nothing but the browser, and no language model.

import { after, before, describe, it } from "node:test";
import { SideBar } from "../hosts/sideBar.mjs";
import { WebEditor } from "./WebEditor.mjs";

const BECAUSE = "We use cookies instead of sessions because they are cheaper";
const KETTLE = "The copper kettle is blue since the flood";

describe("the side bar in an editor without a server", () => {
  /** @type {WebEditor} */
  let editor;
  /** @type {import("./WebEditor.mjs").Tab} */
  let tab;
  /** @type {SideBar} */
  let sideBar;

  before(async () => {
    editor = await WebEditor.open();
    tab = await editor.openTab();
    sideBar = new SideBar(tab.workbench);
  });

  after(() => editor?.close());

  /** One test, with a picture of the tab if it fails. */
  const test = (behaviour, run) =>
    it(behaviour, async (t) => {
      try {
        await run(t);
      } catch (error) {
        const name = `failed-views-${behaviour.replaceAll(/\W+/g, "-")}`;
        t.diagnostic(`picture: ${await tab.screenshot(name).catch(() => "none")}`);
        throw error;
      }
    });

  test("opens from the status bar, and says what to do next where nothing is yet", async () => {
    await sideBar.open();
    await tab.workbench.webviewText("search", "Nothing is remembered yet.");
    await tab.screenshot("views-empty");
  });

  test("lists what was decided as soon as it is remembered", async () => {
    await sideBar.unfoldOnly("Decisions");
    await tab.remember(BECAUSE);
    await sideBar.rows("Decisions", BECAUSE);
    await tab.screenshot("views-decisions");
  });

  test("answers what is typed by the keyboard alone, and opens a page that can be changed", async () => {
    await tab.workbench.runCommand("Memory: Search in Side Bar");
    const search = await tab.workbench.webview("search");
    await search.getByRole("searchbox").fill("why cookies?");
    await search.getByText(BECAUSE).first().waitFor();
    await tab.screenshot("views-search");
    for (const key of ["ArrowDown", "Enter"]) await tab.page.keyboard.press(key);
    await tab.workbench.pageText(BECAUSE);
    const page = await tab.workbench.webview("page");
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByRole("button", { name: "Unpin", exact: true }).waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Title").fill("Cookies, and no sessions");
    await page.getByLabel("Title").press("Enter");
    await tab.workbench.pageText("Cookies, and no sessions");
    await search.getByText("Cookies, and no sessions").first().waitFor();
    await tab.screenshot("views-page");
    await sideBar.unfoldOnly("Pinned");
    await sideBar.rows("Pinned", "Cookies, and no sessions");
  });

  test("shows what another tab remembers", async () => {
    await sideBar.unfoldOnly("Today");
    const second = await editor.openTab();
    await second.remember(KETTLE);
    await second.close();
    await sideBar.rows("Today", KETTLE);
  });

  test("Ask Memory… answers without a chat and without a model", async () => {
    await tab.workbench.runCommand("Memory: Ask Memory…");
    await tab.workbench.fillQuickInput("what did I decide today?");
    await tab.workbench.quickPickRow("Cookies, and no sessions").waitFor();
    await tab.workbench.quickPickRow("today (").waitFor();
    await tab.screenshot("views-ask");
    await tab.workbench.closeQuickInput();
  });
});
