import * as vscode from "vscode";
import type { LeavingMemories } from "../../common/memories/LeavingMemories.js";
import type { Memories } from "../../common/memories/Memories.js";
import { describe, type Log } from "../../common/Log.js";
import { contextPage } from "../../common/views/contextPage.js";
import { memoryPage, memoryText } from "../../common/views/memoryPage.js";
import type { Page, PageEdit, PageMessage, PageNews } from "../../common/views/protocol.js";
import { sessionPage } from "../../common/views/sessionPage.js";
import { timelinePage } from "../../common/views/timelinePage.js";
import { oneLine } from "../../common/text/plainText.js";
import { iconOn } from "./icon.js";
import { webviewOptions, webviewPage } from "./webviewPage.js";

const PAGE = "recollect.page";

/** Of what a page is. */
type Target =
  | { readonly kind: "memory"; readonly id: string }
  | { readonly kind: "session"; readonly key: string }
  | { readonly kind: "timeline"; readonly id: string }
  /** What a model would be given about a file, as memories name it, or about the project. */
  | { readonly kind: "context"; readonly file?: string };

/** What pages are made from, and what they have done. */
export interface PagesOptions {
  readonly memories: Memories;
  readonly leaving: LeavingMemories;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  readonly pin: (id: string, isPinned: boolean) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
  /** False if nothing may be kept of it. */
  readonly edit: (edit: PageEdit) => Promise<boolean>;
  /** Keeps what was proposed and gives the memory that it became, if there still was one. */
  readonly keep: (id: string) => Promise<string | undefined>;
  readonly reject: (id: string) => Promise<void>;
  /** What a model would be given about a file or, without one, about the project. */
  readonly given: (file: string | undefined) => Promise<string>;
  /** A file as memories name it. */
  readonly fileName: (file: vscode.Uri) => string | undefined;
  readonly onFailure: (error: unknown) => void;
}

/** Changes that come one after the other are shown together. */
const TOGETHER_MS = 300;

