// The page of one memory or one session.

import type { ObservationType } from "recollect-wasm";
import type {
  Page,
  PageAct,
  PageEdit,
  PageMessage,
  PageNews,
  PageRow,
  PageSection,
} from "../common/views/protocol.js";
import { element } from "./dom.js";
import { connect, wordsOfPage } from "./host.js";
import { rendered } from "./markdown.js";

const TYPES: readonly ObservationType[] = [
  "discovery",
  "decision",
  "bugfix",
  "feature",
  "refactor",
  "change",
  "command",
];

const word = wordsOfPage();
const host = connect<PageMessage, { target: unknown }>((news) => onNews(news as PageNews));
// Who shows this page again after a restart needs to know of what it is.
host.keep({ target: JSON.parse(document.body.dataset["target"] ?? "null") as unknown });

const main = element("main");
document.body.append(main);
host.tell({ do: "ready" });

function onNews(news: PageNews): void {
  if (news.kind === "gone") main.replaceChildren(element("p", {}, word("gone")));
  else if (news.isEditing === true && news.page.edit !== undefined) edit(news.page, news.page.edit);
  else show(news.page);
}

function show(page: Page): void {
  const number = numberLink(page);
  const focused = document.activeElement?.getAttribute("data-key");
  main.replaceChildren(
    element("p", { class: "kind" }, page.kindWord),
    element("h1", {}, page.title),
    ...page.warnings.map((warning) => element("p", { class: "warning", role: "status" }, warning)),
    element(
      "div",
      { class: "actions", role: "toolbar", "aria-label": word("actions") },
      ...page.actions.map(({ label, act }) => button(label, act, "action")),
      ...(page.edit === undefined ? [] : [editButton(page, page.edit)]),
    ),
    element(
      "dl",
      { class: "facts" },
      ...page.facts.flatMap((fact) => [
        element("dt", {}, fact.label),
        element("dd", {}, ...factParts(fact)),
      ]),
    ),
    ...page.sections.map((section) => shownSection(section, number)),
  );
  if (focused !== null && focused !== undefined)
    main.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
}

function factParts({ description = "", act, also }: PageRow): Node[] {
  return [
    act === undefined ? element("span", {}, description) : button(description, act, "link"),
    ...(also === undefined ? [] : [button(also.label, also.act, "link also")]),
  ];
}

function shownSection(section: PageSection, number: (label: string) => Node): HTMLElement {
  const heading = section.heading === undefined ? [] : [element("h2", {}, section.heading)];
  if (section.kind === "text")
    return element("section", {}, ...heading, rendered(section.text, number));
  if (section.kind === "raw")
    return element("section", {}, ...heading, element("pre", { class: "raw" }, section.text));
  return element(
    "section",
    {},
    ...heading,
    element(
      "ul",
      { class: "list" },
      ...section.rows.map(({ label, description, act, also, isBelow }) =>
        element(
          "li",
          { class: isBelow === true ? "below" : undefined },
          ...(description === undefined ? [] : [element("span", { class: "time" }, description)]),
          act === undefined ? label : button(label, act, "link"),
          ...(also === undefined ? [] : [button(also.label, also.act, "link also", label)]),
        ),
      ),
    ),
  );
}

function button(label: string, act: PageAct, kind: string, about?: string): HTMLButtonElement {
  return element(
    "button",
    {
      ...{ type: "button", class: kind, "data-key": act.do },
      "aria-label": about === undefined ? undefined : `${label}: ${about}`,
      click: () => host.tell(act),
    },
    label,
  );
}

function numberLink({ numberAddress }: Page): (label: string) => Node {
  return (label) =>
    numberAddress === undefined
      ? document.createTextNode(label)
      : button(
          label,
          { do: "openWeb", address: numberAddress.replace("{0}", label.slice(1)) },
          "link",
        );
}

function editButton(page: Page, values: Omit<PageEdit, "do">): HTMLButtonElement {
  return element(
    "button",
    { type: "button", class: "action", "data-key": "edit", click: () => edit(page, values) },
    word("edit"),
  );
}

/** Shows what can be changed as a form; Escape leaves it as it was. */
function edit(page: Page, { id, title, text, type }: Omit<PageEdit, "do">): void {
  const titleBox = element("input", { id: "title", type: "text", maxlength: 300 });
  titleBox.value = title;
  const textBox = element("textarea", { id: "text", rows: 14 });
  textBox.value = text;
  const typeBox = element(
    "select",
    { id: "type" },
    ...TYPES.map((one) => element("option", { value: one, selected: one === type }, word(one))),
  );
  const save = (): void => {
    const chosen = TYPES.find((one) => one === typeBox.value) ?? type;
    host.tell({ do: "edit", id, title: titleBox.value, text: textBox.value, type: chosen });
  };
  main.replaceChildren(
    element(
      "form",
      {
        submit: (event) => {
          event.preventDefault();
          save();
        },
        keydown: (event) => {
          if ((event as KeyboardEvent).key === "Escape") show(page);
        },
      },
      element("label", { for: "title" }, word("title")),
      titleBox,
      element("label", { for: "type" }, word("type")),
      typeBox,
      element("label", { for: "text" }, word("text")),
      textBox,
      element(
        "div",
        { class: "actions" },
        element("button", { type: "submit", class: "action primary" }, word("save")),
        element(
          "button",
          { type: "button", class: "action", click: () => show(page) },
          word("cancel"),
        ),
      ),
    ),
  );
  titleBox.focus();
}
