import * as vscode from "vscode";
import { approve } from "../../common/memories/Inbox.js";
import { sentenceForModel } from "../../common/tools/toolFailure.js";
import { runTool } from "../../common/tools/runTool.js";
import type { ViewRow } from "../../common/views/ViewRow.js";
import type { App } from "../App.js";
import { toolHost } from "./tools.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** Keeps what an assistant has proposed as a memory like others, and gives the id of that. */
export async function keepProposal(app: App, given: unknown): Promise<string | undefined> {
  const id = proposalMeant(given);
  if (id === undefined) return undefined;
  const kept = await approve(app.memories, id, vscode.workspace.isTrusted ? "high" : "low");
  // The user has dealt with both, so that neither is counted as not looked at.
  app.assistantWrites.settle([id, ...(kept === undefined ? [] : [kept])]);
  vscode.window.setStatusBarMessage(
    kept === undefined
      ? vscode.l10n.t("This is no longer remembered.")
      : vscode.l10n.t("It is kept."),
    STATUS_MS,
  );
  return kept;
}

/** Forgets what an assistant has proposed. */
export async function rejectProposal(app: App, given: unknown): Promise<void> {
  const id = proposalMeant(given);
  if (id === undefined) return;
  await app.memories.forget({ ids: [id] });
  app.assistantWrites.settle([id]);
  vscode.window.setStatusBarMessage(vscode.l10n.t("It was not kept."), STATUS_MS);
}

/** Shows what a model would be given about the work at hand. */
export async function previewContext(app: App): Promise<void> {
  await app.pages.openContext();
}

/** What a model would be given about a file or, without one, about the project. */
export function givenContext(app: App, file: string | undefined): Promise<string> {
  const input = { files: file === undefined ? [] : [file] };
  return runTool(toolHost(app), "recollect_memory_context", input).catch((error: unknown) =>
    sentenceForModel(error),
  );
}

function proposalMeant(given: unknown): string | undefined {
  if (typeof given === "string") return given;
  const { opens } = (given ?? {}) as Partial<ViewRow>;
  return opens?.kind === "memory" ? opens.id : undefined;
}
