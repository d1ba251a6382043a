// One browser profile, the tabs in it that show the editor, and the server behind them.

import { mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Workbench } from "../hosts/browser.mjs";
import { findChromium } from "../hosts/chromium.mjs";
import { buildWebEditor } from "./build.mjs";
import { serveWebEditor } from "./server.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long the editor and both extensions may take to start on a busy machine. */
const START_MS = 60_000;

/** How long anything on the page may take to show up. */
const SHOWN_MS = 15_000;

/** Pictures for whoever looks at a failed run; git ignores them. */
const screenshots = join(dirname(fileURLToPath(import.meta.url)), "screenshots");

/** The editor in a browser with a profile of its own; `close` removes every trace. */
export class WebEditor {
  #server;
  #profile;
  #context;

  static async open() {
    const built = await buildWebEditor();
    const editor = new WebEditor();
    try {
      editor.#profile = await mkdtemp(join(tmpdir(), "recollect-web-editor-"));
      editor.#server = await serveWebEditor(built);
      await editor.#launch();
    } catch (error) {
      await editor.close();
      throw error;
    }
    return editor;
  }

  /**
   * Opens a tab on a folder and returns it once Recollect is active there.
   *
   * The editor tells its other tabs of a change, which is the fast way and not a promise: a deaf tab hears nothing.
   */
  async openTab({ folder = "/project", isDeaf = false } = {}) {
    const page = await this.#context.newPage();
    if (isDeaf) await page.addInitScript(hearNothing);
    page.setDefaultTimeout(SHOWN_MS);
    const tab = new Tab(page);
    await page.goto(this.#server.url(folder), { timeout: START_MS });
    await tab.waitUntilActive();
    return tab;
  }

  /** Ends the browser as a user does, or as a crash does, and starts it on the same profile. */
  async restart({ isCrash = false } = {}) {
    if (isCrash) await this.#crash();
    else await this.#context.close();
    await this.#launch();
  }

  /** The stand-in of GitHub's interface that this editor asks. */
  get gitHub() {
    return this.#server.gitHub;
  }

  async close() {
    await this.#context?.close();
    await this.#server?.stop();
    if (this.#profile !== undefined)
      await rm(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  async #launch() {
    const executablePath = findChromium();
    if (executablePath === undefined)
      throw new Error("Chromium is missing; node tests/hosts/setup.mjs installs it.");
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath,
      headless: true,
      args: FLAGS,
      viewport: { width: 1200, height: 800 },
      locale: "en-US",
    });
  }

  /** Ends the browser without giving it a chance to write anything more. */
  async #crash() {
    const ended = new Promise((settle) => this.#context.once("close", settle));
    // A running browser names its machine and its process here: `host-1234`.
    const lock = await readlink(join(this.#profile, "SingletonLock"));
    process.kill(Number(lock.split("-").at(-1)), "SIGKILL");
    await ended;
  }
}

/** Runs in the page before the editor does. */
function hearNothing() {
  globalThis.BroadcastChannel.prototype.addEventListener = () => undefined;
}

/** One tab. */
export class Tab {
  constructor(page) {
    this.page = page;
    /** Uses the editor as a person does. */
    this.workbench = new Workbench(page, () => page.close());
  }

  /** Reloads the tab: a new extension host on the same storage. */
  async reload() {
    await this.page.reload({ timeout: START_MS });
    await this.waitUntilActive();
  }

  async close() {
    await this.page.close();
  }

  async waitUntilActive() {
    for (const end = Date.now() + START_MS; Date.now() < end;) {
      const report = await this.page.evaluate(() =>
        globalThis.executeCommand?.("probe.report").catch(() => undefined),
      );
      if (report?.isActive === true) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`Recollect was not active within ${START_MS / 1000} s.`);
  }

  /** Runs a command of the probe in this tab's extension host. */
  async probe(command, ...args) {
    return this.page.evaluate(
      (all) => globalThis.executeCommand(...all),
      [`probe.${command}`, ...args],
    );
  }

  /** Remembers a text as a person does, and returns once the editor has said so. */
  async remember(text) {
    const said = this.page.getByText("Remembered.").first();
    // What was said about an earlier text is shown for some seconds.
    await said.waitFor({ state: "hidden" });
    await this.workbench.runCommand("Memory: Remember…");
    await this.workbench.fillQuickInput(text);
    await this.page.keyboard.press("Enter");
    await said.waitFor();
  }

  /** Searches as a person does, and returns once a memory with this text is the only one listed. */
  async searchAndFind(words, text, { picture } = {}) {
    await this.workbench.runCommand("Memory: Search Memories");
    await this.workbench.fillQuickInput(words);
    await this.workbench.waitForOnlyPick(text);
    if (picture !== undefined) await this.screenshot(picture);
    await this.workbench.closeQuickInput();
  }

  /** Forgets as a person does what contains a text, which is one memory, and returns once the editor asked and was told. */
  async forgetContaining(text) {
    await this.workbench.runCommand("Memory: Forget…");
    await this.workbench.quickPickRow("All that contain a text").click();
    await this.workbench.fillQuickInput(text);
    await this.page.keyboard.press("Enter");
    await this.workbench.quickPickRow("Forget 1 memory").click();
    await this.workbench.confirmDialog("Forget");
  }

  /** Searches all projects as an assistant does; one line for each memory, with its title at the end. */
  async search(query, options = {}) {
    const answer = await this.probe("invokeTool", "recollect_memory_search", {
      query,
      project: "all",
      limit: 100,
      ...options,
    });
    return answer.split("\n").filter((line) => /^[0-9a-f-]{8,36} \| /.test(line));
  }

  async screenshot(name) {
    return this.workbench.screenshot(join(screenshots, `${name}.png`));
  }
}
