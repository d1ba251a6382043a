import * as vscode from "vscode";
import type { Handler } from "../http/createHandler.js";
import type { KeptSettings, ViewerSettings } from "../http/Surface.js";
import type { App } from "./App.js";
import { gitExtensionRepository } from "./git/gitBranch.js";

const SETTINGS = "recollect.http.settings";

/** The compatible endpoints over this window's memories; loaded when it is first asked for. */
export async function httpHandler(app: App): Promise<Handler> {
  const { createHandler } = await import("../http/createHandler.js");
  const { memories, log, storageUri, projects, tools, kept, version, rewriter } = app;
  return createHandler(memories, {
    version,
    log,
    storagePath: storageUri.toString(true),
    settings: keptSettings(kept),
    tools,
    rewriting: () => rewriter.state,
    trust: () => (vscode.workspace.isTrusted ? "high" : "low"),
    repository: async () => {
      const folder = projects.currentFolder();
      // In Restricted Mode nothing is read from the project, and none of its hooks run.
      if (folder === undefined || !vscode.workspace.isTrusted) return undefined;
      return gitExtensionRepository(folder);
    },
    projectOf: async (folder) => {
      const uri = folderUri(folder);
      const alone = { place: { folder, otherFolders: [] } };
      return memories.projectAt((uri === undefined ? alone : await projects.placeOf(uri)).place);
    },
    rootsOf: async (folder) => {
      const uri = folderUri(folder);
      return uri === undefined ? [] : (await projects.placeOf(uri)).roots;
    },
  });
}

/**
 * The folder that a client names by a path or a URI; none for a path that does not say where it
 * begins, which is known by its address alone.
 */
function folderUri(folder: string): vscode.Uri | undefined {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(folder)) return vscode.Uri.parse(folder);
  return /^(?:[/\\]|[a-z]:[\\/])/i.test(folder)
    ? vscode.Uri.file(folder.replaceAll("\\", "/"))
    : undefined;
}

function keptSettings(values: vscode.Memento): KeptSettings {
  return {
    read: async () => values.get<Partial<ViewerSettings>>(SETTINGS) ?? {},
    write: async (settings) => values.update(SETTINGS, settings),
  };
}
