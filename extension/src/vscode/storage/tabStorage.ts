import * as vscode from "vscode";
import { HintedSegmentStore } from "../../common/storage/HintedSegmentStore.js";
import type { Log } from "../../common/Log.js";
import type { Storage } from "../Host.js";
import { hintFile } from "./fileHint.js";
import { WorkspaceSegmentStore } from "./WorkspaceSegmentStore.js";

/** The storage of a browser's tab, which learns of other tabs' files by events and by hints. */
export function tabStorage(globalStorage: vscode.Uri, log: Log): Storage {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(globalStorage, "mem1");
  const store = new HintedSegmentStore(
    new WorkspaceSegmentStore(fs, folder),
    hintFile(fs, folder),
    log,
  );
  return {
    store,
    quarantine: new WorkspaceSegmentStore(fs, folder, "bad"),
    compactAbove: 128,
    pollMs: 10_000,
    canBeEvicted: true,
    watch: (onNews) => {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(globalStorage, "mem1/**"),
        false,
        false,
        true,
      );
      const hear = ({ path }: vscode.Uri): void => {
        const [, name] = /\/mem1\/seg\/([^/]+)$/.exec(path) ?? [];
        if (name === undefined) return;
        store.hear(name);
        onNews();
      };
      return vscode.Disposable.from(watcher, watcher.onDidCreate(hear), watcher.onDidChange(hear));
    },
  };
}
