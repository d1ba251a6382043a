import * as vscode from "vscode";
import type { Stats } from "recollect-wasm";
import type { CommandId } from "../../common/tools/contributions.js";
import { passedLimits } from "../../common/memories/limits.js";

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
      `${passed} ${vscode.l10n.t("Nothing is deleted for it, but searching gets slower; Memory: Forget… helps.")}`,
    );
  }
}

const LIMIT_KEY = "recollect.limitShown";

/** Says once in a window that a file was put aside which nobody with the key has written. */
export class ForeignNotice {
  #isShown = false;

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    const showLog = vscode.l10n.t("Show Log");
    const message = vscode.l10n.t(
      "A file that was not written with your key lay among your encrypted memories. It was put aside, and nothing in it is believed.",
    );
    const command: CommandId = "recollect.showLog";
    void vscode.window.showWarningMessage(message, showLog).then((answer) => {
      if (answer === showLog) void vscode.commands.executeCommand(command);
    });
  }
}

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
