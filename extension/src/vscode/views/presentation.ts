import * as vscode from "vscode";
import type { Presentation } from "../../common/recall/present.js";
import type { App } from "../App.js";

/** Words of the editor's language and links that open a memory through {@link trustedMarkdown}. */
export const presentation: Presentation = {
  l10n: vscode.l10n,
  link: (id) => `command:recollect.openMemory?${encodeURIComponent(JSON.stringify([id]))}`,
};

/** Markdown whose links may open memories and ask again, and run nothing else. Stored text in it must be escaped. */
export function trustedMarkdown(value: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(value);
  markdown.isTrusted = { enabledCommands: ["recollect.openMemory", "recollect.askAgain"] };
  return markdown;
}

/** Says that not everything has been read yet, while that is so. */
export function loadingNote({ memories }: Pick<App, "memories">): string | undefined {
  const percent = memories.loadedPercent;
  return percent === undefined
    ? undefined
    : vscode.l10n.t("Still loading: {0} % of the memories are here, the newest first.", percent);
}
