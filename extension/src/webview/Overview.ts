import type { ActivityNews, CountedMark } from "../common/views/protocol.js";
import { DayMarks, type DayLayout } from "./DayMarks.js";
import { addDays, dayLabel, monthLabel, numberLabel, weekday } from "./days.js";
import { bar, element, icon } from "./dom.js";

/** Days of the bar. */
const BAR_DAYS = 90;

/** Weeks of the calendar. */
const WEEKS = 53;

/** Of a day in the calendar, with the gap beside it. */
const CELL = 10;

const CALENDAR = "M3 2h2v2h6V2h2v2h1v10H2V4h1V2zm0 5v6h10V7H3zm2 1h2v2H5V8zm4 0h2v2H9V8z";

export interface OverviewOptions {
  readonly word: (name: string) => string;
  /** Lists what a mark stands for. */
  readonly choose: (mark: ChosenMark) => void;
  /** The drawings are to be filled. */
  readonly need: () => void;
}

/** A mark whose memories are listed. */
export interface ChosenMark {
  /** Marks of one kind take each other's place. */
  readonly kind: "days" | "file" | "sector";
  /** As conditions of the query language. */
  readonly filter: string;
  readonly label: string;
}

/** How what is remembered spreads: the last days above the rows, and a panel with a year, files and sectors. */
export class Overview {
  /** Stands above the rows. */
  readonly element: HTMLElement;
  /** Opens and closes the panel; stands where there is always room. */
  readonly button: HTMLElement;
  /** Takes the rows' place while it is open. */
  readonly panel: HTMLElement;
  readonly #options: OverviewOptions;
  readonly #bar: DayMarks;
  readonly #year: DayMarks;
  readonly #months: HTMLElement;
  readonly #lists: HTMLElement;
  readonly #later: HTMLButtonElement;
  #news: ActivityNews | undefined;
  /** Years that the calendar is turned back. */
  #back = 0;

