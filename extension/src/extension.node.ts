import * as vscode from "vscode";
import { FileSegmentStore } from "./node/FileSegmentStore.js";
import { activate as activateIn } from "./vscode/activate.js";
import { gitExtensionHistory } from "./vscode/gitExtension.js";
import { WorkspaceSegmentStore } from "./vscode/WorkspaceSegmentStore.js";

/** Starts the extension in the Node extension host, on a desktop or a server. */
export function activate(context: vscode.ExtensionContext): void {
  activateIn(context, {
    openStore: (folder) =>
      folder.scheme === "file"
        ? new FileSegmentStore(folder.fsPath)
        : new WorkspaceSegmentStore(vscode.workspace.fs, folder),
    openHistory: gitExtensionHistory,
  });
}
