import * as vscode from "vscode";
import { AssistantWrites } from "../common/AssistantWrites.js";
import { memoryCount } from "../common/count.js";
import { forgetSentence } from "../common/forgetText.js";
import type { App } from "./App.js";
import { memoryItem } from "./memoryPick.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** Shows what assistants remember, and takes it back at a click. */
export function assistantWrites(app: App): AssistantWrites {
  return new AssistantWrites({
    log: app.log,
    tell: async (count) => {
      const show = vscode.l10n.t("Show");
      const undo = vscode.l10n.t("Undo");
      const sentence =
        count === 1
          ? vscode.l10n.t("1 memory was added by an assistant.")
          : vscode.l10n.t("{0} memories were added by an assistant.", count);
      const answer = await vscode.window.showInformationMessage(sentence, show, undo);
      if (answer === undefined) return undefined;
      return answer === undo ? "undo" : "show";
    },
    show: (ids) => show(app, ids),
    undo: async (ids) => {
      const report = await app.memories.forget({ ids: [...ids] });
      app.documents.refresh();
      vscode.window.setStatusBarMessage(forgetSentence(report, vscode.l10n), STATUS_MS);
    },
  });
}

async function show({ memories, documents }: App, ids: readonly string[]): Promise<void> {
  const added = await memories.get([...ids]);
  const [only, ...others] = added;
  if (only !== undefined && others.length === 0) {
    await documents.open(only.id);
    return;
  }
  const items = added.map((memory) =>
    memoryItem({ ...memory, preview: memory.text.slice(0, 400) }),
  );
  const title = memoryCount(items.length, vscode.l10n);
  const picked = await vscode.window.showQuickPick(items, { title });
  if (picked !== undefined) await documents.open(picked.id);
}
