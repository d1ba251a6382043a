import * as vscode from "vscode";
import type { CaptureSink } from "./CaptureSink.js";
import { documentDetails, documentOf, placeOf } from "./place.js";

/**
 * Files that are shown in a tab, no longer shown, and saved.
 *
 * Tabs tell what a person opens; documents are also opened by searches and other extensions, and
 * stay open for minutes after their tab was closed.
 */
export function listenToFiles(sink: CaptureSink): vscode.Disposable {
  let shown = shownFiles();

  const take = (type: string, uri: vscode.Uri, details: Record<string, unknown> = {}): void => {
    const place = placeOf(uri);
    if (place === undefined || !sink.isOn("files", place.folder)) return;
    sink.take(place.folder, {
      source: "files",
      type,
      at: Date.now(),
      file: place.path,
      // The text of a file that is just being opened comes a moment later.
      details: () => ({ ...documentDetails(documentOf(uri)), ...details }),
    });
  };

  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(() => {
      const before = shown;
      shown = shownFiles();
      for (const [key, uri] of shown) if (!before.has(key)) take("file_open", uri);
      for (const [key, uri] of before)
        // What was shown last is known now and may be gone when the event is looked at.
        if (!shown.has(key)) take("file_close", uri, documentDetails(documentOf(uri)));
    }),
    vscode.workspace.onDidSaveTextDocument((document) =>
      take("file_save", document.uri, documentDetails(document)),
    ),
  );
}

function shownFiles(): Map<string, vscode.Uri> {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => uriOf(input) ?? []),
  );
  return new Map(uris.map((uri) => [uri.toString(), uri]));
}

function uriOf(input: unknown): vscode.Uri | undefined {
  if (
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputNotebook ||
    input instanceof vscode.TabInputCustom
  )
    return input.uri;
  if (input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff)
    return input.modified;
  return undefined;
}
