import * as vscode from "vscode";
import type { CaptureSink } from "./CaptureSink.js";

/** Debug sessions that begin and end; those that another one starts belong to it. */
export function listenToDebugging(sink: CaptureSink): vscode.Disposable {
  const begun = new Map<string, number>();
  /** What began while nothing was captured is not told of when it ends. */
  const passedOver = new Set<string>();

  const isOn = (session: vscode.DebugSession): boolean => {
    const folder = folderOf(session);
    return folder !== undefined && sink.isOn("debug", folder);
  };
  const take = (type: string, session: vscode.DebugSession, details = {}): void => {
    const folder = folderOf(session);
    if (folder === undefined || !isOn(session)) return;
    sink.take(folder, {
      source: "debug",
      type,
      at: Date.now(),
      content: session.name,
      metadata: { debugger: session.type, ...details },
      // People name what they debug for the file.
      naming: { debugSession: session.name },
    });
  };

  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.parentSession !== undefined) return;
      begun.set(session.id, Date.now());
      if (!isOn(session)) passedOver.add(session.id);
      take("debug_start", session);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.parentSession !== undefined) return;
      const since = begun.get(session.id);
      begun.delete(session.id);
      if (passedOver.delete(session.id)) return;
      take("debug_stop", session, since === undefined ? {} : { durationMs: Date.now() - since });
    }),
  );
}

function folderOf({ workspaceFolder }: vscode.DebugSession): vscode.WorkspaceFolder | undefined {
  return workspaceFolder ?? vscode.workspace.workspaceFolders?.[0];
}
