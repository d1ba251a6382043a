// A window of a running editor in a browser, used as a person does: keys, clicks, and reading what is on the page.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How long anything on the page may take to show up. */
const SHOWN_MS = 15_000;

/** How long the first page may take, with an empty browser cache on a busy machine. */
const FIRST_PAGE_MS = 90_000;

/** How often the page is looked at; at each of its frames, as is usual, would keep it drawing. */
export const LOOK_MS = 50;

/** How long an open command palette may take to list a command that is there. */
const PALETTE_MS = 2_000;

/** Pictures for whoever looks at a failed run; git ignores them. */
export const screenshotFolder = join(dirname(fileURLToPath(import.meta.url)), "screenshots");

const WORKBENCH = ".monaco-workbench .part.statusbar";
const QUICK_INPUT = ".quick-input-widget";
export const QUICK_INPUT_BOX = `${QUICK_INPUT} .quick-input-box input`;
const QUICK_INPUT_ROW = `${QUICK_INPUT} .quick-input-list .monaco-list-row`;
const EDITOR = ".part.editor .editor-instance";

/** One window of the editor. */
export class EditorWindow {
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

  /** Shows an address of the editor in this window. */
  async show(url) {
    this.page.setDefaultTimeout(SHOWN_MS);
    await this.page.goto(url, { timeout: FIRST_PAGE_MS });
    await this.page.waitForSelector(WORKBENCH, { timeout: FIRST_PAGE_MS });
  }

  /** Opens another window in the same browser. Its `close` leaves the browser open. */
  async openAnother(url) {
    const page = await this.page.context().newPage();
    const another = new this.constructor(page, () => page.close());
    await another.show(url);
    return another;
  }

  /** Kills the process that shows the window, and shows the same address in a new one. */
  async crash() {
    const { page } = this;
    const url = page.url();
    const protocol = await page.context().newCDPSession(page);
    const hasCrashed = page.waitForEvent("crash");
    // It never answers.
    protocol.send("Page.crash").catch(() => undefined);
    await hasCrashed;
    this.page = await page.context().newPage();
    await page.close();
    await this.show(url);
  }

  /** What "Developer: Reload Window" does: new extension hosts, same storage. */
  async reload() {
    await this.page.reload({ timeout: FIRST_PAGE_MS });
    await this.page.waitForSelector(WORKBENCH, { timeout: FIRST_PAGE_MS });
  }

  /** Picks a command in the palette by its whole title, such as "Memory: Show Log". */
  async runCommand(title) {
    const { page } = this;
    const row = this.quickPickRow(title);
    for (const end = Date.now() + 2 * SHOWN_MS; ;) {
      await page.keyboard.press("F1");
      // A window that is still being made takes no keys, or closes the palette again.
      const isTyped = await page.fill(QUICK_INPUT_BOX, `>${title}`, { timeout: PALETTE_MS }).then(
        () => true,
        () => false,
      );
      if (!isTyped && Date.now() < end) continue;
      if (!isTyped) throw new Error("The command palette does not open.");
      // The palette lists what was known when it opened, and an extension's commands come a little after the window.
      const isListed = await row.waitFor({ timeout: PALETTE_MS }).then(
        () => true,
        () => false,
      );
      if (isListed) break;
      await this.closeQuickInput();
      if (Date.now() > end) throw new Error(`The command palette does not list "${title}".`);
    }
    await row.click();
    // The command's own input box takes the palette's place; what is typed before that is lost.
    await page.waitForFunction(
      (selector) => {
        const box = document.querySelector(selector);
        return box === null || box.offsetParent === null || !box.value.startsWith(">");
      },
      QUICK_INPUT_BOX,
      { polling: LOOK_MS },
    );
  }

  /** The first row of an open quick pick that holds a text. */
  quickPickRow(text) {
    return this.page.locator(QUICK_INPUT_ROW).filter({ hasText: text }).first();
  }

  /** Types into the open quick pick or input box in place of what it holds. */
  async fillQuickInput(text) {
    await this.page.waitForSelector(QUICK_INPUT_BOX);
    await this.page.fill(QUICK_INPUT_BOX, text);
  }

  /** Waits until the open quick pick lists one row alone, which holds a text, and returns that row. */
  async waitForOnlyPick(text) {
    await this.page.waitForFunction(
      ([selector, wanted]) => {
        const rows = [...document.querySelectorAll(selector)];
        return rows.length === 1 && (rows[0].getAttribute("aria-label") ?? "").includes(wanted);
      },
      [QUICK_INPUT_ROW, text],
      { polling: LOOK_MS },
    );
    return (await this.quickPickRows())[0];
  }

