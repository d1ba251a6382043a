// A plain browser that shows one webview after the other, with an extension that the test plays.

import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { screenshotFolder } from "./editorWindow.mjs";
import { showWebview, toldBy } from "./emulatedHost.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export class WebviewBrowser {
  #browser;

  /** The page that is shown. */
  page;
  /** What went wrong in the pages. */
  problems = [];

  static async launch() {
    const shown = new WebviewBrowser();
    shown.#browser = await chromium.launch({
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
    return shown;
  }

  async close() {
    await this.#browser?.close();
  }

  /**
   * Shows a webview in place of the one before; `answer` runs in the page and gives news.
   *
   * @param {"search" | "page"} name
   * @param {(message: unknown) => unknown} answer
   * @param {{ theme?: string, width?: number, words?: Record<string, string>, state?: unknown, motion?: "reduce" | "no-preference" }} [options]
   */
  async open(name, answer, { width = 340, motion = "reduce", ...options } = {}) {
    await this.page?.close();
    const viewport = { width, height: 640 };
    this.page = await this.#browser.newPage({ viewport, reducedMotion: motion });
    this.page.on("pageerror", (error) => this.problems.push(String(error)));
    await showWebview(this.page, { name, answer, ...options });
    return this.page;
  }

  /** Tells the webview some news, as its extension does. */
  async news(news) {
    await this.page.evaluate((told) => {
      const taken = new Promise((settle) =>
        window.addEventListener("message", () => settle(undefined), { once: true }),
      );
      window.postMessage(told, "*");
      return taken;
    }, news);
  }

  /** What the webview has told its extension last of one kind. */
  async lastTold(what) {
    return (await toldBy(this.page)).findLast((message) => message.do === what);
  }

  /** What the webview keeps for when it is shown again. */
  async kept() {
    return this.page.evaluate(() => window.kept);
  }

  /** What axe-core finds that is serious. */
  async serious() {
    await this.page.addScriptTag({ path: axe });
    const { violations } = await this.page.evaluate(() => window.axe.run(document));
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  }

  async picture(name) {
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  }
}
