// Shows a running editor in a headless browser, and talks with it in its Chat view.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { EditorWindow, LOOK_MS, QUICK_INPUT_BOX } from "./editorWindow.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const CHAT_PART = ".part.auxiliarybar";
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
  if (executablePath === undefined)
    throw new Error("Chromium is missing; node tests/hosts/setup.mjs installs it.");
  const own = await mkdtemp(join(tmpdir(), "recollect-browser-"));
  const removeOwn = () => rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const context = await chromium.launchPersistentContext(profileDir ?? join(own, "profile"), {
      executablePath,
      headless: true,
      args: FLAGS,
      viewport: { width: 1400, height: 1100 },
      locale: "en-US",
    });
    const workbench = new Workbench(context.pages()[0] ?? (await context.newPage()), async () => {
      await context.close();
      await removeOwn();
    });
    await workbench.show(url);
    return workbench;
  } catch (error) {
    await removeOwn();
    throw error;
  }
}

/** One window of the editor, with its Chat view. */
export class Workbench extends EditorWindow {
  /**
   * Shows the Chat view; it stays open if it is.
   *
   * With a model's name it waits until the view offers that model: before that, no participant is asked anything.
   */
  async openChat({ model } = {}) {
    const { page } = this;
    if (!(await page.locator(CHAT_INPUT).first().isVisible())) {
      await page.keyboard.press("Control+Alt+I");
      await page.waitForSelector(CHAT_INPUT);
    }
    if (model !== undefined)
      await page.locator(`${CHAT} .interactive-input-part`).getByText(model).waitFor();
  }

  /** Gives the Chat view a width in pixels by dragging its border. */
  async widenChat(width) {
    const { page } = this;
    const part = await page.locator(CHAT_PART).boundingBox();
    if (part === null) throw new Error("The Chat view is not shown.");
    const borders = await page.locator(".monaco-sash.vertical:not(.disabled)").all();
    const boxes = (await Promise.all(borders.map((border) => border.boundingBox()))).filter(
      (box) => box !== null,
    );
    const distance = ({ x, width: thickness }) => Math.abs(x + thickness / 2 - part.x);
    const border = boxes.sort((a, b) => distance(a) - distance(b))[0];
    const [x, y] = [border.x + border.width / 2, part.y + part.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + part.width - width, y, { steps: 4 });
    await page.mouse.up();
  }

  /** Answers the box that asks why something is worth remembering: with a reason, or with none. */
  async answerWhy(reason = "") {
    const box = this.page.locator(`${QUICK_INPUT_BOX}[placeholder="because …"]`);
    // Its participant may have to start first.
    await box.waitFor({ timeout: 60_000 });
    await box.fill(reason);
    await box.press("Enter");
  }

  /**
   * Sends a message in the Chat view and returns the text of the whole response once it is complete.
   *
   * With `why` it answers the box that `/remember` asks for a reason with.
   */
  async ask(message, { timeoutMs = 60_000, why } = {}) {
    const { page } = this;
    await this.openChat();
    const earlier = await page.evaluate(lastIndex, RESPONSE);
    await page.click(CHAT_INPUT);
    // A sticky participant puts its name there by itself.
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(message);
    // Closes the list of suggestions, which would take the Enter.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    if (why !== undefined) await this.answerWhy(why);
    await page.waitForFunction(
      ([selector, index]) => {
        const last = [...document.querySelectorAll(selector)].at(-1);
        const isNew =
          Number(last?.closest("[data-index]")?.getAttribute("data-index") ?? -1) > index;
        return isNew && !last.classList.contains("chat-response-loading");
      },
      [RESPONSE, earlier],
      { timeout: timeoutMs, polling: LOOK_MS },
    );
    return this.lastResponse().innerText();
  }

  /** The last response in the Chat view. */
  lastResponse() {
    return this.page.locator(RESPONSE).last();
  }
}

/** Runs in the page: the place of the last response, or -1. The list holds only the rows that are in sight. */
function lastIndex(selector) {
  const last = [...document.querySelectorAll(selector)].at(-1);
  return Number(last?.closest("[data-index]")?.getAttribute("data-index") ?? -1);
}
