import * as vscode from "vscode";
import { toTranslate } from "../../common/Localize.js";
import type { Answer, Hit, Understood } from "recollect-wasm";
import { describe } from "../../common/Log.js";
import { LISTED_KINDS } from "../../common/recall/listedKinds.js";
import { detailText } from "../../common/recall/previewText.js";
import {
  chips,
  fittingLine,
  noteSentences,
  understandingLine,
} from "../../common/recall/understanding.js";
import { formatDate, oneLine } from "../../common/text/plainText.js";
import { typeWord } from "../../common/views/memoryRow.js";
import type { App } from "../App.js";
import { askHere } from "./askHere.js";
import { sentenceAbout } from "../errors.js";
import { withoutIcons } from "./memoryPick.js";
import { loadingNote } from "./presentation.js";

/** A row of the list. */
interface Row extends vscode.QuickPickItem {
  /** What picking it does; a row without it says something. */
  readonly act?: Act;
}

type Act =
  | { readonly open: string }
  | { readonly ask: string }
  | { readonly toggle: Understood }
  | { readonly run: string };

/** Wait after a keystroke before asking. */
const DEBOUNCE_MS = 80;

/** While a large store is being read, the question is asked again after this long. */
const LOADING_POLL_MS = 1_000;

/** Memories listed at once. */
const MAX_HITS = 50;

/** With what a list of answers begins. */
export interface Asked {
  readonly question?: string;
  /** What is understood of it and does not count. */
  readonly without?: readonly Understood[];
}

/**
 * Answers questions in a list while they are typed, without a chat or a model. What was understood
 * are its first rows: picking one asks again without it. Gives the id of the memory that was picked.
 */
export function pickAnswer(
  app: App,
  { question = "", without = [] }: Asked = {},
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Row>();
  const placeholder = vscode.l10n.t("Ask what was done, decided, fixed or learned");
  pick.placeholder = placeholder;
  pick.value = question;
  keepOrder(pick);
  const taken = new Map(without.map((part) => [part.aspect, part]));
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async (): Promise<void> => {
    const asking = (newest += 1);
    pick.busy = true;
    try {
      const text = pick.value.trim();
      const rows =
        text === "" ? await rowsOfNothing(app) : await rowsOf(app, text, [...taken.values()]);
      if (asking !== newest) return;
      pick.placeholder = placeholder;
      pick.title = rows.title;
      pick.items = rows.items;
      pick.activeItems = rows.items
        .filter(({ act }) => act !== undefined && "open" in act)
        .slice(0, 1);
      if (loadingNote(app) !== undefined) timer = setTimeout(() => void ask(), LOADING_POLL_MS);
    } catch (error) {
      app.log.error(describe(error));
      pick.placeholder =
        sentenceAbout(error) ?? vscode.l10n.t("Searching failed. The log says why.");
    } finally {
      if (asking === newest) pick.busy = false;
    }
  };

  return new Promise((resolve) => {
    const subscriptions = [
      pick,
      pick.onDidChangeValue(() => {
        // Another question is understood anew.
        taken.clear();
        clearTimeout(timer);
        timer = setTimeout(() => void ask(), DEBOUNCE_MS);
      }),
      pick.onDidAccept(() => {
        const act = pick.activeItems[0]?.act;
        if (act === undefined) return;
        if ("open" in act) {
          resolve(act.open);
          pick.hide();
        } else if ("run" in act) {
          pick.hide();
          void vscode.commands.executeCommand(act.run);
        } else if ("ask" in act) {
          pick.value = act.ask;
          void ask();
        } else {
          if (!taken.delete(act.toggle.aspect)) taken.set(act.toggle.aspect, act.toggle);
          void ask();
        }
      }),
      pick.onDidHide(() => {
        clearTimeout(timer);
        newest += 1;
        for (const subscription of subscriptions) subscription.dispose();
        resolve(undefined);
      }),
    ];
    pick.show();
    void ask();
  });
}

interface Rows {
  readonly title: string | undefined;
  readonly items: readonly Row[];
}

