import * as vscode from "vscode";
import type { Memory, Selected } from "recollect-wasm";
import { memoryCount } from "../../common/text/count.js";
import { forgetListMarkdown } from "../../common/memories/forgetText.js";
import { describe } from "../../common/Log.js";
import type { App } from "../App.js";
import { memoryItem } from "../views/memoryPick.js";

interface PreviewItem extends vscode.QuickPickItem {
  readonly run?: () => Promise<void>;
  readonly isForget?: boolean;
}

/** Memories shown in a document at most. */
const MAX_LISTED = 2_000;

/** Memories fetched at once. */
const FETCHED_AT_ONCE = 200;

/** Shows what is to be forgotten; `undefined` if the user stepped back from all of it. */
export function previewForget(
  app: App,
  title: string,
  selected: Selected,
): Promise<"forget" | "back" | undefined> {
  const count = memoryCount(selected.total, vscode.l10n);
  const quickPick = vscode.window.createQuickPick<PreviewItem>();
  quickPick.title = `${title}: ${count}`;
  quickPick.placeholder = vscode.l10n.t("This is what will go. Nothing has been forgotten yet.");
  quickPick.buttons = [vscode.QuickInputButtons.Back];
  quickPick.ignoreFocusOut = true;
  quickPick.matchOnDescription = true;
  quickPick.items = items(app, selected, count);

  return new Promise((resolve) => {
    const subscriptions = [
      quickPick,
      quickPick.onDidTriggerButton(() => {
        resolve("back");
        quickPick.hide();
      }),
      quickPick.onDidAccept(() => {
        const [picked] = quickPick.activeItems;
        if (picked?.isForget === true) {
          resolve("forget");
          quickPick.hide();
        }
        picked?.run?.().catch((error: unknown) => app.log.error(describe(error)));
      }),
      quickPick.onDidHide(() => {
        for (const subscription of subscriptions) subscription.dispose();
        resolve(undefined);
      }),
    ];
    quickPick.show();
  });
}

function items(app: App, { ids, hits, total }: Selected, count: string): PreviewItem[] {
  const others = ids.length - total;
  const rest = total - hits.length;
  return [
    {
      label: `$(trash) ${vscode.l10n.t("Forget {0}…", count)}`,
      description:
        others > 0 ? vscode.l10n.t("and {0} records of sessions around them", others) : "",
      alwaysShow: true,
      isForget: true,
    },
    {
      label: `$(list-flat) ${vscode.l10n.t("Show all of them as a document")}`,
      alwaysShow: true,
      run: () => showList(app, ids, total),
    },
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...hits.map((hit) => ({
      ...memoryItem(hit),
      alwaysShow: false,
      run: async () => {
        await app.documents.open(hit.id, true);
      },
    })),
    ...(rest > 0 ? [{ label: vscode.l10n.t("… and {0} more", rest) }] : []),
  ];
}

async function showList(app: App, ids: readonly string[], total: number): Promise<void> {
  const memories: Memory[] = [];
  for (let start = 0; start < ids.length && memories.length < MAX_LISTED; start += FETCHED_AT_ONCE)
    memories.push(...(await app.memories.get(ids.slice(start, start + FETCHED_AT_ONCE))));
  const shown = memories.slice(0, MAX_LISTED);
  await app.reports.show(
    vscode.l10n.t("To be forgotten"),
    forgetListMarkdown(shown, Math.max(total, shown.length), vscode.l10n),
    true,
  );
}
