import type { SearchRow } from "../common/views/protocol.js";
import { element } from "./dom.js";

/** Height of a row in pixels, which the style sheet has too. */
const ROW_HEIGHT = 60;

/** Rows above and below what is in sight. */
const MARGIN = 6;

/** Rows that are asked for together. */
const PAGE = 100;

/** Whoever drags the scroll bar passes thousands of rows, which would be made for nobody. */
const ASK_AFTER_MS = 60;

/** What a list does with its rows. */
export interface RowListOptions {
  readonly label: string;
  /** Fills an element with a row, or with nothing while the row is on its way. */
  readonly fill: (target: HTMLElement, row: SearchRow | undefined) => void;
  /** Asks for the rows of a page that comes into sight. */
  readonly need: (offset: number) => void;
  readonly open: (row: SearchRow) => void;
  /** Another row is the active one. */
  readonly activate: (row: SearchRow | undefined) => void;
}

/** A list of any length of which only what is in sight exists; one row of it can be reached by Tab. */
export class RowList {
  readonly element: HTMLElement;
  readonly #space: HTMLElement;
  readonly #options: RowListOptions;
  readonly #rows = new Map<number, SearchRow>();
  readonly #shown = new Map<number, HTMLElement>();
  readonly #asked = new Set<number>();
  #total = 0;
  #active = 0;
  #isAsking = false;
  /** The row that stays the active one when the same is asked again. */
  #kept: string | undefined;

  constructor(options: RowListOptions) {
    this.#options = options;
    this.#space = element("div", { role: "presentation", class: "space" });
    this.element = element(
      "div",
      {
        ...{ role: "grid", class: "rows", "aria-label": options.label, "aria-rowcount": 0 },
        scroll: () => this.#draw(),
        keydown: (event) => this.#key(event as KeyboardEvent),
      },
      this.#space,
    );
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** The row that keys act on. */
  get active(): SearchRow | undefined {
    return this.#rows.get(this.#active);
  }

  /** Forgets all rows, for another question, or for the same one asked again. */
  reset({ isSame = false } = {}): void {
    this.#kept = isSame ? this.active?.id : undefined;
    this.#rows.clear();
    this.#asked.clear();
    this.#active = 0;
    this.element.scrollTop = 0;
  }

  /** Takes in a page of rows. */
  take(offset: number, rows: readonly SearchRow[], total: number): void {
    this.#total = total;
    this.#asked.add(offset);
    const kept = rows.findIndex(({ id }) => id === this.#kept);
    if (kept >= 0) this.#active = offset + kept;
    this.#kept = undefined;
    for (const [index, row] of rows.entries()) this.#rows.set(offset + index, row);
    this.element.setAttribute("aria-rowcount", String(total));
    this.#space.style.height = `${total * ROW_HEIGHT}px`;
    const hadFocus = this.element.contains(document.activeElement);
    for (const shown of this.#shown.values()) shown.remove();
    this.#shown.clear();
    this.#draw();
    // The row under the keyboard was made anew, and a key must not go nowhere.
    if (hadFocus) this.#shown.get(this.#active)?.focus({ preventScroll: true });
    this.#options.activate(this.active);
  }

  /** Puts the keyboard on the active row. */
  focus(): void {
    this.#reveal();
    this.#shown.get(this.#active)?.focus();
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - MARGIN);
    const last = Math.min(
      this.#total - 1,
      Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + MARGIN,
    );
    for (const [index, shown] of this.#shown) {
      if (index >= first && index <= last) continue;
      // What the keyboard is on stays, or the next key would go nowhere.
      if (shown.contains(document.activeElement)) continue;
      shown.remove();
      this.#shown.delete(index);
    }
    let isMissing = false;
    for (let index = first; index <= last; index += 1) {
      if (!this.#shown.has(index)) this.#show(index);
      isMissing ||= !this.#rows.has(index);
    }
    if (!isMissing || this.#isAsking) return;
    this.#isAsking = true;
    setTimeout(() => this.#ask(), ASK_AFTER_MS);
  }

  /** Asks for what is in sight by now: of what was passed meanwhile nobody reads a row. */
  #ask(): void {
    this.#isAsking = false;
    for (const index of this.#shown.keys()) {
      const page = index - (index % PAGE);
      if (this.#rows.has(index) || this.#asked.has(page)) continue;
      this.#asked.add(page);
      this.#options.need(page);
    }
  }

  #show(index: number): void {
    const row = this.#rows.get(index);
    const shown = element("div", {
      ...{ role: "row", class: "row", "aria-rowindex": index + 1 },
      tabindex: index === this.#active ? 0 : -1,
      "aria-selected": index === this.#active ? "true" : "false",
      click: () => {
        this.#activate(index);
        const clicked = this.#rows.get(index);
        if (clicked !== undefined) this.#options.open(clicked);
      },
      focus: () => this.#activate(index),
    });
    shown.style.top = `${index * ROW_HEIGHT}px`;
    this.#options.fill(shown, row);
    this.#shown.set(index, shown);
    this.#space.append(shown);
  }

  #activate(index: number): void {
    if (index === this.#active) return;
    this.#mark(this.#active, false);
    this.#active = index;
    this.#mark(index, true);
    this.#options.activate(this.active);
  }

  #mark(index: number, isActive: boolean): void {
    const shown = this.#shown.get(index);
    shown?.setAttribute("tabindex", isActive ? "0" : "-1");
    shown?.setAttribute("aria-selected", String(isActive));
  }

  #reveal(): void {
    const top = this.#active * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight)
      this.element.scrollTop = top + ROW_HEIGHT - clientHeight;
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 1);
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page },
      ...{ Home: -this.#total, End: this.#total },
    };
    const step = steps[event.key];
    const isOnRow = (event.target as HTMLElement).classList.contains("row");
    if (step !== undefined && this.#total > 0) {
      event.preventDefault();
      if (step === -1 && this.#active === 0 && isOnRow) {
        this.element.dispatchEvent(new CustomEvent("leave"));
        return;
      }
      this.#activate(Math.min(this.#total - 1, Math.max(0, this.#active + step)));
      this.focus();
    } else if (event.key === "Enter" && isOnRow && this.active !== undefined) {
      event.preventDefault();
      this.#options.open(this.active);
    }
  }
}
