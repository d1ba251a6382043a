import type * as vscode from "vscode";
import type { History } from "../common/gitHistory.js";
import type { Memories } from "../common/Memories.js";
import type { SegmentStore } from "../common/SegmentStore.js";
import type { MemoryDocuments } from "./memoryDocument.js";
import type { Projects } from "./project.js";

/** What commands, tools and the chat participant work with. */
export interface App {
  readonly log: vscode.LogOutputChannel;
  readonly memories: Memories;
  readonly projects: Projects;
  readonly documents: MemoryDocuments;
  readonly host: Host;
}

/** What differs between the Node host and the web worker host. */
export interface Host {
  /** The store in a folder; `files` writes where the host has nothing better. */
  openStore(folder: vscode.Uri): SegmentStore;

  /** The history of the repository a folder belongs to, or `undefined` if there is none to be read. */
  openHistory(folder: vscode.Uri): Promise<History | undefined>;
}
