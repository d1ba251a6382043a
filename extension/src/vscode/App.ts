import type * as vscode from "vscode";
import type { AssistantWrites } from "../common/memories/AssistantWrites.js";
import type { Encryption } from "../common/storage/Encryption.js";
import type { History } from "../common/git/gitHistory.js";
import type { ImageStore } from "../common/storage/IndexCache.js";
import type { Log } from "../common/Log.js";
import type { Memories } from "../common/memories/Memories.js";
import type { Rewriter } from "../common/rewrite/Rewriter.js";
import type { SegmentStore } from "../common/storage/SegmentStore.js";
import type { WriteGuard } from "../common/memories/WriteGuard.js";
import type { Capture } from "./capture/Capture.js";
import type { RepositoryHead } from "./git/gitRepositories.js";
import type { MemoryDocuments } from "./documents/memoryDocument.js";
import type { Projects } from "./git/project.js";
import type { ReportDocuments } from "./documents/reportDocument.js";
import type { ToolsSwitch } from "./tools/ToolsSwitch.js";

/** What commands, tools and the chat participant work with. */
export interface App {
  readonly log: vscode.LogOutputChannel;
  readonly memories: Memories;
  readonly encryption: Encryption;
  readonly guard: WriteGuard;
  readonly assistantWrites: AssistantWrites;
  readonly capture: Capture;
  readonly rewriter: Rewriter;
  readonly projects: Projects;
  readonly documents: MemoryDocuments;
  readonly reports: ReportDocuments;
  readonly host: Host;
  /** Whether language models may use the tools. */
  readonly tools: ToolsSwitch;
  /** Small values that all windows share. */
  readonly kept: vscode.Memento;
  readonly version: string;
  /** Where the memories are, for showing. */
  readonly storageUri: vscode.Uri;
}

/** What differs between the Node host and the web worker host. */
export interface Host {
  /** The storage in the extension's folder. */
  openStorage(globalStorage: vscode.Uri, log: Log): Storage;

  /** The history of the repository a folder belongs to, or `undefined` if there is none to be read. */
  openHistory(folder: vscode.Uri): Promise<History | undefined>;

  /** Follows what is checked out in the repositories of this window. */
  watchRepositories(
    watch: (repository: RepositoryHead) => vscode.Disposable,
    log: Log,
  ): Promise<vscode.Disposable>;
}

/** Where a host keeps memories, and how it hears of what other windows keep there. */
export interface Storage {
  readonly store: SegmentStore;
  readonly quarantine: SegmentStore;
  readonly images?: ImageStore;
  /** Small segments are folded together if there are more than this. */
  readonly compactAbove: number;
  /** How often the storage is looked at while the window is focused. */
  readonly pollMs: number;
  /** Whether a browser may remove all of it by itself. */
  readonly canBeEvicted: boolean;
  /** Calls back when another window has written something; not every time, where a host cannot tell. */
  readonly watch?: (onNews: () => void) => vscode.Disposable;
}
