import * as vscode from "vscode";
import { AssistantWrites } from "../../common/memories/AssistantWrites.js";
import type { CommandId } from "../../common/tools/contributions.js";
import { memoryCount } from "../../common/memories/count.js";
import { forgetSentence } from "../../common/memories/forgetText.js";
import type { App } from "../App.js";
import { memoryItem, type MemoryItem } from "../views/memoryPick.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

const SHOW: CommandId = "recollect.showAssistantWrites";
const UNDO: CommandId = "recollect.undoAssistantWrites";

/** Says in the status bar how many memories assistants have added or changed; a notice would hide the chat. */
export class AssistantWritesItem implements vscode.Disposable {
  readonly writes: AssistantWrites;
  readonly #item: vscode.StatusBarItem;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(kept: vscode.Memento) {
    this.#item = vscode.window.createStatusBarItem(
      "recollect.assistantWrites",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = vscode.l10n.t("Recollect: added by assistants");
    this.#item.command = SHOW;
    this.writes = new AssistantWrites(kept, (count) => this.#show(count));
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(count: number): void {
    void vscode.commands.executeCommand("setContext", "recollect.hasAssistantWrites", count > 0);
    if (count === 0) {
      this.#item.hide();
      return;
    }
    const sentence = addedSentence(count);
    this.#item.text = `$(sparkle) ${sentence}`;
    const [show, undo] = [vscode.l10n.t("Show"), vscode.l10n.t("Undo")];
    const tooltip = new vscode.MarkdownString(
      `${sentence}.\n\n[${show}](command:${SHOW}) · [${undo}](command:${UNDO})`,
    );
    tooltip.isTrusted = { enabledCommands: [SHOW, UNDO] };
    this.#item.tooltip = tooltip;
    // A screen reader would else be given the Markdown.
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t("{0}; press to see or undo it", sentence),
    };
    this.#item.show();
  }
}

/** Lists what assistants have added or changed, to be opened, kept or forgotten. */
export async function showAssistantWrites(app: App): Promise<void> {
  const { assistantWrites, memories, documents } = app;
  const { ids } = assistantWrites;
  const added = await memories.get(await assistantWrites.memories(memories));
  if (added.length === 0) {
    assistantWrites.settle(ids);
    return;
  }
  const undo = {
    label: `$(discard) ${vscode.l10n.t("Undo: forget what was added, take back what was changed")}`,
  };
  const keep = { label: `$(check) ${vscode.l10n.t("Keep all of them")}` };
  const items = added.map((memory) =>
    memoryItem({ ...memory, preview: memory.text.slice(0, 400) }),
  );
  const separator = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const picked: vscode.QuickPickItem | undefined = await vscode.window.showQuickPick(
    [undo, keep, separator, ...items],
    { title: addedSentence(items.length) },
  );
  if (picked === undo) await undoAssistantWrites(app);
  else if (picked === keep) assistantWrites.settle(ids);
  else if (picked !== undefined) await documents.open((picked as MemoryItem).id);
}

/** Forgets what assistants have added, and takes back what they have changed. */
export async function undoAssistantWrites(app: App): Promise<void> {
  const undone = await app.assistantWrites.undo(app.memories);
  if (undone === undefined) return;
  app.documents.refresh();
  const { report, edits } = undone;
  const said = edits === 0 ? [] : [vscode.l10n.t("Changes taken back: {0}.", edits)];
  if (report.forgotten > 0 || edits === 0) said.push(forgetSentence(report, vscode.l10n));
  vscode.window.setStatusBarMessage(said.join(" "), STATUS_MS);
}

function addedSentence(count: number): string {
  return vscode.l10n.t("{0} added by an assistant, or changed", memoryCount(count, vscode.l10n));
}
