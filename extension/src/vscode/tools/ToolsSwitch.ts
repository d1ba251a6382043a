import * as vscode from "vscode";
import { ToolsOffError } from "../../common/tools/toolFailure.js";
import type { ToolSwitch } from "../../http/Surface.js";
import { readRegularFile } from "../storage/fileSystem.js";

const ARE_OFF = "areToolsOff";

/**
 * Whether language models may use the memory tools: the same in all windows, and in the command
 * line, whose file of settings beside the memories says it.
 */
export class ToolsSwitch implements ToolSwitch {
  readonly #file: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** `folder` is that of the memories. */
  constructor(folder: vscode.Uri) {
    this.#file = vscode.Uri.joinPath(folder, "serve.json");
  }

  async isEnabled(): Promise<boolean> {
    return (await this.#values())[ARE_OFF] !== true;
  }

  async setEnabled(isEnabled: boolean): Promise<void> {
    const values = { ...(await this.#values()), [ARE_OFF]: !isEnabled };
    const bytes = new TextEncoder().encode(JSON.stringify(values));
    await vscode.workspace.fs.writeFile(this.#file, bytes);
    this.#changed.fire();
  }

  /** Rejects with a {@link ToolsOffError} while they are off. */
  async require(): Promise<void> {
    if (!(await this.isEnabled())) throw new ToolsOffError();
  }

  async #values(): Promise<Readonly<Record<string, unknown>>> {
    try {
      const bytes = await readRegularFile(vscode.workspace.fs, this.#file);
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      // An object has only string keys that matter here, and the values stay unknown.
      if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    } catch {
      // There is none yet, or nobody can read it.
    }
    return {};
  }
}