  constructor(options: OverviewOptions) {
    this.#options = options;
    const { word } = options;
    const marks = (name: string): DayMarks =>
      new DayMarks({
        label: word(name),
        told: (days, count) =>
          word("counted").replace("{0}", days).replace("{1}", numberLabel(count)),
        choose: (from, to) => this.#chooseDays(from, to),
      });
    this.#bar = marks("days");
    this.#year = marks("year");
    this.button = element(
      "button",
      {
        ...{ class: "overviewButton", type: "button", "aria-expanded": "false", hidden: true },
        ...{ "aria-label": word("overview"), title: word("overview") },
        click: () => this.toggle(),
      },
      icon(CALENDAR),
    );
    this.element = element("div", { class: "overview", hidden: true }, this.#bar.element);
    const turn = (name: string, sign: string, years: number): HTMLButtonElement =>
      element(
        "button",
        {
          ...{ class: "chip", type: "button", "aria-label": word(name), title: word(name) },
          click: () => this.#turn(years),
        },
        sign,
      );
    this.#later = turn("later", "›", -1);
    this.#months = element("div", { class: "months", "aria-hidden": "true" });
    this.#lists = element("div");
    this.panel = element(
      "section",
      { class: "panel", "aria-label": word("overview"), hidden: true },
      element(
        "div",
        { class: "head" },
        element("h2", {}, word("year")),
        element("span", {}, turn("earlier", "‹", 1), this.#later),
      ),
      element("div", { class: "year", tabindex: -1 }, this.#months, this.#year.element),
      this.#lists,
    );
  }

  /** Whether files and sectors are looked at. */
  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  toggle(): void {
    this.panel.hidden = !this.panel.hidden;
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.panel.dispatchEvent(new CustomEvent("toggle"));
    if (!this.isOpen) return;
    // The days are known already; files and kinds follow.
    if (this.#news !== undefined) this.show(this.#news);
    this.#options.need();
  }

  show(news: ActivityNews): void {
    this.#news = news;
    const days = Object.keys(news.days).sort();
    const newest = days.at(-1);
    this.element.hidden = this.button.hidden = newest === undefined;
    if (newest === undefined) return;
    // Of a history that nobody goes on with, the days that it ended in.
    const isOver = newest < addDays(news.today, 1 - BAR_DAYS);
    const last = isOver ? newest : news.today;
    const first = addDays(last, 1 - BAR_DAYS);
    this.#bar.show(BAR, { first, last, today: news.today }, news.days);
    if (!this.isOpen) return;
    this.#showYear(news);
    this.#lists.replaceChildren(
      ...this.#list("files", "file", news.files),
      ...this.#list("sectors", "sector", news.sectors),
    );
  }

  #showYear(news: ActivityNews): void {
    const end = addDays(news.today, -this.#back * WEEKS * 7);
    // Whole weeks, of which the last has the day that it ends with.
    const last = this.#back === 0 ? news.today : addDays(end, 6 - weekday(end));
    const first = addDays(end, -weekday(end) - (WEEKS - 1) * 7);
    this.#year.show(YEAR, { first, last, today: news.today }, news.days);
    this.#later.disabled = this.#back === 0;
    const months: HTMLElement[] = [];
    let shown = "";
    for (let week = 0; week < WEEKS; week += 1) {
      const day = addDays(first, week * 7);
      const month = day.slice(0, 7);
      // There is no room for the name of a month that ends in its first week.
      if (month !== shown && Number(day.slice(8)) <= 7 && week < WEEKS - 2) {
        const isNewYear = month.endsWith("-01");
        const label = element("span", {}, isNewYear ? month.slice(0, 4) : monthLabel(day));
        label.style.left = `${(week / WEEKS) * 100}%`;
        months.push(label);
      }
      shown = month;
    }
    this.#months.replaceChildren(...months);
    const year = this.#year.element.parentElement;
    if (year !== null) year.scrollLeft = year.scrollWidth;
  }

  #turn(years: number): void {
    this.#back = Math.max(0, this.#back + years);
    if (this.#news !== undefined) this.#showYear(this.#news);
  }

  #list(heading: string, kind: ChosenMark["kind"], marks: readonly CountedMark[]): Node[] {
    if (marks.length === 0) return [];
    const most = Math.max(...marks.map(({ count }) => count));
    const rows = marks.map(({ filter, label, count }) =>
      element(
        "li",
        {},
        element(
          "button",
          {
            ...{ class: "counted", type: "button", title: label },
            click: () => this.#options.choose({ kind, filter, label }),
          },
          element("span", { class: "name" }, element("bdi", {}, label)),
          bar(count / most),
          element("span", { class: "count" }, numberLabel(count)),
        ),
      ),
    );
    return [
      element("h2", {}, this.#options.word(heading)),
      element("ul", { class: "list" }, ...rows),
    ];
  }

  #chooseDays(from: string, to: string): void {
    // A day is before the next one begins.
    const filter = `since:${from} before:${addDays(to, 1)}`;
    const label = dayLabel(from, to, this.#news?.today ?? to);
    this.#options.choose({ kind: "days", filter, label });
  }
}

const BAR: DayLayout = {
  ...{ width: BAR_DAYS, height: 24, isStretched: true },
  box: (index, share) => {
    const height = share === 0 ? 1 : 3 + share * 21;
    return [index + 0.1, 24 - height, 0.8, height];
  },
  at: (x) => Math.floor(x),
  steps: { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -7, ArrowUp: 7, PageDown: -30, PageUp: 30 },
};

const YEAR: DayLayout = {
  ...{ width: WEEKS * CELL, height: 7 * CELL, isStretched: false },
  box: (index) => [Math.floor(index / 7) * CELL, (index % 7) * CELL, CELL - 2, CELL - 2],
  at: (x, y) => Math.floor(x / CELL) * 7 + Math.min(6, Math.max(0, Math.floor(y / CELL))),
  steps: { ArrowLeft: -7, ArrowRight: 7, ArrowDown: 1, ArrowUp: -1, PageDown: 28, PageUp: -28 },
};
