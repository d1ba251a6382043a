// The search view: what was typed goes to the extension, and rows come back.

import type { Aspect } from "recollect-wasm";
import type { SearchMessage, SearchNews, SearchPage, SearchRow } from "../common/views/protocol.js";
import { bar, element, highlighted, icon } from "./dom.js";
import { connect, wordsOfPage } from "./host.js";
import { RowList } from "./RowList.js";

/** What outlives the view when it is hidden. */
interface State {
  readonly text: string;
  readonly filters: readonly string[];
}

/** Wait after a keystroke before searching. */
const DEBOUNCE_MS = 60;

const PIN = "M6 2h4l-.5 4L12 8v1.5H8.6L8 15l-.6-5.5H4V8l2.5-2z";

const word = wordsOfPage();
const host = connect<SearchMessage, State>((news) => onNews(news as SearchNews));

let question = 0;
let text = host.state?.text ?? "";
let filters = new Set(host.state?.filters ?? []);
let without: Aspect[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let hasWhy = false;

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

const filterBar = element("div", { class: "chips", role: "group", "aria-label": word("filters") });
for (const filter of FILTERS) {
  const chip = element(
    "button",
    { class: "chip", type: "button", "aria-pressed": String(filters.has(filter)) },
    word(filter),
  );
  chip.addEventListener("click", () => {
    if (filters.has(filter)) filters.delete(filter);
    else filters = new Set([...filters.values(), filter]);
    chip.setAttribute("aria-pressed", String(filters.has(filter)));
    ask();
  });
  filterBar.append(chip);
}

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

document.body.append(box, filterBar, understood, said, empty, list.element, why);
document.body.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && hasWhy) toggleWhy();
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

function ask(): void {
  question += 1;
  host.keep({ text, filters: [...filters] });
  search(0);
}

function search(offset: number): void {
  host.tell({ do: "search", question, text, filters: [...filters], without, offset });
}

function onNews(news: SearchNews): void {
  switch (news.kind) {
    case "page":
      if (news.question === question) show(news);
      return;
    case "changed":
      // Whoever reads further down keeps the place.
      if (list.element.scrollTop === 0) ask();
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
    list.reset();
    understood.replaceChildren(
      ...page.chips.map(({ aspect, label }) =>
        element(
          "button",
          {
            ...{ class: "chip", type: "button", "aria-label": `${word("without")} ${label}` },
            click: () => {
              without = [...without, aspect];
              ask();
              box.focus();
            },
          },
          label,
          element("span", { "aria-hidden": "true", class: "times" }, "×"),
        ),
      ),
    );
    said.textContent = page.sentences.join(" ");
    showEmpty(page);
  }
  list.take(page.offset, page.rows, page.total);
}

function showEmpty({ total, isEmpty }: SearchPage): void {
  empty.hidden = total > 0;
  list.element.hidden = total === 0;
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
  why.hidden = !hasWhy || row === undefined || row.why.length === 0;
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