/** Before anything is typed: what can be asked, and the latest memories. */
async function rowsOfNothing(app: App): Promise<Rows> {
  const projects = await app.projects.atHand();
  const { hits } = await app.memories.recent({
    ...(projects.length === 0 ? {} : { projects: projects.map(({ id }) => id) }),
    kinds: LISTED_KINDS,
    limit: MAX_HITS,
  });
  const title = loadingNote(app);
  if (hits.length === 0) {
    const canLearn = vscode.workspace.isTrusted && projects.length > 0;
    return {
      title,
      items: [said(vscode.l10n.t("No memories yet")), ...(canLearn ? [learn()] : [])],
    };
  }
  const { file } = app.projects.near(undefined);
  const questions = [
    toTranslate("What did I work on this week?"),
    ...(file === undefined ? [] : [toTranslate("What changed in this file?")]),
    toTranslate("What was decided lately?"),
  ];
  return {
    title,
    items: [
      // Questions are understood in English, whatever the language of the editor.
      ...questions.map((text) => ({
        label: `$(question) ${vscode.l10n.t(text)}`,
        act: { ask: text },
        alwaysShow: true,
      })),
      separator(vscode.l10n.t("Latest")),
      ...hits.map((hit) => hitRow(hit, projects.length !== 1)),
    ],
  };
}

async function rowsOf(app: App, text: string, taken: readonly Understood[]): Promise<Rows> {
  const answer = await askHere(app, text, {
    ...{ limit: MAX_HITS, format: "full", isPrefix: true },
    without: taken.map(({ aspect }) => aspect),
  });
  const { hits, fitting, fittingHits } = answer;
  const others = hits.slice(fittingHits);
  const isMixed = new Set(hits.map(({ project }) => project.id)).size > 1;
  const understood = understandingLine(answer, vscode.l10n);
  const notes = noteSentences(answer, vscode.l10n);
  const row = (hit: Hit): Row => hitRow(hit, isMixed);
  return {
    title: loadingNote(app) ?? (understood === "" ? undefined : oneLine(understood, 200)),
    items: [
      ...chipRows(answer, taken),
      ...notes.map(said),
      ...(hits.length > 0 || notes.length > 0
        ? []
        : [said(vscode.l10n.t("Nothing is remembered about this."))]),
      ...(fittingHits === 0
        ? []
        : [separator(fittingLine({ ...answer, hits: hits.slice(0, fittingHits) }, vscode.l10n))]),
      ...hits.slice(0, fittingHits).map(row),
      ...(others.length === 0
        ? []
        : [
            separator(
              fitting === 0
                ? vscode.l10n.t("None fits; the nearest:")
                : vscode.l10n.t("{0} that may", others.length),
            ),
          ]),
      ...others.map(row),
    ],
  };
}

/** What was understood, to be taken off, and what was taken off, to be counted again. */
function chipRows(answer: Answer, taken: readonly Understood[]): Row[] {
  return chips(answer, taken, vscode.l10n).flatMap(({ label, part, isLeftOut }) => {
    if (part === undefined) return [];
    const [icon, description] = isLeftOut
      ? ["add", vscode.l10n.t("left out · ask with it again")]
      : ["close", vscode.l10n.t("understood · ask without it")];
    const shown = `$(${icon}) ${withoutIcons(label)}`;
    return [{ label: shown, description, act: { toggle: part }, alwaysShow: true }];
  });
}

/** A memory: what it is, and below what its title does not say. */
function hitRow(hit: Hit, hasProject: boolean): Row {
  const beside = [
    typeWord(hit, vscode.l10n),
    formatDate(hit.at),
    ...(hit.author === undefined ? [] : [oneLine(hit.author, 60)]),
    ...(hasProject ? [oneLine(hit.project.name, 60)] : []),
  ];
  // A long title leaves no room beside it, so what warns of a memory stands below, and first.
  const below = [
    ...(hit.trust === "low" ? [vscode.l10n.t("low trust")] : []),
    ...(hit.flag === undefined ? [] : [vscode.l10n.t("reads like an instruction to an assistant")]),
    oneLine(detailText(hit), 160),
  ].filter((part) => part !== "");
  return {
    label: withoutIcons(oneLine(hit.title, 120)),
    description: withoutIcons(beside.join(" · ")),
    ...(below.length === 0 ? {} : { detail: withoutIcons(below.join(" · ")) }),
    act: { open: hit.id },
    // The answer has already decided what fits.
    alwaysShow: true,
  };
}

function said(sentence: string): Row {
  return { label: `$(info) ${withoutIcons(sentence)}`, alwaysShow: true };
}

function learn(): Row {
  return {
    label: `$(git-commit) ${vscode.l10n.t("Learn from Git History")}`,
    detail: vscode.l10n.t("Makes memories of the commits of this repository"),
    act: { run: "recollect.learnFromGit" },
    alwaysShow: true,
  };
}

function separator(label: string): Row {
  return { label: label.replace(/:$/, ""), kind: vscode.QuickPickItemKind.Separator };
}

/** Rows would otherwise be sorted by where the question stands in their labels. */
function keepOrder(pick: vscode.QuickPick<Row>): void {
  // The editor has this for long, and its types do not say so.
  if ("sortByLabel" in pick) (pick as { sortByLabel: boolean }).sortByLabel = false;
}
