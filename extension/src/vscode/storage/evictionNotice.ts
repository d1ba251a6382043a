import * as vscode from "vscode";
import type { Stats } from "recollect-wasm";
import { memoryCount } from "../../common/text/count.js";
import { vanished, type Keepsake } from "../../common/storage/eviction.js";
import type { CommandId } from "../../common/tools/contributions.js";

const KEY = "recollect.kept";

/** Notices when a browser has removed all memories by itself, and says so instead of starting anew. */
export class EvictionNotice {
  readonly #kept: vscode.Memento;
  readonly #storeId: string;

  constructor(kept: vscode.Memento, storage: vscode.Uri) {
    this.#kept = kept;
    this.#storeId = storage.toString();
  }

  /** Compares what is there at the start with what was there. */
  check(stats: Stats): void {
    const count = vanished(this.#kept.get(KEY), this.#storeId, stats);
    this.note(stats);
    if (count === 0) return;
    const restore = vscode.l10n.t("Import a Backup…");
    const message = vscode.l10n.t(
      "The browser has removed what Recollect remembered here ({0}). If you have exported it, you can import it again.",
      memoryCount(count, vscode.l10n),
    );
    const command: CommandId = "recollect.import";
    void vscode.window.showWarningMessage(message, restore).then((answer) => {
      if (answer === restore) void vscode.commands.executeCommand(command);
    });
  }

  /** Notes how much there is now. */
  note({ memories }: Pick<Stats, "memories">): void {
    const keepsake: Keepsake = { storeId: this.#storeId, count: memories };
    void this.#kept.update(KEY, keepsake);
  }
}
