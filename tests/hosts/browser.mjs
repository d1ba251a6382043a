// Shows a running editor in a headless browser and uses it as a person does: keys, clicks, and reading what is on the page.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long anything on the page may take to show up. */
const SHOWN_MS = 30_000;

/** How long the first page may take, with an empty browser cache on a busy machine. */
const FIRST_PAGE_MS = 90_000;

/** Pictures for whoever looks at a failed run; git ignores them. */
export const screenshotFolder = join(dirname(fileURLToPath(import.meta.url)), "screenshots");

const WORKBENCH = ".monaco-workbench .part.statusbar";
const QUICK_INPUT = ".quick-input-widget";
const QUICK_INPUT_BOX = `${QUICK_INPUT} .quick-input-box input`;
const QUICK_INPUT_ROW = `${QUICK_INPUT} .quick-input-list .monaco-list-row`;
const CHAT = ".interactive-session";
const CHAT_INPUT = `${CHAT} .interactive-input-part .monaco-editor`;
const RESPONSE = `${CHAT} .interactive-item-container.interactive-response`;

/**
 * Opens a running editor in a browser of its own.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {string} [options.profileDir] Browser profile to keep over a restart. Default: a new one, removed by `close`.
 */
export async function openWorkbench({ url, profileDir }) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Chromium is missing; node tests/hosts/setup.mjs installs it.");
  const own = await mkdtemp(join(tmpdir(), "recollect-browser-"));
  const removeOwn = () => rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const context = await chromium.launchPersistentContext(profileDir ?? join(own, "profile"), {
      executablePath,
      headless: true,
      args: FLAGS,
      viewport: { width: 1400, height: 900 },
      locale: "en-US",
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(SHOWN_MS);
    const workbench = new Workbench(page, async () => {
      await context.close();
      await removeOwn();
    });
    await page.goto(url, { timeout: FIRST_PAGE_MS });
    await page.waitForSelector(WORKBENCH, { timeout: FIRST_PAGE_MS });
    return workbench;
  } catch (error) {
    await removeOwn();
    throw error;
  }
}

/** One window of the editor. */
export class Workbench {
  #close;

  constructor(page, close) {
    /** The page, for what has no method here. */
    this.page = page;
    this.#close = close;
  }

  /** Closes the browser; the editor keeps running. */
  async close() {
    await this.#close();
  }

  /** What "Developer: Reload Window" does: new extension hosts, same storage. */
  async reload() {
    await this.page.reload({ timeout: FIRST_PAGE_MS });
    await this.page.waitForSelector(WORKBENCH, { timeout: FIRST_PAGE_MS });
  }

  /** Picks a command in the palette by its whole title, such as "Recollect: Show Log". */
  async runCommand(title) {
    const { page } = this;
    await page.keyboard.press("F1");
    await page.waitForSelector(QUICK_INPUT_BOX);
    await page.fill(QUICK_INPUT_BOX, `>${title}`);
    // An extension's command shows up only once the editor has read its manifest.
    await this.quickPickRow(title).waitFor();
    await this.quickPickRow(title).click();
  }

  /** The row of an open quick pick that starts with a text. */
  quickPickRow(text) {
    return this.page.locator(QUICK_INPUT_ROW).filter({ has: this.page.locator(".quick-input-list-row").first(), hasText: text }).first();
  }

  /** Types into the open quick pick or input box in place of what it holds. */
  async fillQuickInput(text) {
    await this.page.waitForSelector(QUICK_INPUT_BOX);
    await this.page.fill(QUICK_INPUT_BOX, text);
  }

  /** Waits until the open quick pick lists a text and returns all rows. */
  async waitForQuickPick(text) {
    await this.quickPickRow(text).waitFor();
    return this.quickPickRows();
  }

  /** The rows of the open quick pick, as read aloud. */
  async quickPickRows() {
    return this.page.locator(QUICK_INPUT_ROW).evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /** Waits until the open quick pick lists nothing. */
  async waitForEmptyQuickPick() {
    await this.page.waitForFunction(
      ([row, progress]) => document.querySelectorAll(row).length === 0 && document.querySelector(progress) === null,
      [QUICK_INPUT_ROW, `${QUICK_INPUT} .monaco-progress-container.active`],
    );
  }

  async closeQuickInput() {
    await this.page.keyboard.press("Escape");
    await this.page.waitForSelector(QUICK_INPUT, { state: "hidden" });
  }

  /** Shows the Chat view; it stays open if it is. */
  async openChat() {
    const { page } = this;
    if (await page.locator(CHAT_INPUT).first().isVisible()) return;
    await page.keyboard.press("Control+Alt+I");
    await page.waitForSelector(CHAT_INPUT);
  }

  /** Sends a message in the Chat view and returns the text of the whole response once it is complete. */
  async ask(message, { timeoutMs = 60_000 } = {}) {
    const { page } = this;
    await this.openChat();
    const earlier = await page.locator(RESPONSE).count();
    await page.click(CHAT_INPUT);
    // A sticky participant puts its name there by itself.
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.type(message);
    // Closes the list of suggestions, which would take the Enter.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    const response = page.locator(RESPONSE).nth(earlier);
    await response.waitFor({ timeout: timeoutMs });
    await page.waitForFunction(
      ([selector, index]) => {
        const item = document.querySelectorAll(selector)[index];
        return item !== undefined && !item.classList.contains("chat-response-loading");
      },
      [RESPONSE, earlier],
      { timeout: timeoutMs },
    );
    return response.innerText();
  }

  /** The last response in the Chat view. */
  lastResponse() {
    return this.page.locator(RESPONSE).last();
  }

  /** Waits until a text stands anywhere on the page. */
  async waitForText(text, { timeoutMs = SHOWN_MS } = {}) {
    await this.page.getByText(text).first().waitFor({ timeout: timeoutMs });
  }

  /** Saves a picture of the window and returns its path. */
  async screenshot(name) {
    const path = name.endsWith(".png") ? name : join(screenshotFolder, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }
}
