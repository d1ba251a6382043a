import * as vscode from "vscode";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { CommandId } from "../../common/tools/contributions.js";
import { activityNews } from "../../common/views/activity.js";
import type { SearchMessage, SearchNews } from "../../common/views/protocol.js";
import { searchPage } from "../../common/views/search.js";
import { sentenceAbout } from "../errors.js";
import type { Projects } from "../git/project.js";
import { webviewOptions, webviewPage } from "./webviewPage.js";

/** Changes that come one after the other are told together. */
const TOGETHER_MS = 500;

const VIEW: `recollect.${string}` = "recollect.searchView";

/** Commands that the view offers where it is empty. */
const OFFERED: readonly CommandId[] = ["recollect.learnFromGit", "recollect.remember"];

/** The search of the side bar. */
export class SearchView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #memories: Memories;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #extensionUri: vscode.Uri;
  readonly #subscriptions: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  /** What is to be asked once the view is there. */
  #waiting: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(memories: Memories, projects: Projects, log: Log, extensionUri: vscode.Uri) {
    this.#memories = memories;
    this.#projects = projects;
    this.#log = log;
    this.#extensionUri = extensionUri;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(VIEW, this),
      { dispose: memories.changes.listen(() => this.#changedSoon()) },
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.options = webviewOptions(this.#extensionUri);
    view.webview.onDidReceiveMessage((message: SearchMessage) => {
      this.#answer(message).catch((error: unknown) => this.#log.error(describe(error)));
    });
    view.webview.html = webviewPage(view.webview, {
      ...{ extensionUri: this.#extensionUri, name: "search", words: words() },
    });
  }

  /** Shows the view, with a question in it if there is one. */
  async show(text?: string): Promise<void> {
    this.#waiting = text;
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    this.#askWaiting();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  async #answer(message: SearchMessage): Promise<void> {
    switch (message.do) {
      case "ready":
        this.#askWaiting();
        return;
      case "open":
        await vscode.commands.executeCommand("recollect.openMemoryPage", message.id);
        return;
      case "run":
        // The page names a command; only what this view offers is run.
        if (OFFERED.some((command) => command === message.command))
          await vscode.commands.executeCommand(message.command);
        return;
      case "activity":
        return this.#tellActivity(message.isWhole);
      case "search":
        this.#tell(await this.#search(message));
    }
  }

  async #tellActivity(isWhole: boolean): Promise<void> {
    const projects = (await this.#projects.ofWindow()).map(({ id }) => id);
    const asked = { projects, now: Date.now(), isWhole };
    try {
      this.#tell(await activityNews(this.#memories, asked, vscode.l10n));
    } catch (error) {
      // The rows say why nothing can be told.
      if (sentenceAbout(error) === undefined) throw error;
    }
  }

  async #search(message: Extract<SearchMessage, { do: "search" }>): Promise<SearchNews> {
    const projects = (await this.#projects.ofWindow()).map(({ id }) => id);
    const { file } = this.#projects.near(undefined);
    const me = await this.#projects.user();
    const place = {
      ...{ projects, now: Date.now() },
      ...(file === undefined ? {} : { file }),
      ...(me === undefined ? {} : { me }),
    };
    try {
      return await searchPage(this.#memories, message, place, vscode.l10n);
    } catch (error) {
      const sentence = sentenceAbout(error);
      if (sentence === undefined) throw error;
      return {
        ...{ kind: "page", question: message.question, offset: 0, rows: [], total: 0 },
        ...{ chips: [], sentences: [sentence], isEmpty: false },
      };
    }
  }

  #askWaiting(): void {
    if (this.#waiting === undefined || this.#view === undefined) return;
    this.#tell({ kind: "ask", text: this.#waiting });
    this.#waiting = undefined;
  }

  #changedSoon(): void {
    if (this.#view?.visible !== true) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell({ kind: "changed" });
    }, TOGETHER_MS);
  }

  #tell(news: SearchNews): void {
    void this.#view?.webview.postMessage(news);
  }
}

function words(): Record<string, string> {
  const { t } = vscode.l10n;
  return {
    placeholder: t("Ask or search: a time, a file, a person, words"),
    filters: t("Filters"),
    understood: t("How the question was understood"),
    results: t("Memories"),
    why: t("Why this"),
    near: t("may fit"),
    nearWhy: t("It holds less of the question than the best ones, so it only may fit."),
    pinned: t("Pinned"),
    without: t("Leave out"),
    close: t("Close"),
    noMatch: t("Nothing matches. Take a filter away, or use fewer words."),
    noMemories: t("Nothing is remembered yet."),
    days: t("Memories by day: choose one, or draw over several"),
    year: t("A year, day by day"),
    counted: t("{0} · memories: {1}"),
    overview: t("Calendar, files and kinds"),
    earlier: t("Earlier"),
    later: t("Later"),
    files: t("Files that most is known of"),
    sectors: t("Kinds of remembering"),
    "recollect.learnFromGit": t("Learn from Git History"),
    "recollect.remember": t("Remember…"),
    "type:decision": t("Decisions"),
    "type:bugfix": t("Fixes"),
    "type:feature": t("Features"),
    "type:discovery": t("Discoveries"),
    "is:pinned": t("Pinned"),
    "since:7d": t("7 days"),
    "since:30d": t("30 days"),
  };
}
