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

type Values = Omit<PageEdit, "do">;

/** What outlives the page when it is hidden. */
interface State {
  readonly target: unknown;
  readonly draft?: Values;
}

const word = wordsOfPage();
const host = connect<PageMessage, State>((news) => onNews(news as PageNews));
// Who shows this page again after a restart needs to know of what it is.
const target = JSON.parse(document.body.dataset["target"] ?? "null") as unknown;
/** What was typed before the page was hidden, which takes everything else away. */
let draft = host.state?.draft;
keep(draft);

const main = element("main");
document.body.append(main);
host.tell({ do: "ready" });

/** Id of the memory that is being changed, if one is. */
let edited: string | undefined;
/** What is shown once nobody changes it any more. */
let latest: Page | undefined;

function keep(values: Values | undefined): void {
  draft = values;
  host.keep({ target, ...(values === undefined ? {} : { draft: values }) });
}

function onNews(news: PageNews): void {
  if (news.kind === "gone") {
    edited = undefined;
    main.replaceChildren(element("p", {}, word("gone")));
    return;
  }
  const { page, isEditing, isSaved } = news;
  latest = page;
  // What happens elsewhere must not take away what somebody is typing.
  if (edited !== undefined && edited === page.edit?.id && isSaved !== true) return;
  const typed = draft !== undefined && draft.id === page.edit?.id ? draft : undefined;
  if (page.edit !== undefined && isSaved !== true && (isEditing === true || typed !== undefined))
    edit(typed ?? page.edit);
  else show(page, edited === undefined ? undefined : "edit");
}

/** Shows a page, with the keyboard on the button of a key, or else where it was. */
function show(page: Page, key = document.activeElement?.getAttribute("data-key")): void {
  edited = undefined;
  if (draft !== undefined) keep(undefined);
  const number = numberLink(page);
  main.replaceChildren(
    element("p", { class: "kind" }, page.kindWord),
    element("h1", {}, page.title),
    ...page.warnings.map((warning) => element("p", { class: "warning", role: "status" }, warning)),
    element(
      "div",
      { class: "actions", role: "toolbar", "aria-label": word("actions") },
      ...page.actions.map(({ label, act }) => button(label, act, "action")),
      ...(page.edit === undefined ? [] : [editButton(page.edit)]),
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
  if (key !== null && key !== undefined)
    main.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** Names what a button does, the same when the page is made anew. */
function keyOf(act: PageAct): string {
  if ("path" in act) return `${act.do} ${act.path}`;
  if ("address" in act) return `${act.do} ${act.address}`;
  return act.do === "openMemory" ? `${act.do} ${act.id}` : act.do;
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
          ...(description === undefined
            ? []
            : [element("span", { class: "time" }, description), " "]),
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
      ...{ type: "button", class: kind, "data-key": keyOf(act) },
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

function editButton(values: Values): HTMLButtonElement {
  return element(
    "button",
    { type: "button", class: "action", "data-key": "edit", click: () => edit(values) },
    word("edit"),
  );
}

/** Shows what can be changed as a form; Escape leaves it as it was. */
function edit({ id, title, text, type }: Values): void {
  edited = id;
  const titleBox = element("input", { id: "title", type: "text", maxlength: 300 });
  titleBox.value = title;
  const textBox = element("textarea", { id: "text", rows: 14 });
  textBox.value = text;
  const typeBox = element(
    "select",
    { id: "type" },
    ...TYPES.map((one) => element("option", { value: one, selected: one === type }, word(one))),
  );
  const leave = (): void => {
    if (latest !== undefined) show(latest, "edit");
  };
  const values = (): Values => ({
    ...{ id, title: titleBox.value, text: textBox.value },
    type: TYPES.find((one) => one === typeBox.value) ?? type,
  });
  const save = (): void => host.tell({ do: "edit", ...values() });
  main.replaceChildren(
    element(
      "form",
      {
        input: () => keep(values()),
        submit: (event) => {
          event.preventDefault();
          save();
        },
        keydown: (event) => {
          const { key, ctrlKey, metaKey, isComposing } = event as KeyboardEvent;
          if (key === "Escape" && !isComposing) leave();
          // Enter alone is a line of the text.
          else if (key === "Enter" && (ctrlKey || metaKey)) save();
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
        element("button", { type: "button", class: "action", click: leave }, word("cancel")),
      ),
    ),
  );
  titleBox.focus();
}
