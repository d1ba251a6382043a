import * as vscode from "vscode";
import type { Stats } from "recollect-wasm";
import type { CommandId } from "../common/contributions.js";
import type { SavedState } from "../common/Flusher.js";
import { passedLimits } from "../common/limits.js";
import { oneLine } from "../common/plainText.js";

/** Says in the status bar that something is not on disk yet, for as long as it is so. */
export class SavedStateItem implements vscode.Disposable {
  #item: vscode.StatusBarItem | undefined;

  show(state: SavedState): void {
    if (state.isSaved) {
      this.dispose();
      return;
    }
    this.#item ??= vscode.window.createStatusBarItem(
      "recollect.notSaved",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = vscode.l10n.t("Recollect: not saved");
    const text = state.isPaused
      ? vscode.l10n.t("Recording paused: not saved")
      : vscode.l10n.t("Memories not saved");
    this.#item.text = `$(warning) ${text}`;
    this.#item.tooltip = tooltip(state.isPaused, oneLine(state.reason));
    this.#item.command = "recollect.showLog";
    this.#item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}

function tooltip(isPaused: boolean, reason: string): string {
  const sentences = [];
  if (isPaused)
    sentences.push(
      vscode.l10n.t(
        "So much waits to be written that nothing more is recorded until it is. Recording goes on by itself then.",
      ),
    );
  if (reason !== "")
    sentences.push(vscode.l10n.t("Writing failed and will be tried again: {0}", reason));
  return sentences.join(" ");
}

/** Tells once, and not again at the next start, that there is more than the extension is made for. */
export class LimitNotice {
  readonly #kept: vscode.Memento;

  constructor(kept: vscode.Memento) {
    this.#kept = kept;
  }

  show(stats: Stats): void {
    const [passed] = passedLimits(stats, vscode.l10n);
    const wasShown = this.#kept.get(LIMIT_KEY) === true;
    if (wasShown !== (passed !== undefined)) void this.#kept.update(LIMIT_KEY, !wasShown);
    if (passed === undefined || wasShown) return;
    void vscode.window.showInformationMessage(
      `${passed} ${vscode.l10n.t("Nothing is deleted for it, but searching gets slower; Recollect: Forget… helps.")}`,
    );
  }
}

const LIMIT_KEY = "recollect.limitShown";

/** Tells once that a file could not be read in full; checking the storage names each. */
export class DamageNotice {
  #isShown = false;

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    const checkStorage = vscode.l10n.t("Check Storage");
    const message = vscode.l10n.t(
      "Some stored memories could not be read. Their files are left as they are.",
    );
    const command: CommandId = "recollect.checkStorage";
    void vscode.window.showWarningMessage(message, checkStorage).then((answer) => {
      if (answer === checkStorage) void vscode.commands.executeCommand(command);
    });
  }
}
