import * as vscode from "vscode";
import { describe, type Log } from "../../common/Log.js";
import { proposals } from "../../common/memories/Inbox.js";
import type { LeavingMemories } from "../../common/memories/LeavingMemories.js";
import type { Memories } from "../../common/memories/Memories.js";
import { fileRows } from "../../common/views/fileRows.js";
import {
  decisionRows,
  inboxRows,
  LIST_PAGE,
  patternRows,
  pinnedRows,
} from "../../common/views/listRows.js";
import { todayRows } from "../../common/views/todayRows.js";
import type { ViewRow } from "../../common/views/ViewRow.js";
import type { Projects } from "../git/project.js";
import { isAskingToKeep } from "../settings.js";
import { RowTree } from "./RowTree.js";

/** Changes that come one after the other are shown together. */
const TOGETHER_MS = 300;

/** While a large store is being read, the rows are made again after this long. */
const LOADING_POLL_MS = 1_000;

/** Ids of the views in the manifest, by what they show. */
export const VIEWS = {
  today: "recollect.today",
  file: "recollect.file",
  decisions: "recollect.decisions",
  patterns: "recollect.patterns",
  pinned: "recollect.pinned",
  inbox: "recollect.inbox",
} as const;

/** What the lists are made from. */
export interface ViewsOptions {
  readonly memories: Memories;
  readonly projects: Projects;
  readonly leaving: LeavingMemories;
  readonly log: Log;
}

/** The lists of the side bar, kept in step with the memories and the active editor. */
export class MemoryViews implements vscode.Disposable {
  readonly #memories: Memories;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #trees = new Map<string, RowTree>();
  readonly #limits = new Map<string, number>();
  /** Views whose rows have been made from all memories. */
  readonly #read = new Set<string>();
  readonly #subscriptions: vscode.Disposable[];
  /** The file that is looked at, or was before a page came before it. */
  #file = vscode.window.activeTextEditor?.document.uri;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #isLoaded = false;
  /** Whether commits of this window's projects are known. */
  #isLearned = false;

