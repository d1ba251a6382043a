// The side bar "Memory" of an editor that a test drives: its sections and their rows.

/** How long rows may take to show up. */
const SHOWN_MS = 15_000;

const SIDE_BAR = ".part.sidebar";

/** The sections below the search, from the top. */
export const SECTIONS = ["Today", "About This File", "Decisions", "Patterns", "Pinned"];

export class SideBar {
  #workbench;

  /** @param {import("./browser.mjs").Workbench} workbench */
  constructor(workbench) {
    this.#workbench = workbench;
  }

  get #page() {
    return this.#workbench.page;
  }

  /** Opens the side bar as a person does: by the item in the status bar. */
  async open(firstSection = "Today") {
    await this.#page.locator(".part.statusbar").getByText("Memory").first().click();
    await this.#pane(firstSection).waitFor();
  }

  /** Unfolds one section and folds all others, so that its rows have room. */
  async unfoldOnly(name) {
    for (const section of ["Search", ...SECTIONS]) await this.#fold(section, section !== name);
  }

  /** Unfolds a section. */
  async unfold(name) {
    await this.#fold(name, false);
  }

  /** The first row of a section that holds a text. */
  row(section, text) {
    return this.#pane(section).locator(".monaco-list-row").filter({ hasText: text }).first();
  }

  /** The rows of a section from the top, as read aloud, once one of them holds a text. */
  async rows(section, holding) {
    await this.row(section, holding).waitFor({ timeout: SHOWN_MS });
    // A row that comes later stands behind the others in the page, wherever it is shown.
    return this.#pane(section)
      .locator(".monaco-list-row")
      .evaluateAll((rows) =>
        rows
          .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
          .map((row) => row.getAttribute("aria-label") ?? ""),
      );
  }

  /** Presses one of the small buttons that a row shows under the mouse. */
  async pressOn(section, text, action) {
    const row = this.row(section, text);
    await row.hover();
    await row.getByRole("button", { name: action, exact: true }).first().click();
  }

  /** Gives the side bar a width in pixels by dragging its border. */
  async setWidth(width) {
    const page = this.#page;
    const part = await page.locator(SIDE_BAR).boundingBox();
    if (part === null) throw new Error("The side bar is not shown.");
    const [x, y] = [part.x + part.width, part.y + part.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(part.x + width, y, { steps: 4 });
    await page.mouse.up();
  }

  #pane(name) {
    return this.#page
      .locator(`${SIDE_BAR} .pane`)
      .filter({ has: this.#page.locator(".pane-header").getByText(name, { exact: true }) });
  }

  async #fold(name, isFolded) {
    const header = this.#pane(name).locator(".pane-header");
    const isOpen = (await header.getAttribute("aria-expanded")) === "true";
    if (isOpen === isFolded) await header.locator("h3").click();
  }
}
