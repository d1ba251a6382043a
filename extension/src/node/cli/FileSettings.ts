import { randomBytes } from "node:crypto";
import { mkdir, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { readIfThere, writeDurably } from "../files.js";
import type { KeptSettings, ToolSwitch, ViewerSettings } from "../../http/Surface.js";

/** More than the settings can need; a larger file is none of ours. */
const MAX_BYTES = 64 * 1024;

/**
 * Settings of clients, and whether assistants may use tools, in a small file beside the memories; a
 * lost file loses nothing that matters.
 */
export class FileSettings implements KeptSettings, ToolSwitch {
  readonly #path: string;
  #queue: Promise<void> = Promise.resolve();

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
      const bytes = await readIfThere(this.#path, MAX_BYTES);
      if (bytes === undefined) return {};
      const value: unknown = JSON.parse(bytes.toString("utf8"));
      if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    } catch {
      // There is none yet, or nobody can read it.
    }
    return {};
  }

  /** One change after the other: each begins with what the one before has left. */
  #change(changed: Readonly<Record<string, unknown>>): Promise<void> {
    const done = this.#queue.then(() => this.#write(changed));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #write(changed: Readonly<Record<string, unknown>>): Promise<void> {
    const values = { ...(await this.#values()), ...changed };
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    // Another process may be changing them too.
    const part = `${this.#path}.${randomBytes(4).toString("hex")}.part`;
    try {
      await writeDurably(part, new TextEncoder().encode(JSON.stringify(values)));
      await rename(part, this.#path);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
  }
}