  /** The rows of the open quick pick, as read aloud. */
  async quickPickRows() {
    return this.page
      .locator(QUICK_INPUT_ROW)
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /** Types a path into the editor's own file dialog and accepts it. */
  async choosePath(path) {
    const widget = this.page.locator(QUICK_INPUT);
    // The dialog lists the folder it starts in first, and then shows that folder's path again,
    // whatever was typed meanwhile.
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await this.fillQuickInput(path);
      // It also looks the path up before it takes it.
      await this.page.waitForTimeout(500);
      if ((await this.page.inputValue(QUICK_INPUT_BOX)) !== path) continue;
      await this.page.keyboard.press("Enter");
      const isTaken = await widget.waitFor({ state: "hidden", timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (isTaken) return;
    }
    throw new Error(`The dialog does not take ${path}.`);
  }

  async closeQuickInput() {
    await this.page.keyboard.press("Escape");
    await this.page.waitForSelector(QUICK_INPUT, { state: "hidden" });
  }

  /** Closes whatever stands before the window, for what follows a failure. */
  async dismissAll() {
    for (let layer = 0; layer < 3; layer += 1) await this.page.keyboard.press("Escape");
  }

  /** Ticks the first row that holds a text in a quick pick for several, and accepts. */
  async tickQuickPick(text) {
    await this.quickPickRow(text)
      .locator(".quick-input-list-checkbox, .monaco-checkbox")
      .first()
      .click();
    await this.page.locator(`${QUICK_INPUT} .quick-input-action .monaco-button`).first().click();
  }

  /** Presses a button of the dialog that stands before everything else. */
  async confirmDialog(button) {
    await this.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: button, exact: true })
      .click();
  }

  /** Types into the editor as one input, so that nothing is completed or closed. */
  async typeIntoEditor(text) {
    await this.page.click(`${EDITOR} .monaco-editor .view-lines`);
    await this.page.keyboard.insertText(text);
  }

  /** Closes the editor without saving what was typed into it. */
  async discardEditor() {
    await this.runCommand("View: Revert and Close Editor");
    await this.page.waitForSelector(".part.editor .tab", { state: "detached" });
  }

  /** The text of the editor's visible lines, once they hold a text. */
  async editorText(holding) {
    return this.#textOf(`${EDITOR} .monaco-editor .view-lines`, holding);
  }

  /** The text of the page of a memory or a session, once it holds a text. */
  async pageText(holding) {
    return this.webviewText("page", holding);
  }

  /** The frame of a webview of ours, once it is there. */
  async webview(name) {
    for (const end = Date.now() + SHOWN_MS; Date.now() < end;) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .evaluate((kind) => document.body?.classList.contains(kind) === true, name)
          .catch(() => false);
        // A view that was hidden leaves a frame that is going.
        if (found && !frame.isDetached()) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview "${name}" is shown.`);
  }

  /** The text of a webview of ours, once it holds a text. */
  async webviewText(name, holding) {
    let text = "";
    for (const end = Date.now() + SHOWN_MS; Date.now() < end;) {
      const frame = await this.webview(name);
      text = await frame.evaluate(() => document.body.innerText).catch(() => "");
      if (text.replaceAll(/\s+/g, " ").includes(holding)) return text.replaceAll(/\s+/g, " ");
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The webview "${name}" did not show ${holding}, but:\n${text}`);
  }

  /** Waits until the output panel shows a channel. */
  async waitForOutput(channel) {
    await this.page.waitForFunction(
      ([selector, name]) =>
        [...document.querySelectorAll(selector)].some(
          (select) => select.selectedOptions[0]?.text === name,
        ),
      [".part.panel select", channel],
      { polling: LOOK_MS },
    );
  }

  /** The text of the output panel's visible lines, once they hold a text. */
  async outputText(holding) {
    return this.#textOf(".part.panel .monaco-editor .view-lines", holding);
  }

  /** Waits until a text stands anywhere on the page, and returns the text of the element that holds it. */
  async waitForText(text, { timeoutMs = SHOWN_MS } = {}) {
    const found = this.page.getByText(text).first();
    await found.waitFor({ timeout: timeoutMs });
    return found.innerText();
  }

  async #textOf(selector, holding) {
    // Spaces are shown as no-break spaces, and long lines are wrapped anywhere.
    const read = async () =>
      (await this.page.locator(selector).first().innerText()).replaceAll(/\s+/g, " ");
    for (const end = Date.now() + SHOWN_MS; Date.now() < end;) {
      const text = await read().catch(() => "");
      if (text.includes(holding)) return text;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`${selector} did not show ${holding}, but:\n${await read()}`);
  }

  /** Saves a picture of the window and returns its path. */
  async screenshot(name) {
    const path = name.endsWith(".png") ? name : join(screenshotFolder, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }
}
