import * as vscode from "vscode";

/** The drawing of the extension on a light and on a dark ground: as a picture it has no colour of its own. */
export function iconOn(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "media", name);
  return { light: media("recollect-light.svg"), dark: media("recollect-dark.svg") };
}
