import * as vscode from "vscode";
import type { Hit } from "recollect-wasm";
import { kindsFor } from "../../common/recall/listedKinds.js";
import { describe } from "../../common/Log.js";
import { formatDate, oneLine } from "../../common/text/plainText.js";
import { typeWord } from "../../common/views/memoryRow.js";
import type { App } from "../App.js";
import { sentenceAbout } from "../errors.js";
import { loadingNote } from "./presentation.js";

/** One memory in a list to pick from. */
export interface MemoryItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Wait after a keystroke before searching. */
const DEBOUNCE_MS = 80;

/** While a large store is being read, the list is made again after this long. */
const LOADING_POLL_MS = 1_000;

/** Memories listed at once. */
const MAX_HITS = 50;

/** Asks for one memory, searching while the user types; `undefined` if none was picked. */
export async function pickMemory(app: App, words = ""): Promise<MemoryItem | undefined> {
  const [picked] = await pick(app, false, vscode.l10n.t("Search memories"), words);
  return picked;
}

/** Asks for any number of memories, beginning with a search for `words`; what was ticked stays while the search changes. */
export function pickMemories(
  app: App,
  placeholder: string,
  words: string,
): Promise<readonly MemoryItem[]> {
  return pick(app, true, placeholder, words);
}

function pick(
  app: App,
  canSelectMany: boolean,
  placeholder: string,
  words: string,
): Promise<readonly MemoryItem[]> {
  const quickPick = vscode.window.createQuickPick<MemoryItem>();
  quickPick.canSelectMany = canSelectMany;
  quickPick.placeholder = placeholder;
  quickPick.value = words;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  const ticked = new Map<string, MemoryItem>();
  let newestSearch = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const search = async (): Promise<void> => {
    const thisSearch = (newestSearch += 1);
    quickPick.busy = true;
    try {
      const text = quickPick.value.trim();
      const near = app.projects.near(await app.projects.current());
      // Everything can be forgotten; to open one, nobody looks for the single event.
      const filter = { limit: MAX_HITS, ...(canSelectMany ? {} : kindsFor(text)) };
      const { hits } =
        text === ""
          ? await app.memories.recent(filter)
          : await app.memories.search({ ...filter, text, isPrefix: true, near });
      if (thisSearch !== newestSearch) return;
      const found = hits.filter(({ id }) => !ticked.has(id)).map(memoryItem);
      quickPick.items = [...ticked.values(), ...found];
      quickPick.selectedItems = [...ticked.values()];
      const loading = loadingNote(app);
      quickPick.title = loading;
      if (loading !== undefined) timer = setTimeout(() => void search(), LOADING_POLL_MS);
    } catch (error) {
      app.log.error(describe(error));
      quickPick.placeholder =
        sentenceAbout(error) ?? vscode.l10n.t("Searching failed. The log says why.");
    } finally {
      if (thisSearch === newestSearch) quickPick.busy = false;
    }
  };

  return new Promise((resolve) => {
    const subscriptions = [
      quickPick,
      quickPick.onDidChangeValue(() => {
        clearTimeout(timer);
        timer = setTimeout(() => void search(), DEBOUNCE_MS);
      }),
      quickPick.onDidChangeSelection((items) => {
        if (!canSelectMany) return;
        ticked.clear();
        for (const item of items) ticked.set(item.id, item);
      }),
      quickPick.onDidAccept(() => {
        resolve(canSelectMany ? [...ticked.values()] : quickPick.activeItems.slice(0, 1));
        quickPick.hide();
      }),
      quickPick.onDidHide(() => {
        clearTimeout(timer);
        newestSearch += 1;
        for (const subscription of subscriptions) subscription.dispose();
        resolve([]);
      }),
    ];
    quickPick.show();
    void search();
  });
}

/** A hit as it is shown in a list. */
export function memoryItem(hit: Hit): MemoryItem {
  // A long title leaves no room beside it, so what warns of a memory stands below, and first.
  const below = [oneLine(hit.preview, 160)];
  if (hit.flag !== undefined)
    below.unshift(vscode.l10n.t("reads like an instruction to an assistant"));
  if (hit.trust === "low") below.unshift(vscode.l10n.t("low trust"));
  return {
    id: hit.id,
    label: withoutIcons(oneLine(hit.title, 120)),
    description: withoutIcons(
      `${typeWord(hit, vscode.l10n)} · ${formatDate(hit.at)} · ${oneLine(hit.project.name, 60)}`,
    ),
    detail: withoutIcons(below.join(" · ")),
    // The search has already decided what matches.
    alwaysShow: true,
  };
}

/** A label would show `$(name)` in a stored text as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll("$(", "$\u200b(");
}
