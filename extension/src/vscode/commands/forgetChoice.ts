import * as vscode from "vscode";
import type { ForgetSelection } from "recollect-wasm";
import { memoryCount } from "../../common/text/count.js";
import { formatTime, oneLine } from "../../common/text/plainText.js";
import type { App } from "../App.js";
import { pickMemories, withoutIcons } from "../views/memoryPick.js";

/** What a user wants to forget. */
export interface ForgetTarget {
  readonly selection: ForgetSelection;
  /** What it is, for a question about it. */
  readonly title: string;
  /** Whether each memory was picked by itself. */
  readonly isPicked: boolean;
  /** Whether it ends as a whole, with what other windows are remembering of it. */
  readonly isWhole: boolean;
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<ForgetTarget | undefined>;
}

/** Asks what is to be forgotten; with `words`, by searching for them. */
export async function chooseForgetTarget(
  app: App,
  words: string,
): Promise<ForgetTarget | undefined> {
  if (words !== "") return pickedMemories(app, words);
  const choices: Choice[] = [
    {
      label: `$(checklist) ${vscode.l10n.t("Pick memories…")}`,
      detail: vscode.l10n.t("Search and tick them"),
      choose: () => pickedMemories(app, ""),
    },
    {
      label: `$(whole-word) ${vscode.l10n.t("All that contain a text…")}`,
      detail: vscode.l10n.t("A name or a phrase, in any letter case, with or without accents"),
      choose: textMatch,
    },
    {
      label: `$(calendar) ${vscode.l10n.t("A time range…")}`,
      choose: () => timeRange(app),
    },
    {
      label: `$(folder) ${vscode.l10n.t("A project…")}`,
      choose: () => wholeProject(app),
    },
    {
      label: `$(trash) ${vscode.l10n.t("Everything")}`,
      detail: vscode.l10n.t("All memories of all projects"),
      choose: () =>
        Promise.resolve({
          selection: { isEverything: true },
          title: vscode.l10n.t("Everything"),
          isPicked: false,
          isWhole: true,
        }),
    },
  ];
  const open = await openMemory(app);
  const picked = await vscode.window.showQuickPick(
    open === undefined ? choices : [open, ...choices],
    {
      title: vscode.l10n.t("Forget"),
      placeHolder: vscode.l10n.t("What is to be forgotten? It is shown before it goes."),
    },
  );
  return picked?.choose();
}

/** The memory whose document is in front. */
async function openMemory(app: App): Promise<Choice | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const memory = uri === undefined ? undefined : await app.documents.memoryAt(uri);
  if (memory === undefined) return undefined;
  const title = oneLine(memory.title, 80);
  return {
    label: `$(note) ${vscode.l10n.t("This memory")}`,
    detail: withoutIcons(title),
    choose: () =>
      Promise.resolve({
        selection: { ids: [memory.id] },
        title: vscode.l10n.t("This memory"),
        isPicked: true,
        isWhole: false,
      }),
  };
}

async function pickedMemories(app: App, words: string): Promise<ForgetTarget | undefined> {
  const placeholder = vscode.l10n.t("Search and tick what is to be forgotten");
  const picked = await pickMemories(app, placeholder, words);
  if (picked.length === 0) return undefined;
  return {
    selection: { ids: picked.map(({ id }) => id) },
    title: vscode.l10n.t("Picked memories"),
    isPicked: true,
    isWhole: false,
  };
}

async function textMatch(): Promise<ForgetTarget | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Forget all that contain a text"),
    prompt: vscode.l10n.t(
      "The text as it stands in them, in any letter case, with or without accents. What contains it is shown before it goes.",
    ),
  });
  if (text === undefined || text.trim() === "") return undefined;
  return {
    selection: { text: text.trim() },
    title: vscode.l10n.t("Memories that contain “{0}”", oneLine(text, 60)),
    isPicked: false,
    isWhole: false,
  };
}

