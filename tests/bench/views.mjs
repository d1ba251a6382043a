/**
 * The search view over one size of store, in plain Chromium: `views.mjs <memories>` prints JSON.
 *
 * The page is the extension's own; what it asks is answered from a store in this process, as in the extension
 * host. Times are in milliseconds by the page's clock, up to the frame that shows the rows.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import init from "recollect-wasm";
import { Memories } from "../../extension/src/common/memories/Memories.js";
import { activityNews } from "../../extension/src/common/views/activity.js";
import { searchPage } from "../../extension/src/common/views/search.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";
import { findChromium } from "../hosts/chromium.mjs";
import { showWebview } from "../hosts/emulatedHost.mjs";
import { chromium } from "../hosts/node_modules/playwright-core/index.mjs";
import { builtModule } from "./builtModule.js";
import { NOW, segments } from "./corpus.js";
import { quantile } from "./statistics.js";

/** Starts of the view, of which the median counts. */
const STARTS = 9;

/** What is typed, letter by letter. */
const TYPED = ["retry queue", "why was the cache dropped", "timeout in the worker", "file:src/"];

const size = Number(process.argv[2]);
const wasm = await builtModule();
await init({ module_or_path: wasm });
const folder = await mkdtemp(join(tmpdir(), "recollect-views-"));
try {
  console.log(JSON.stringify(await measure()));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure() {
  const seg = join(folder, "seg");
  await mkdir(seg, { recursive: true });
  for (const { name, bytes } of segments(size)) await writeFile(join(seg, name), bytes);
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const memories = new Memories({
    store: new FileSegmentStore(folder),
    readModule: () => Promise.resolve(wasm),
    app: "0.0.0",
    log: silent,
  });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--js-flags=--expose-gc"],
  });
  try {
    // Of a store that has been read; how long that takes is measured elsewhere.
    await memories.stats();
    while (memories.loadedPercent !== undefined) await new Promise((next) => setTimeout(next, 50));
    const starts = [];
    for (let start = 0; start < STARTS; start += 1) {
      const page = await open(browser, memories);
      starts.push(await page.evaluate(() => window.firstRows));
      if (start < STARTS - 1) await page.close();
      else return { memories: size, firstPaint: quantile(starts, 0.5), ...(await use(page)) };
    }
  } finally {
    await browser.close();
    await memories.dispose();
  }
}

/** The view with its first rows. */
async function open(browser, memories) {
  const page = await browser.newPage({ viewport: { width: 340, height: 640 } });
  const l10n = { t: (text, ...args) => text.replace(/\{(\d)\}/g, (_, at) => String(args[at])) };
  const place = { projects: [], now: NOW };
  await page.exposeFunction("askHost", (message) => {
    if (message.do === "activity")
      return activityNews(memories, { ...place, isWhole: message.isWhole }, l10n);
    return message.do === "search" ? searchPage(memories, message, place, l10n) : undefined;
  });
  await showWebview(page, {
    name: "search",
    answer: {
      toString: () => `(() => {
        window.began = performance.now();
        // The rows stand in the frame after the one that is being made.
        const onRows = (then) =>
          requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
        return (message) => {
          askHost(message).then((news) => {
            if (news === undefined) return;
            window.postMessage(news, "*");
            if (news.kind !== "page") return;
            onRows((at) => {
              window.firstRows ??= at - window.began;
              window.rowsOf = { text: message.text, at };
            });
          });
        };
      })()`,
    },
  });
  await page.waitForFunction(() => window.firstRows !== undefined);
  return page;
}

/** Types, scrolls to the end, and says what that took. */
async function use(page) {
  await page.evaluate(() =>
    document.addEventListener("input", ({ target, timeStamp }) => {
      window.typed = { text: target.value, at: timeStamp };
    }),
  );
  const keystrokes = [];
  const box = page.getByRole("searchbox");
  for (const text of TYPED) {
    await box.fill("");
    await box.focus();
    for (const letter of text) {
      await page.keyboard.type(letter);
      const took = await page.waitForFunction(
        () => window.rowsOf.text === window.typed?.text && window.rowsOf.at - window.typed.at,
      );
      keystrokes.push(Number(await took.jsonValue()));
    }
  }
  await box.fill("");
  await page.waitForFunction(() => window.rowsOf.text === "");
  const last = await page.evaluate(async () => {
    const list = document.querySelector(".rows");
    const total = Number(list.getAttribute("aria-rowcount"));
    for (let step = 1; step <= 200; step += 1) {
      list.scrollTop = (list.scrollHeight * step) / 200;
      await new Promise((shown) => window.requestAnimationFrame(shown));
    }
    return total;
  });
  await page.locator(`.row[aria-rowindex="${last}"] .title`).waitFor();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Performance.enable");
  await protocol.send("HeapProfiler.collectGarbage");
  const { metrics } = await protocol.send("Performance.getMetrics");
  const metric = (name) => metrics.find((one) => one.name === name)?.value ?? 0;
  return {
    keystrokeP50: quantile(keystrokes, 0.5),
    keystrokeP95: quantile(keystrokes, 0.95),
    heapBytes: metric("JSHeapUsedSize"),
    nodes: metric("Nodes"),
  };
}
