import type * as vscode from "vscode";
import type { ToolSwitch } from "../../http/Surface.js";

const ARE_OFF = "recollect.toolsAreOff";

/** Language models asked for a tool while the user has them switched off. */
export class ToolsOffError extends Error {
  override readonly name = "ToolsOffError";

  constructor() {
    super("the memory tools are switched off");
  }
}

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
