import * as vscode from "vscode";
import type { CaptureSink } from "./Capture.js";

/** Debug sessions that begin and end; those that another one starts belong to it. */
export function listenToDebugging(sink: CaptureSink): vscode.Disposable {
  const begun = new Map<string, number>();

  const take = (type: string, session: vscode.DebugSession, details = {}): void => {
    const folder = session.workspaceFolder ?? vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined || !sink.isOn("debug", folder)) return;
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
      take("debug_start", session);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.parentSession !== undefined) return;
      const since = begun.get(session.id);
      begun.delete(session.id);
      take("debug_stop", session, since === undefined ? {} : { durationMs: Date.now() - since });
    }),
  );
}