async function wholeProject(app: App): Promise<ForgetTarget | undefined> {
  const [projects, current] = await Promise.all([app.memories.projects(), app.projects.current()]);
  const here = projects.filter(({ project }) => project.id === current?.id);
  const others = projects.filter(({ project }) => project.id !== current?.id);
  const picked = await vscode.window.showQuickPick(
    [...here, ...others].map(({ project, memories }) => ({
      label: withoutIcons(oneLine(project.name, 80)),
      description: project.id === current?.id ? vscode.l10n.t("this project") : "",
      detail: `${memoryCount(memories, vscode.l10n)} · ${oneLine(project.id, 120)}`,
      project,
    })),
    {
      title: vscode.l10n.t("Forget a project"),
      placeHolder: vscode.l10n.t("Which project?"),
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return undefined;
  return {
    selection: { project: picked.project.id },
    title: vscode.l10n.t("Project {0}", oneLine(picked.project.name, 80)),
    isPicked: false,
    isWhole: true,
  };
}

const HOUR_MS = 3_600_000;

async function timeRange(app: App): Promise<ForgetTarget | undefined> {
  const now = Date.now();
  const ranges = [
    { label: vscode.l10n.t("The last hour"), selection: { since: now - HOUR_MS } },
    { label: vscode.l10n.t("Today"), selection: { since: new Date(now).setHours(0, 0, 0, 0) } },
    { label: vscode.l10n.t("The last 7 days"), selection: { since: now - 7 * 24 * HOUR_MS } },
    {
      label: vscode.l10n.t("Older than a year"),
      selection: { before: now - 365 * 24 * HOUR_MS },
    },
    { label: vscode.l10n.t("From … until …"), selection: undefined },
  ];
  const picked = await vscode.window.showQuickPick(ranges, {
    title: vscode.l10n.t("Forget a time range"),
    placeHolder: vscode.l10n.t("When did it happen?"),
  });
  if (picked === undefined) return undefined;
  const selection = picked.selection ?? (await askRange(app));
  if (selection === undefined) return undefined;
  return { selection, title: rangeTitle(selection), isPicked: false, isWhole: false };
}

interface Range {
  readonly since?: number;
  readonly before?: number;
}

async function askRange(app: App): Promise<Range | undefined> {
  const title = vscode.l10n.t("Forget a time range");
  const since = await askTime(
    app,
    title,
    vscode.l10n.t("From when on? Empty: from the beginning."),
  );
  if (since === undefined) return undefined;
  const before = await askTime(app, title, vscode.l10n.t("Until when? Empty: until now."));
  if (before === undefined) return undefined;
  const range = {
    ...(since.at === undefined ? {} : { since: since.at }),
    ...(before.at === undefined ? {} : { before: before.at }),
  };
  return since.at === undefined && before.at === undefined ? { before: Date.now() } : range;
}

/** A moment, or none for an empty answer; `undefined` if the user stepped back. */
async function askTime(
  { memories }: App,
  title: string,
  prompt: string,
): Promise<{ at?: number } | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    placeHolder: vscode.l10n.t("2026-01-31, 2026-01-31T09:00 or 7d"),
    validateInput: async (value) =>
      value.trim() === "" || (await begins(memories, value)) !== undefined
        ? undefined
        : vscode.l10n.t("Write a date such as 2026-01-31, a time, or an age such as 7d or 12h."),
  });
  if (text === undefined) return undefined;
  const at = await begins(memories, text);
  return at === undefined ? {} : { at };
}

/** The moment with which a time begins, or with which an open one ends. */
async function begins(memories: App["memories"], text: string): Promise<number | undefined> {
  const { since, before } = (await memories.period(text)) ?? {};
  return since ?? before;
}

function rangeTitle({ since, before }: Range): string {
  if (before === undefined)
    return vscode.l10n.t("Memories since {0}", since === undefined ? "" : formatTime(since));
  return since === undefined
    ? vscode.l10n.t("Memories before {0}", formatTime(before))
    : vscode.l10n.t("Memories from {0} until {1}", formatTime(since), formatTime(before));
}
