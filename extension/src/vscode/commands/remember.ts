import * as vscode from "vscode";
import type { Appended, Note, Provenance } from "recollect-wasm";
import type { App } from "../App.js";

/** Remembers a text in the project at hand. In Restricted Mode it is marked as low trust. */
export async function rememberText(
  app: Pick<App, "memories" | "projects">,
  note: Omit<Note, "origin">,
  provenance: Provenance,
): Promise<Appended> {
  const project = await app.projects.forNewMemory();
  const trust = vscode.workspace.isTrusted ? "high" : "low";
  return app.memories.remember({ ...note, origin: { project, provenance, trust } });
}
