import type * as vscode from "vscode";
import { ToolsOffError } from "../../common/tools/toolFailure.js";
import type { ToolSwitch } from "../../http/Surface.js";

const ARE_OFF = "recollect.toolsAreOff";

/** Whether language models may use the memory tools; the same in all windows. */
export class ToolsSwitch implements ToolSwitch {
  readonly #kept: vscode.Memento;

  constructor(kept: vscode.Memento) {
    this.#kept = kept;
  }

  isEnabled(): boolean {
    return this.#kept.get(ARE_OFF) !== true;
  }

  async setEnabled(isEnabled: boolean): Promise<void> {
    await this.#kept.update(ARE_OFF, isEnabled ? undefined : true);
  }

  /** Throws a {@link ToolsOffError} while they are off. */
  require(): void {
    if (!this.isEnabled()) throw new ToolsOffError();
  }
}
