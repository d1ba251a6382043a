import * as vscode from "vscode";
import {
  isWorthSaying,
  RULES_FILE,
  SHARED_FOLDER,
  type SharedState,
} from "../../common/memories/sharedState.js";
import type { WriteGuard } from "../../common/memories/WriteGuard.js";
import { describe, type Log } from "../../common/Log.js";
import { readPrivacyRules } from "../settings.js";
import { isSwitchedOn } from "../captureSettings.js";
import { childOf, hasFileSystemCode } from "./fileSystem.js";

/** Whether anything of a folder may be captured. */
function isCaptured(folder: vscode.Uri): boolean {
  const configuration = vscode.workspace.getConfiguration("recollect.capture", folder);
  return isSwitchedOn(configuration, "enabled");
}

/** Tells programs without an editor what this window may store, and what the user keeps out. */
export class SharedStateFile implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #guard: Pick<WriteGuard, "isPrivate" | "isPaused">;
  readonly #log: Log;
  readonly #subscription: vscode.Disposable;
  /** What each file holds, as this window knows. */
  readonly #written = new Map<string, string>();
  #queue: Promise<void> = Promise.resolve();

  constructor(
    context: vscode.ExtensionContext,
    guard: Pick<WriteGuard, "isPrivate" | "isPaused">,
    log: Log,
  ) {
    this.#context = context;
    this.#guard = guard;
    this.#log = log;
    const update = (): void => this.update();
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(update),
      vscode.workspace.onDidGrantWorkspaceTrust(update),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const sections = ["recollect.privacy", "recollect.capture.enabled"];
        if (sections.some((section) => change.affectsConfiguration(section))) update();
      }),
    );
  }

  /** Writes what has changed, one file after the other; nobody waits for it. */
  update(): void {
    const rules = readPrivacyRules();
    const { patterns = [], excludedPaths = [], hasPersonalData } = rules;
    const hasRules = patterns.length + excludedPaths.length > 0 || hasPersonalData === true;
    this.#write(RULES_FILE, hasRules ? JSON.stringify(rules) : "");
    // A window without a folder is no place that others work in.
    const name = this.#context.storageUri?.path.split("/").at(-2);
    if (name === undefined || name === "") return;
    const { isPrivate, isPaused } = this.#guard;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const state: SharedState = {
      folders: folders.map((uri) => uri.toString()),
      uncaptured: folders.filter((uri) => !isCaptured(uri)).map((uri) => uri.toString()),
      ...{ isPrivate, isPaused, isRestricted: !vscode.workspace.isTrusted },
    };
    this.#write(`${name}.json`, isWorthSaying(state) ? JSON.stringify(state) : "");
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** An empty text stands for no file. */
  #write(name: string, text: string): void {
    if (this.#written.get(name) === text) return;
    this.#written.set(name, text);
    const files = vscode.workspace.fs;
    const file = childOf(childOf(this.#context.globalStorageUri, SHARED_FOLDER), name);
    this.#queue = this.#queue.then(async () => {
      try {
        if (text === "") await files.delete(file);
        else await files.writeFile(file, new TextEncoder().encode(text));
      } catch (error) {
        if (text === "" && hasFileSystemCode(error, "FileNotFound")) return;
        this.#written.delete(name);
        this.#log.warn(`${SHARED_FOLDER}/${name} was not written: ${describe(error)}`);
      }
    });
  }
}
