import * as vscode from "vscode";

/** The extension's log, with the editor's levels. What a user stored is never written to it. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel("Recollect", { log: true });
}