/** The page of a memory or a session in an editor of its own; another one takes its place. */
export class MemoryPages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #options: PagesOptions;
  readonly #subscriptions: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #target: Target | undefined;
  #isEditing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PagesOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(PAGE, this),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
    );
  }

  /** Shows a memory; false if it is no longer remembered. */
  async openMemory(id: string, { isEditing = false } = {}): Promise<boolean> {
    const [memory] = await this.#options.memories.get([id]);
    if (memory === undefined) return false;
    this.#isEditing = isEditing;
    await this.#open({ kind: "memory", id: memory.id }, memory.title);
    return true;
  }

  async openSession(key: string): Promise<void> {
    const page = await sessionPage(this.#options.memories, key, vscode.l10n);
    this.#isEditing = false;
    await this.#open({ kind: "session", key }, page.title);
  }

  /** Shows what stood around a memory. */
  async openTimeline(id: string): Promise<void> {
    this.#isEditing = false;
    await this.#open({ kind: "timeline", id }, vscode.l10n.t("Timeline"));
  }

  /** Shows what a model would be given about the file at hand, and then about the next one. */
  async openContext(): Promise<void> {
    this.#isEditing = false;
    const target: Target = { kind: "context", ...this.#fileIn(vscode.window.activeTextEditor) };
    // Beside the file, which stays the one that is worked on, since it follows the editor.
    await this.#open(target, vscode.l10n.t("What a model would be given here"), {
      isBeside: true,
    });
  }

  /** Id of the memory that the active page shows. */
  get activeMemory(): string | undefined {
    return this.#panel?.active === true && this.#target?.kind === "memory"
      ? this.#target.id
      : undefined;
  }

  /** Shows anew what is different since; a page that somebody is changing keeps what was typed. */
  refresh(): void {
    if (this.#panel === undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show().catch((error: unknown) => this.#options.log.error(describe(error)));
    }, TOGETHER_MS);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { target } = (state ?? {}) as { target?: Target };
    if (target === undefined || this.#panel !== undefined) {
      panel.dispose();
      return;
    }
    this.#take(panel, target);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#panel?.dispose();
  }

  #fileIn(editor: vscode.TextEditor | undefined): { file?: string } {
    const file = editor && this.#options.fileName(editor.document.uri);
    return file === undefined ? {} : { file };
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    const { file } = this.#fileIn(editor);
    if (this.#target?.kind !== "context" || file === undefined) return;
    this.#target = { kind: "context", file };
    this.refresh();
  }

  async #open(target: Target, title: string, { isBeside = false } = {}): Promise<void> {
    const { Active, Beside } = vscode.ViewColumn;
    const name = oneLine(title, 60);
    if (this.#panel === undefined) {
      const panel = vscode.window.createWebviewPanel(
        PAGE,
        name,
        { viewColumn: isBeside ? Beside : Active, preserveFocus: isBeside },
        webviewOptions(this.#options.extensionUri),
      );
      panel.title = name;
      this.#take(panel, target);
      return;
    }
    this.#target = target;
    this.#panel.title = name;
    this.#panel.reveal(isBeside ? Beside : undefined, isBeside);
    await this.#show();
  }

  #take(panel: vscode.WebviewPanel, target: Target): void {
    this.#panel = panel;
    this.#target = target;
    panel.iconPath = iconOn(this.#options.extensionUri);
    panel.webview.options = webviewOptions(this.#options.extensionUri);
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#target = undefined;
    });
    panel.webview.onDidReceiveMessage((message: PageMessage) => {
      this.#act(message).catch((error: unknown) => this.#options.onFailure(error));
    });
    panel.webview.html = webviewPage(panel.webview, {
      ...{ extensionUri: this.#options.extensionUri, name: "page", words: words(), target },
    });
  }

  async #show({ isSaved = false } = {}): Promise<void> {
    const page = await this.#page();
    if (page === undefined) this.#tell({ kind: "gone" });
    else {
      // An edit may have given it another title.
      if (this.#panel !== undefined) this.#panel.title = oneLine(page.title, 60);
      this.#tell({ kind: "page", page, isEditing: this.#isEditing, isSaved });
      this.#isEditing = false;
    }
  }

  async #page(): Promise<Page | undefined> {
    const { memories, leaving } = this.#options;
    const target = this.#target;
    if (target === undefined) return undefined;
    const unlessGone = (error: unknown): undefined => {
      if (error instanceof Error && error.name === "NotFound") return undefined;
      throw error;
    };
    if (target.kind === "session")
      return sessionPage(memories, target.key, vscode.l10n).catch(unlessGone);
    if (target.kind === "timeline") {
      const timeline = await memories.timeline({ anchor: { id: target.id } }).catch(unlessGone);
      return timeline && timelinePage(timeline, vscode.l10n);
    }
    if (target.kind === "context")
      return contextPage(await this.#options.given(target.file), target.file, vscode.l10n);
    const [memory] = await memories.get([target.id]);
    if (memory === undefined) return undefined;
    const [seen] = await memories.seen([memory.id]);
    const isLeaving = leaving.has(memory.id);
    return memoryPage(memory, { isLeaving, ...(seen === undefined ? {} : { seen }) }, vscode.l10n);
  }

  async #act(message: PageMessage): Promise<void> {
    const { memories, leaving } = this.#options;
    const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
      vscode.commands.executeCommand(command, ...args);
    switch (message.do) {
      case "ready":
        return this.#show();
      case "openMemory":
        await run("recollect.openMemoryPage", message.id);
        return;
      case "openSession":
        return this.openSession(message.key);
      case "openFile":
        await run("recollect.openFile", message.path);
        return;
      case "openDiff":
        await run("recollect.openDiff", message.path, message.commit);
        return;
      case "openWeb":
        if (message.address.startsWith("https://"))
          await vscode.env.openExternal(vscode.Uri.parse(message.address));
        return;
      case "pin":
        return this.#options.pin(message.id, message.isPinned);
      case "copy": {
        const [memory] = await memories.get([message.id]);
        if (memory !== undefined) await vscode.env.clipboard.writeText(memoryText(memory));
        vscode.window.setStatusBarMessage(vscode.l10n.t("Copied."), 3_000);
        return;
      }
      case "timeline":
        return this.openTimeline(message.id);
      case "forget":
        return this.#options.forget(message.id);
      case "undoForget":
        leaving.undo(message.id);
        return;
      case "keep": {
        const kept = await this.#options.keep(message.id);
        if (kept === undefined || !(await this.openMemory(kept))) await this.#show();
        return;
      }
      case "reject":
        await this.#options.reject(message.id);
        return this.#show();
      case "markHarmless":
        await run("recollect.markHarmless", message.id);
        return;
      case "edit": {
        if (await this.#options.edit(message)) await this.#show({ isSaved: true });
      }
    }
  }

  #tell(news: PageNews): void {
    void this.#panel?.webview.postMessage(news);
  }
}

function words(): Record<string, string> {
  const { t } = vscode.l10n;
  return {
    gone: t("This is no longer remembered."),
    actions: t("What can be done with it"),
    edit: t("Edit"),
    title: t("Title"),
    type: t("Type"),
    text: t("Text"),
    save: t("Save"),
    cancel: t("Cancel"),
    discovery: t("discovery"),
    decision: t("decision"),
    bugfix: t("fix"),
    feature: t("feature"),
    refactor: t("refactoring"),
    change: t("change"),
    command: t("command"),
  };
}
