import * as vscode from "vscode";
import type { App } from "../App.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** From now on nothing is stored from this window. */
export async function startPrivateSession({ guard }: App): Promise<void> {
  await guard.setPrivate(true);
  say(vscode.l10n.t("Private session: nothing is stored from this window until you end it."));
}

export async function endPrivateSession({ guard }: App): Promise<void> {
  await guard.setPrivate(false);
  say(vscode.l10n.t("The private session is over."));
}

/** From now on only what the user asks for is stored from this workspace. */
export async function pause({ guard }: App): Promise<void> {
  await guard.setPaused(true);
  say(vscode.l10n.t("Paused: in this workspace only what you ask for yourself is stored."));
}

export async function resume({ guard }: App): Promise<void> {
  await guard.setPaused(false);
  say(vscode.l10n.t("Memories of this workspace are recorded again."));
}

function say(sentence: string): void {
  vscode.window.setStatusBarMessage(sentence, STATUS_MS);
}
