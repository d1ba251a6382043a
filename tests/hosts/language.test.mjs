// The extension in an editor that speaks German, in both kinds of extension host: its manifest, its messages and its webviews.

import { after, before, test } from "node:test";
import { inEachHost } from "./eachHost.mjs";
import { Session } from "./session.mjs";
import { makeShop } from "./shopRepository.mjs";
import { SideBar } from "./sideBar.mjs";

inEachHost("an editor in German", (kind, host) => {
  /** @type {Session} */
  let session;
  let workbench;

  before(async () => {
    session = await Session.open(kind, {}, makeShop, "de");
    workbench = session.workbench;
    await workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
  });

  after(() => session?.close());

  test("names views and commands, tells what it kept, and labels a webview in German", async () => {
    await workbench.runCommand("Memory: Merken…");
    await workbench.fillQuickInput("We use cookies instead of sessions because they are cheaper");
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText("Behalten als Entscheidung: „We use cookies");
    // Once its search has the keyboard, the palette may not get the key.
    await new SideBar(workbench).open("Heute");
    const search = await workbench.webview("search");
    await search.getByPlaceholder("Fragen oder suchen").waitFor();
    await workbench.screenshot(`${host}-language-german`);
  });
});
