import * as vscode from "vscode";
import { ErrorWatch, type FileError } from "../../common/capture/ErrorWatch.js";
import { RateLimit } from "../../common/memories/RateLimit.js";
import type { CaptureSink } from "./CaptureSink.js";
import { documentDetails, documentOf, placeOf } from "./place.js";

/** An error must stand for this long: while somebody types there are others all the time. */
const STEADY_MS = 2_000;

/** Files that are looked at before the host does other work. */
const FILES_AT_ONCE = 20;

/** A build that reports thousands of errors says little with each. */
const EVENTS_PER_MINUTE = 30;

/** Longest message that is kept. */
const MAX_MESSAGE = 500;

/** Errors that appear in files, and errors that are gone after something was changed. */
export function listenToDiagnostics(sink: CaptureSink): vscode.Disposable {
  const watch = new ErrorWatch();
  const limit = new RateLimit(EVENTS_PER_MINUTE, 60_000);
  /** Files to look at, with when their errors last changed. */
  const changed = new Map<string, { uri: vscode.Uri; at: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = (): void => {
    timer = undefined;
    const now = Date.now();
    const due = [...changed].filter(([, { at }]) => now - at >= STEADY_MS).slice(0, FILES_AT_ONCE);
    for (const [key, { uri }] of due) {
      changed.delete(key);
      lookAt(uri);
    }
    if (changed.size > 0) timer = setTimeout(look, due.length > 0 ? 50 : STEADY_MS / 4);
  };

  const lookAt = (uri: vscode.Uri): void => {
    const place = placeOf(uri);
    if (place === undefined || !sink.isOn("diagnostics", place.folder)) return;
    const document = documentOf(uri);
    const now = Date.now();
    const errors = vscode.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
      .map(fileError);
    const change = watch.look(uri.toString(), errors, document !== undefined, now);
    const take = (error: FileError, content: string, details: Record<string, unknown>): void => {
      if (limit.take(now) > 0) return;
      sink.take(place.folder, {
        source: "diagnostics",
        type: "error",
        at: now,
        file: place.path,
        content,
        maxLength: MAX_MESSAGE,
        // Messages name other files.
        naming: { error: error.message },
        metadata: {
          ...documentDetails(document),
          line: error.line,
          ...(error.source === undefined ? {} : { reportedBy: error.source }),
          ...(error.code === undefined ? {} : { error_type: error.code }),
          ...details,
        },
        cwd: place.path.slice(0, place.path.lastIndexOf("/") + 1),
      });
    };
    for (const { durationMs, ...error } of change.cleared)
      take(error, `No longer: ${error.message}`, { passed: true, durationMs });
    for (const error of change.appeared) take(error, error.message, { passed: false });
  };

  return vscode.Disposable.from(
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const at = Date.now();
      for (const uri of uris) changed.set(uri.toString(), { uri, at });
      timer ??= setTimeout(look, STEADY_MS);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && placeOf(document.uri) !== undefined)
        watch.noteChange(Date.now());
    }),
    sink.onDiscard(() => watch.clear()),
    sink.onResume(() => changed.clear()),
    { dispose: () => clearTimeout(timer) },
  );
}

function fileError({ message, range, source, code }: vscode.Diagnostic): FileError {
  const [firstLine = ""] = message.trim().split("\n");
  const name = typeof code === "object" ? code.value : code;
  return {
    message: firstLine,
    line: range.start.line + 1,
    ...(source === undefined ? {} : { source }),
    ...(name === undefined ? {} : { code: String(name) }),
  };
}
