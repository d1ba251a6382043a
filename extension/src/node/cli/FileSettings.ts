import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { KeptSettings, ViewerSettings } from "../../http/Surface.js";

/** Settings of clients in a small file beside the memories; a lost file loses nothing that matters. */
export class FileSettings implements KeptSettings {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<Partial<ViewerSettings>> {
    let value: unknown;
    try {
      value = JSON.parse(await readFile(this.#path, "utf8"));
    } catch {
      return {};
    }
    if (typeof value !== "object" || value === null) return {};
    const { sidebarOpen, selectedProject } = value as Partial<Record<string, unknown>>;
    return {
      ...(typeof sidebarOpen === "boolean" ? { sidebarOpen } : {}),
      ...(typeof selectedProject === "string" ? { selectedProject } : {}),
    };
  }

  async write(settings: ViewerSettings): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const part = `${this.#path}.${process.pid}.part`;
    await writeFile(part, JSON.stringify(settings), { mode: 0o600 });
    await rename(part, this.#path);
  }
}
