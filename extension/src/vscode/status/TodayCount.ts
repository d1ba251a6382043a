import * as vscode from "vscode";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import { todayCount } from "../../common/views/todayCount.js";
import type { Projects } from "../git/project.js";

/** Changes that come one after the other are counted together. */
const TOGETHER_MS = 1_000;

/** Keeps count of what was remembered today in the open projects. */
export class TodayCount implements vscode.Disposable {
  readonly #memories: Memories;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #onChange: () => void;
  readonly #subscriptions: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLoaded = false;
  #count: number | undefined;

  constructor(memories: Memories, projects: Projects, log: Log, onChange: () => void) {
    this.#memories = memories;
    this.#projects = projects;
    this.#log = log;
    this.#onChange = onChange;
    this.#subscriptions = vscode.Disposable.from(
      { dispose: memories.changes.listen(() => this.#countSoon()) },
      // Another day may have begun.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#countSoon();
      }),
    );
  }

  /** Memories of today, once they have been counted. */
  get count(): number | undefined {
    return this.#count;
  }

  /** All memories are there; before that nothing is counted, since that would load them. */
  loaded(): void {
    this.#isLoaded = true;
    this.#countSoon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #countSoon(): void {
    if (!this.#isLoaded) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#recount().catch((error: unknown) =>
        this.#log.debug(`the memories of today were not counted: ${describe(error)}`),
      );
    }, TOGETHER_MS);
  }

  async #recount(): Promise<void> {
    const projects = (await this.#projects.ofWindow()).map(({ id }) => id);
    const count = await todayCount(this.#memories, { projects, now: Date.now() });
    if (count === this.#count) return;
    this.#count = count;
    this.#onChange();
  }
}
