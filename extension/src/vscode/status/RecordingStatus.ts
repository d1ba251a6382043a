import * as vscode from "vscode";
import { statusText, type RecordingState } from "../../common/memories/recordingState.js";

/** Says in the status bar whether memories are recorded, and if not, why. */
export class RecordingStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = vscode.window.createStatusBarItem(
      "recollect.state",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = "Recollect";
  }

  show(state: RecordingState): void {
    const { text, tooltip, command, isWarning } = statusText(state, vscode.l10n);
    const item = this.#item;
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.backgroundColor = isWarning
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    item.show();
    // The palette offers what can be done in this state.
    const keys = {
      "recollect.isPrivateSession": state.isPrivate,
      "recollect.isPaused": state.isPaused,
      "recollect.isRewriting": state.rewriting.depth > 0,
    };
    for (const [key, value] of Object.entries(keys))
      void vscode.commands.executeCommand("setContext", key, value);
  }

  dispose(): void {
    this.#item.dispose();
  }
}
