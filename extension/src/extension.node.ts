import { chmod } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RecollectApi } from "../api.js";
import { GitFolderHistory } from "./common/git/GitFolderHistory.js";
import { nodeHistory } from "./node/git/nodeHistory.js";
import { FileImageStore } from "./node/FileImageStore.js";
import { FileSegmentStore } from "./node/FileSegmentStore.js";
import { agentConnector, refreshLauncher } from "./node/agentConnector.js";
import { editorImport } from "./node/import/editorImport.js";
import { ownProgram, tellPlugin } from "./node/ownProgram.js";
import { watchFolder } from "./node/watchFolder.js";
import { WorkerModel } from "./node/WorkerModel.js";
import { activate as activateIn, type Activated } from "./vscode/activate.js";
import type { Host, Storage } from "./vscode/Host.js";
import { gitExtensionUser, gitProgram, watchRepositories } from "./vscode/git/gitExtension.js";
import { openHistory } from "./vscode/git/openHistory.js";
import { tabStorage } from "./vscode/storage/tabStorage.js";

// The editor gives nothing to `deactivate`, so what it needs must stand here.
let activated: Activated | undefined;

/** Starts the extension in the Node extension host, on a desktop or a server. */
export function activate(context: vscode.ExtensionContext): RecollectApi {
  const { globalStorageUri } = context;
  // Processes reach only what is in this machine's files.
  const storage = globalStorageUri.scheme === "file" ? globalStorageUri.fsPath : undefined;
  if (storage !== undefined) tellPlugin(storage);
  activated = activateIn(context, {
    openStorage: (globalStorage, log) =>
      globalStorage.scheme === "file"
        ? folderStorage(join(globalStorage.fsPath, "mem1"))
        : tabStorage(globalStorage, log),
    openHistory: (folder) =>
      openHistory(folder, async (reader, git) =>
        // A folder of another machine is read through the editor alone.
        folder.scheme === "file"
          ? nodeHistory(await gitProgram(), reader, git)
          : new GitFolderHistory(reader, git),
      ),
    findUser: gitExtensionUser,
    watchRepositories,
    openModel: (folder, questionPrefix) =>
      new WorkerModel(join(__dirname, "model.js"), {
        folder,
        module: join(__dirname, "model.wasm"),
        ...(questionPrefix === undefined ? {} : { questionPrefix }),
      }),
    home: vscode.Uri.file(homedir()),
    keepToUser: async ({ scheme, fsPath }) => {
      if (scheme === "file") await chmod(fsPath, 0o600);
    },
    ...(storage === undefined ? {} : nodeAgents(storage, context.extension)),
  });
  return activated.api;
}

/** What agents of this machine need to use the memories. */
function nodeAgents(
  storage: string,
  { extensionPath: folder, packageJSON }: vscode.Extension<unknown>,
): Pick<Host, "ownProgram" | "connector" | "importing"> {
  const installed = { folder, program: process.execPath, isEditor: true };
  // Where it fails, an agent goes on with what was installed before.
  refreshLauncher(storage, installed).catch(() => undefined);
  return {
    ownProgram: ownProgram(storage),
    connector: agentConnector(storage, installed),
    // The editor has read the manifest, in which this is a text.
    importing: editorImport(storage, (packageJSON as { version: string }).version),
  };
}

/** Writes what is still waiting. */
export async function deactivate(): Promise<void> {
  await activated?.deactivate();
}

function folderStorage(folder: string): Storage {
  return {
    store: new FileSegmentStore(folder),
    quarantine: new FileSegmentStore(folder, "bad"),
    images: new FileImageStore(folder),
    compactAbove: 64,
    pollMs: 30_000,
    canBeEvicted: false,
    watch: (onNews) => watchFolder(join(folder, "seg"), onNews),
  };
}
