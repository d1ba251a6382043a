import * as vscode from "vscode";
import { AssistantWrites } from "../../common/memories/AssistantWrites.js";
import type { CommandId } from "../../common/tools/contributions.js";
import { memoryCount } from "../../common/text/count.js";
import { forgetSentence } from "../../common/memories/forgetText.js";
import type { App } from "../App.js";
import { memoryItem, type MemoryItem } from "../views/memoryPick.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

const SHOW: CommandId = "recollect.showAssistantWrites";
const UNDO: CommandId = "recollect.undoAssistantWrites";

/** Says in the status bar how many memories assistants have added or changed; a notice would hide the chat. */
export class AssistantWritesItem implements vscode.Disposable {
  /** What models have remembered or changed by their own word, here or through the server. */
  readonly writes: AssistantWrites;
  /** What hooks of agents have recorded: much and expected, so that no item says it. */
  readonly recorded: AssistantWrites;
  readonly #item: vscode.StatusBarItem;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(kept: vscode.Memento) {
    this.#item = vscode.window.createStatusBarItem(
      "recollect.assistantWrites",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = vscode.l10n.t("Recollect: added by assistants");
    this.#item.command = SHOW;
    const counts = { writes: 0, recorded: 0 };
    const count = (changed: Partial<typeof counts>): void => {
      Object.assign(counts, changed);
      const isAny = counts.writes + counts.recorded > 0;
      void vscode.commands.executeCommand("setContext", "recollect.hasAssistantWrites", isAny);
    };
    this.writes = new AssistantWrites(kept, (writes) => {
      count({ writes });
      this.#show(writes);
    });
    const name = "recollect.recordedByHooks";
    this.recorded = new AssistantWrites(kept, (recorded) => count({ recorded }), name);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(count: number): void {
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
  const { assistantWrites, recordedByHooks, memories, pages } = app;
  const { ids } = assistantWrites;
  const added = await memories.get(await assistantWrites.memories(memories));
  if (added.length === 0) assistantWrites.settle(ids);
  const recorded = await memories.get([...recordedByHooks.ids]);
  if (recorded.length === 0) recordedByHooks.settle(recordedByHooks.ids);
  if (added.length + recorded.length === 0) return;
  const undo = {
    label: `$(discard) ${vscode.l10n.t("Undo: forget what was added, take back what was changed")}`,
  };
  const keep = { label: `$(check) ${vscode.l10n.t("Keep all of them")}` };
  const items = added.map((memory) =>
    memoryItem({ ...memory, preview: memory.text.slice(0, 400) }),
  );
  const separator = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const recordedCount = memoryCount(recorded.length, vscode.l10n);
  const byHooks = vscode.l10n.t("{0} recorded by hooks of agents", recordedCount);
  const undoHooks = { label: `$(discard) ${vscode.l10n.t("Undo: forget them")}`, detail: byHooks };
  const keepHooks = { label: `$(check) ${vscode.l10n.t("Keep them")}`, detail: byHooks };
  const picked: vscode.QuickPickItem | undefined = await vscode.window.showQuickPick(
    [
      ...(added.length > 0 ? [undo, keep] : []),
      ...(recorded.length > 0 ? [undoHooks, keepHooks] : []),
      separator,
      ...items,
    ],
    { title: added.length > 0 ? addedSentence(added.length) : byHooks },
  );
  if (picked === undoHooks) await undoWrites(app, recordedByHooks);
  else if (picked === keepHooks) recordedByHooks.settle(recordedByHooks.ids);
  else if (picked === undo) await undoAssistantWrites(app);
  else if (picked === keep) assistantWrites.settle(ids);
  else if (picked !== undefined) await pages.openMemory((picked as MemoryItem).id);
}

/** Forgets what assistants have added, and takes back what they have changed. */
export async function undoAssistantWrites(app: App): Promise<void> {
  await undoWrites(app, app.assistantWrites);
}

async function undoWrites(app: App, writes: AssistantWrites): Promise<void> {
  const undone = await writes.undo(app.memories);
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
