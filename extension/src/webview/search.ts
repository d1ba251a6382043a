// The search view: what was typed goes to the extension, and rows come back.

import type { Aspect } from "recollect-wasm";
import type { SearchMessage, SearchNews, SearchPage, SearchRow } from "../common/views/protocol.js";
import { bar, element, highlighted, icon } from "./dom.js";
import { connect, wordsOfPage } from "./host.js";
import { Overview, type ChosenMark } from "./Overview.js";
import { RowList } from "./RowList.js";

/** What outlives the view when it is hidden. */
interface State {
  readonly text: string;
  readonly filters: readonly string[];
  readonly chosen?: readonly ChosenMark[];
}

/** Wait after a keystroke before searching. */
const DEBOUNCE_MS = 60;

const PIN = "M6 2h4l-.5 4L12 8v1.5H8.6L8 15l-.6-5.5H4V8l2.5-2z";

const word = wordsOfPage();
const host = connect<SearchMessage, State>((news) => onNews(news as SearchNews));

let question = 0;
/** Whether what is asked was asked before, and only its answer may be another. */
let isSame = false;
let text = host.state?.text ?? "";
let filters = new Set(host.state?.filters ?? []);
/** What was pressed in the overview. */
let chosen: readonly ChosenMark[] = host.state?.chosen ?? [];
let without: Aspect[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let hasWhy = false;
/** Rows that there are. */
let total = 0;
let isOverviewAsked = false;

const box = element("input", {
  ...{ type: "search", class: "box", placeholder: word("placeholder"), autocomplete: "off" },
  ...{ "aria-label": word("placeholder"), spellcheck: "false" },
  input: () => typed(),
  keydown: (event) => {
    const { key } = event as KeyboardEvent;
    if (key !== "ArrowDown" && key !== "Enter") return;
    event.preventDefault();
    list.focus();
  },
});
box.value = text;

/** Conditions that a press adds, by what they are called. */
const FILTERS = [
  ...["type:decision", "type:bugfix", "type:feature", "type:discovery"],
  ...["is:pinned", "since:7d", "since:30d"],
];

const filterBar = element("div", {
  ...{ class: "chips", role: "group", "aria-label": word("filters") },
  // Where they stand in one line, a wheel is all that a mouse has to reach the last of them.
  wheel: (event) => {
    const { deltaX, deltaY } = event as WheelEvent;
    if (deltaX === 0) filterBar.scrollLeft += deltaY;
  },
});
const filterChips = new Map<string, HTMLElement>();
for (const filter of FILTERS) {
  const chip = element(
    "button",
    { class: "chip", type: "button", click: () => press(filter, !filters.has(filter)) },
    word(filter),
  );
  filterChips.set(filter, chip);
  filterBar.append(chip);
}

const overview = new Overview({
  word,
  choose: (mark) => choose(mark.kind, mark),
  need: () => needOverview(),
});
const chosenBar = element("div", { class: "chips understood" });
const understood = element("div", {
  ...{ class: "chips understood", role: "group", "aria-label": word("understood") },
});
const said = element("p", { class: "said", role: "status" });
const empty = element("div", { class: "empty", hidden: true });
const why = element("section", { class: "why", "aria-label": word("why"), hidden: true });
const list = new RowList({
  label: word("results"),
  fill: fillRow,
  need: (offset) => search(offset),
  open: ({ id }) => host.tell({ do: "open", id }),
  activate: showWhy,
});
list.element.addEventListener("leave", () => box.focus());

overview.panel.addEventListener("toggle", () => showParts());
document.body.append(
  element("div", { class: "head" }, box, overview.button),
  ...[filterBar, overview.element, chosenBar, understood, said, empty],
  ...[overview.panel, list.element, why],
);
showPressed();
document.body.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && overview.isOpen) overview.toggle();
  else if (key === "Escape" && hasWhy) toggleWhy();
  else if (key === "Escape") box.focus();
});
ask();
host.tell({ do: "ready" });

function typed(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    text = box.value;
    // Another question is understood anew.
    without = [];
    ask();
  }, DEBOUNCE_MS);
}

function ask(isAgain = false): void {
  question += 1;
  isSame = isAgain;
  host.keep({ text, filters: [...filters], chosen });
  search(0);
}

function search(offset: number): void {
  const conditions = [...filters, ...chosen.map(({ filter }) => filter)];
  host.tell({ do: "search", question, text, filters: conditions, without, offset });
}

function press(filter: string, isPressed: boolean): void {
  if (isPressed) filters = new Set([...filters, filter]);
  else filters.delete(filter);
  // Two times at once would be one or the other.
  if (isPressed && isTime(filter)) chosen = chosen.filter(({ kind }) => kind !== "days");
  showPressed();
  ask();
}

function isTime(filter: string): boolean {
  return filter.startsWith("since:");
}

