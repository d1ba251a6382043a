import type * as vscode from "vscode";
import type { AgentConnector } from "../common/agents/AgentConnector.js";
import type { OwnProgram } from "../common/agents/OwnProgram.js";
import type { FolderReader } from "../common/git/FolderReader.js";
import type { GitFolder } from "../common/git/gitFolder.js";
import type { LearnedRepository } from "../common/git/HistoryLearner.js";
import type { ImportHost } from "../common/import/ImportHost.js";
import type { Log } from "../common/Log.js";
import type { MeaningModel } from "../common/meaning/MeaningModel.js";
import type { ImageStore } from "../common/storage/IndexCache.js";
import type { SegmentStore } from "../common/storage/SegmentStore.js";
import type { RepositoryHead } from "./git/gitRepositories.js";
import type { FindUser } from "./git/user.js";

/** What differs between the Node host and the web worker host. */
export interface Host {
  /** The storage in the extension's folder. */
  openStorage(globalStorage: vscode.Uri, log: Log): Storage;

  /** The history of the repository a folder belongs to, or `undefined` if there is none to be read. */
  openHistory(folder: vscode.Uri): Promise<OpenedHistory | undefined>;

  /** Name of whoever works in the repository of a folder, as its commits will name them. */
  readonly findUser: FindUser;

  /** Follows what is checked out in the repositories of this window. */
  watchRepositories(
    watch: (repository: RepositoryHead) => vscode.Disposable,
    log: Log,
  ): Promise<vscode.Disposable>;

  /** A model in a folder that tells what texts mean, where a thread can be had for it. */
  readonly openModel?: (folder: string, questionPrefix: string | undefined) => MeaningModel;

  /** The user's own folder, where files of this machine can be reached. */
  readonly home?: vscode.Uri;

  /** Lets nobody but the user read a file, where files have rights. */
  readonly keepToUser?: (file: vscode.Uri) => Promise<void>;

  /** The command line, where processes can be started. */
  readonly ownProgram?: OwnProgram;

  /** What agents keep on this machine, where its files can be reached. */
  readonly importing?: ImportHost;

  /** Connects agents of this machine, where their files can be reached. */
  readonly connector?: AgentConnector;
}

/** The history of a repository, and where that is. */
export interface OpenedHistory extends Pick<LearnedRepository, "history" | "learnDecided"> {
  /** The same for every folder of a repository. */
  readonly key: string;
  /** The root of its working tree. */
  readonly root: vscode.Uri;
  /** Its own files, where there are any. */
  readonly local?: LocalRepository;
}

/** The files of a repository. */
export interface LocalRepository {
  readonly git: GitFolder;
  /** Reads what the folder of the repository holds. */
  readonly reader: FolderReader;
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
