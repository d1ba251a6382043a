import * as vscode from "vscode";

/** A file of an open workspace folder. */
export interface Place {
  readonly folder: vscode.WorkspaceFolder;
  /** Relative to the folder, with `/` between the names. */
  readonly path: string;
}

/** Where a file is, if it is in an open folder and no other version of one, such as a side of a diff. */
export function placeOf(uri: vscode.Uri): Place | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined || folder.uri.scheme !== uri.scheme) return undefined;
  const path = pathBelow(folder.uri, uri);
  return path === undefined || path === "" ? undefined : { folder, path };
}

/**
 * The open folder that a folder is or lies in, by the path alone.
 *
 * What a terminal or a repository names may be a file to them where the window names it by a server.
 */
export function placeOfFolder(uri: vscode.Uri): Place | undefined {
  const places = (vscode.workspace.workspaceFolders ?? []).flatMap((folder): Place[] => {
    const path = pathBelow(folder.uri, uri);
    return path === undefined ? [] : [{ folder, path }];
  });
  // Of folders within one another, the innermost.
  return places.sort((a, b) => a.path.length - b.path.length)[0];
}

/** Path below a folder, without a slash at its begin; empty for the folder itself. */
export function pathBelow(folder: vscode.Uri, uri: vscode.Uri): string | undefined {
  const root = folder.path.replace(/\/$/, "");
  const path = uri.path.replace(/\/$/, "");
  if (path === root) return "";
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

/** The document of a file, if the editor has it open. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
}

/** What metadata says of a document. */
export function documentDetails(
  document: vscode.TextDocument | undefined,
): Record<string, unknown> {
  return document === undefined
    ? {}
    : { language: document.languageId, line_count: document.lineCount };
}