/** Lists what a mark stands for in place of another of its kind; without a mark, all again. */
function choose(kind: ChosenMark["kind"], mark?: ChosenMark): void {
  chosen = [...chosen.filter((one) => one.kind !== kind), ...(mark === undefined ? [] : [mark])];
  if (kind === "days") filters = new Set([...filters].filter((filter) => !isTime(filter)));
  if (overview.isOpen) overview.toggle();
  showPressed();
  ask();
}

function showPressed(): void {
  for (const [filter, chip] of filterChips)
    chip.setAttribute("aria-pressed", String(filters.has(filter)));
  chosenBar.replaceChildren(
    ...chosen.map(({ kind, label }) =>
      removableChip(label, () => {
        choose(kind);
        box.focus();
      }),
    ),
  );
}

function needOverview(): void {
  host.tell({ do: "activity", isWhole: overview.isOpen });
}

function onNews(news: SearchNews): void {
  switch (news.kind) {
    case "page":
      if (news.question === question) show(news);
      return;
    case "activity":
      overview.show(news);
      return;
    case "changed":
      needOverview();
      // Whoever reads further down keeps the place.
      if (list.element.scrollTop === 0) ask(true);
      return;
    case "ask":
      text = news.text;
      box.value = text;
      without = [];
      ask();
      box.focus();
  }
}

function show(page: SearchPage): void {
  if (page.offset === 0) {
    list.reset({ isSame });
    understood.replaceChildren(
      ...page.chips.map(({ aspect, label }) =>
        removableChip(label, () => {
          without = [...without, aspect];
          ask();
          box.focus();
        }),
      ),
    );
    said.textContent = page.sentences.join(" ");
    showEmpty(page);
  }
  list.take(page.offset, page.rows, page.total);
  // Rows come first: what is counted takes longer.
  if (!isOverviewAsked) needOverview();
  isOverviewAsked = true;
}

function removableChip(label: string, remove: () => void): HTMLElement {
  return element(
    "button",
    {
      ...{ class: "chip", type: "button", "aria-label": `${word("without")} ${label}` },
      click: remove,
    },
    label,
    element("span", { "aria-hidden": "true", class: "times" }, "×"),
  );
}

/** The overview stands where rows stand. */
function showParts(): void {
  empty.hidden = total > 0 || overview.isOpen;
  list.element.hidden = total === 0 || overview.isOpen;
  said.hidden = overview.isOpen;
  showWhy(list.active);
}

function showEmpty(page: SearchPage): void {
  ({ total } = page);
  showParts();
  const { isEmpty } = page;
  if (total > 0) return;
  const commands = isEmpty ? ["recollect.learnFromGit", "recollect.remember"] : [];
  empty.replaceChildren(
    element("p", {}, isEmpty ? word("noMemories") : word("noMatch")),
    ...commands.map((command) =>
      element(
        "button",
        { class: "action", type: "button", click: () => host.tell({ do: "run", command }) },
        word(command),
      ),
    ),
  );
}

function fillRow(target: HTMLElement, row: SearchRow | undefined): void {
  if (row === undefined) {
    target.replaceChildren(element("div", { role: "gridcell", class: "cell" }, "…"));
    return;
  }
  const title = element("div", { class: "title" });
  if (row.isPinned) title.append(icon(PIN), element("span", { class: "hidden" }, word("pinned")));
  title.append(highlighted(row.title, row.titleHighlights));
  const facts = row.isNear ? `${row.facts} · ${word("near")}` : row.facts;
  target.replaceChildren(
    element(
      "div",
      { role: "gridcell", class: "cell" },
      title,
      element("div", { class: "facts" }, facts),
      element("div", { class: "preview" }, highlighted(row.preview, row.previewHighlights)),
    ),
  );
  if (row.why.length === 0) return;
  const button = element(
    "button",
    {
      ...{ class: "whyButton", type: "button", "aria-label": `${word("why")}: ${row.title}` },
      ...{ title: word("why"), tabindex: -1 },
      click: (event) => {
        event.stopPropagation();
        showWhy(row);
        if (!hasWhy) toggleWhy();
      },
    },
    "?",
  );
  target.append(element("div", { role: "gridcell", class: "side" }, button));
}

function toggleWhy(): void {
  hasWhy = !hasWhy;
  showWhy(list.active);
}

function showWhy(row: SearchRow | undefined): void {
  why.hidden = !hasWhy || overview.isOpen || row === undefined || row.why.length === 0;
  if (row === undefined || why.hidden) return;
  why.replaceChildren(
    element(
      "div",
      { class: "head" },
      element("h2", {}, word("why")),
      element(
        "button",
        { class: "chip", type: "button", "aria-label": word("close"), click: () => toggleWhy() },
        "×",
      ),
    ),
    element("p", { class: "facts" }, row.title),
    ...(row.isNear ? [element("p", {}, word("nearWhy"))] : []),
    element(
      "dl",
      {},
      ...row.why.flatMap(({ name, value, share }) => [
        element("dt", {}, name),
        element("dd", {}, bar(share), element("span", {}, value)),
      ]),
    ),
  );
}

list.element.addEventListener("keydown", (event) => {
  if (event.key !== "?" && event.key !== "w") return;
  event.preventDefault();
  toggleWhy();
});