  constructor({ memories, projects, leaving, log }: ViewsOptions) {
    this.#memories = memories;
    this.#projects = projects;
    this.#log = log;
    const tree = (id: string, load: () => Promise<readonly ViewRow[]>): RowTree => {
      const made = new RowTree(
        id,
        async () => {
          try {
            const rows = await load();
            // What comes later than the rows does not tell of itself.
            if (memories.loadedPercent !== undefined) this.#refreshAfter(LOADING_POLL_MS);
            return rows;
          } finally {
            this.#noteRead(id);
          }
        },
        { log, more: "recollect.showMore", isHidden: (id) => leaving.has(id) },
      );
      this.#trees.set(id, made);
      return made;
    };
    const { l10n } = vscode;
    this.#subscriptions = [
      tree(VIEWS.today, async () => todayRows(memories, await this.#asked(), l10n)),
      tree(VIEWS.file, () => this.#fileRows()),
      tree(VIEWS.decisions, async () =>
        decisionRows(memories, await this.#listed(VIEWS.decisions), l10n),
      ),
      tree(VIEWS.patterns, async () => patternRows(memories, await this.#asked(), l10n)),
      tree(VIEWS.pinned, async () => pinnedRows(memories, await this.#listed(VIEWS.pinned), l10n)),
      tree(VIEWS.inbox, async () => inboxRows(memories, await this.#asked(), l10n)),
      {
        dispose: memories.changes.listen(() => {
          this.#refreshAfter(TOGETHER_MS);
          this.#noteSoon();
        }),
      },
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const { uri } = editor?.document ?? {};
        // A page or a report that comes before the file leaves its rows.
        const isFile = uri !== undefined && projects.fileName(uri) !== undefined;
        if (!isFile && this.#file !== undefined && isOpen(this.#file)) return;
        this.#file = uri;
        this.#trees.get(VIEWS.file)?.refresh();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
    ];
  }

  /** All memories are there; before that nothing is asked, since that would load them. */
  loaded(): void {
    this.#isLoaded = true;
    this.#noteSoon();
  }

  /** Ticks the first of the first steps if it is done: the editor notices a change alone, and only once it has shown them. */
  async tellFirstStep(): Promise<void> {
    if (!this.#isLearned) return;
    const key = "recollect.firstStepIsDone";
    await vscode.commands.executeCommand("setContext", key, false);
    await vscode.commands.executeCommand("setContext", key, true);
  }

  /** Makes the rows of all views anew. */
  refresh(): void {
    for (const tree of this.#trees.values()) tree.refresh();
  }

  /** Shows another page of a list. */
  showMore(viewId: string): void {
    this.#limits.set(viewId, (this.#limits.get(viewId) ?? LIST_PAGE) + LIST_PAGE);
    this.#trees.get(viewId)?.refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#noteTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Only what has been read can be said to be empty. */
  #noteRead(id: string): void {
    if (this.#memories.loadedPercent !== undefined) return;
    if (this.#read.has(id)) return;
    this.#read.add(id);
    void vscode.commands.executeCommand("setContext", `${id}.isRead`, true);
  }

  /** Tells what is to be seen without any list being open. */
  #noteSoon(): void {
    if (!this.#isLoaded) return;
    this.#noteTimer ??= setTimeout(() => {
      this.#noteTimer = undefined;
      Promise.all([this.#noteLearned(), this.#noteWaiting()]).catch((error: unknown) =>
        this.#log.debug(`what the views have was not counted: ${describe(error)}`),
      );
    }, TOGETHER_MS);
  }

  /** How many proposals wait, as a number beside the view's icon. */
  async #noteWaiting(): Promise<void> {
    const view = this.#trees.get(VIEWS.inbox)?.view;
    if (view === undefined) return;
    const { projects } = await this.#asked();
    const { length: value } = isAskingToKeep() ? await proposals(this.#memories, projects) : [];
    view.badge =
      value === 0 ? undefined : { value, tooltip: vscode.l10n.t("{0} to keep or reject", value) };
  }

  /** While commits are known, no list offers to learn them. */
  async #noteLearned(): Promise<void> {
    const projects = await this.#projects.ofWindow();
    if (projects.length === 0) return;
    if (this.#isLearned) {
      // As long as there is anything, commits are not counted again; all of it may be forgotten.
      const left = { projects: projects.map(({ id }) => id), limit: 1 };
      if ((await this.#memories.recent(left)).total > 0) return;
    }
    const known = await Promise.all(projects.map((one) => this.#memories.knownCommits(one)));
    const isLearned = known.some((commits) => commits.length > 0);
    if (isLearned === this.#isLearned) return;
    this.#isLearned = isLearned;
    await vscode.commands.executeCommand("setContext", "recollect.isLearned", isLearned);
    await this.tellFirstStep();
  }

  #refreshAfter(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.refresh();
    }, milliseconds);
  }

  async #asked(): Promise<{ projects: string[]; now: number }> {
    const projects = await this.#projects.ofWindow();
    return { projects: projects.map(({ id }) => id), now: Date.now() };
  }

  async #listed(viewId: string): Promise<{ projects: string[]; now: number; limit: number }> {
    return { ...(await this.#asked()), limit: this.#limits.get(viewId) ?? LIST_PAGE };
  }

  async #fileRows(): Promise<readonly ViewRow[]> {
    const uri = this.#file;
    const asked = await this.#asked();
    const file = uri === undefined ? undefined : this.#projects.fileName(uri);
    const view = this.#trees.get(VIEWS.file)?.view;
    if (view !== undefined) view.description = file ?? "";
    void vscode.commands.executeCommand("setContext", "recollect.hasFile", file !== undefined);
    return file === undefined ? [] : fileRows(this.#memories, { ...asked, file }, vscode.l10n);
  }
}

/** Whether a file has a tab. */
function isOpen(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
}
