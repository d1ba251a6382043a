import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { KeptSettings, ToolSwitch, ViewerSettings } from "../../http/Surface.js";

/**
 * Settings of clients, and whether assistants may use tools, in a small file beside the memories; a
 * lost file loses nothing that matters.
 */
export class FileSettings implements KeptSettings, ToolSwitch {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Partial<ViewerSettings>> {
    const { sidebarOpen, selectedProject } = await this.#values();
    return {
      ...(typeof sidebarOpen === "boolean" ? { sidebarOpen } : {}),
      ...(typeof selectedProject === "string" ? { selectedProject } : {}),
    };
  }

  async write(settings: ViewerSettings): Promise<void> {
    await this.#change({ ...settings });
  }

  async isEnabled(): Promise<boolean> {
    return (await this.#values())["areToolsOff"] !== true;
  }

  async setEnabled(isEnabled: boolean): Promise<void> {
    await this.#change({ areToolsOff: !isEnabled });
  }

  async #values(): Promise<Readonly<Record<string, unknown>>> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#path, "utf8"));
      if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    } catch {
      // There is none yet, or nobody can read it.
    }
    return {};
  }

  async #change(changed: Readonly<Record<string, unknown>>): Promise<void> {
    const values = { ...(await this.#values()), ...changed };
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const part = `${this.#path}.${process.pid}.part`;
    await writeFile(part, JSON.stringify(values), { mode: 0o600 });
    await rename(part, this.#path);
  }
}
