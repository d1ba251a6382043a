// Makes the pictures of the README anew, from the package that `npm run package` made: node tests/hosts/readmePictures.mjs

import { join } from "node:path";
import { ownRepository } from "./ownRepository.mjs";
import { Session } from "./session.mjs";
import { makeShop } from "./shopRepository.mjs";
import { SideBar } from "./sideBar.mjs";

const DAY = 86_400_000;

/** How long the commits of the window may take to be memories. */
const LEARNED_MS = 90_000;

/** What the shop worked on in the last year, so that there is something to be seen in a calendar. */
function busyYear() {
  const things = [
    ...["the cart total", "coupon codes", "price tags", "order mails", "the tax report"],
    ...["product pictures", "the login form", "stock counts", "the invoice layout"],
  ];
  const deeds = [
    ...["fix: show {0} again after a reload", "feat: export {0} as CSV"],
    ...["perf: load {0} in half the time", "refactor: move {0} to a module of its own"],
    ...["test: cover {0} with a test", "docs: say how {0} are made up"],
  ];
  const files = [
    ...["src/cart/index.ts", "src/price.ts", "src/search.ts", "src/invoice.ts"],
    ...["src/uploads.ts", "docs/prices.md", "test/cart.test.ts"],
  ];
  const people = ["Ann Bell", "Bo Chen", "Cid Dunn", "Dee Frost"];
  const noon = new Date().setHours(12, 0, 0, 0);
  const made = [];
  // The same numbers every time: no picture is to change by chance.
  let state = 7;
  const upTo = (end) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
  for (let back = 2; back < 365; back += 1) {
    const isFree = [0, 6].includes(new Date(noon - back * DAY).getDay()) || upTo(3) === 0;
    for (let left = isFree ? 0 : upTo(5); left > 0; left -= 1) {
      const says = deeds[upTo(deeds.length)].replace("{0}", things[upTo(things.length)]);
      const changed = [files[upTo(files.length)], files[upTo(files.length)]];
      const at = noon - back * DAY + left * 1_800_000;
      made.push({ at, by: people[upTo(4)], says, files: [...new Set(changed)] });
    }
  }
  return made;
}

const session = await Session.open(
  "workspace",
  { "recollect.git.learnAutomatically": true, "workbench.colorTheme": "Default Light Modern" },
  (target) => makeShop(target, busyYear()),
);
try {
  await untilLearned();
  await chat();
  await ask();
  await sideBarAndCalendar();
} finally {
  await session.close();
}

async function untilLearned() {
  const input = { query: "how prices are rounded" };
  for (const end = Date.now() + LEARNED_MS; Date.now() < end;) {
    const text = await session
      .request({ do: "invokeTool", name: "recollect_memory_search", input })
      .catch(() => "");
    if (/ \| .*say how prices are rounded/.test(text)) return;
    await new Promise((settle) => setTimeout(settle, 500));
  }
  throw new Error("The history was not learned.");
}

async function chat() {
  const { workbench } = session;
  await workbench.ask("@memory why were orders by mail dropped?");
  const item = (of) => workbench.page.locator(`.interactive-session .interactive-${of}`).last();
  await picture("chat", [item("request"), item("response")], 4);
}

async function ask() {
  const { workbench } = session;
  await workbench.runCommand("View: Toggle Secondary Side Bar Visibility");
  await workbench.runCommand("Memory: Ask Memory…");
  await workbench.fillQuickInput("what did Dee Frost do last month?");
  await workbench.quickPickRow("remember the last search").waitFor();
  await workbench.page.mouse.move(5, 900);
  await workbench.page.waitForTimeout(800);
  await picture("ask", [workbench.page.locator(".quick-input-widget")], 4);
  await workbench.closeQuickInput();
}

async function sideBarAndCalendar() {
  const { workbench } = session;
  const { page } = workbench;
  const theme = { section: "workbench", name: "colorTheme", value: "Default Dark Modern" };
  await session.request({ do: "setting", ...theme });
  await page.locator(".monaco-workbench.vs-dark").waitFor();
  await page.setViewportSize({ width: 1180, height: 800 });
  const sideBar = new SideBar(workbench);
  await sideBar.open();
  await sideBar.setWidth(420);
  await session.request({ do: "openFile", path: "src/price.ts" });
  await sideBar.unfoldOnly("Search");
  await sideBar.unfold("About This File");
  const search = await workbench.webview("search");
  await search.getByRole("searchbox").fill("why were orders by mail dropped?");
  await search.getByText("drop orders by mail").first().click();
  await workbench.pageText("nobody used them");
  await workbench.runCommand("Notifications: Clear All Notifications");
  await page.mouse.move(800, 780);
  await page.waitForTimeout(2_000);
  await picture("side-bar", [page.locator(".part.sidebar"), page.locator(".part.editor")]);
  await sideBar.unfoldOnly("Search");
  await search.getByRole("searchbox").fill("");
  await search.getByRole("button", { name: "Calendar, files and kinds" }).click();
  await search.getByText("Kinds of remembering").waitFor();
  await sideBar.setWidth(580);
  await page.mouse.move(800, 780);
  await page.waitForTimeout(1_000);
  await picture("calendar", [page.locator(".part.sidebar")]);
}

/** Saves what some parts of the window take together. */
async function picture(name, parts, margin = 0) {
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - margin;
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + margin - x;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) + margin - y;
  await session.workbench.page.screenshot({
    path: join(ownRepository, "docs", "pictures", `${name}.png`),
    clip: { x: Math.max(0, x), y: Math.max(0, y), width, height },
  });
}
