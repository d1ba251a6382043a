import * as vscode from "vscode";
import { statusText, type RecordingState } from "../../common/views/recordingState.js";
import type { CommandId } from "../../common/tools/contributions.js";

/** What `window.title` may name: it says that a private session is on, and else nothing. */
const TITLE_VARIABLE = "recollectPrivateSession";
const TITLE_KEY = "recollect.privateSessionTitle";

/** Says in the status bar whether memories are recorded, and if not, why. */
export class RecordingStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #state: RecordingState | undefined;

  constructor() {
    this.#item = vscode.window.createStatusBarItem(
      "recollect.state",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = "Recollect";
    const register = "registerWindowTitleVariable";
    // An editor without this command shows a private session in the status bar alone.
    vscode.commands.executeCommand(register, TITLE_VARIABLE, TITLE_KEY).then(undefined, () => {});
  }

  /** What was shown last. */
  get state(): RecordingState | undefined {
    return this.#state;
  }

  show(state: RecordingState): void {
    this.#state = state;
    const { text, tooltip, command, isWarning, spoken } = statusText(state, vscode.l10n);
    const item = this.#item;
    item.text = text;
    item.tooltip = withSwitches(tooltip, state);
    item.command = command;
    item.accessibilityInformation = { label: spoken };
    item.backgroundColor = isWarning
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    item.show();
    // The palette offers what can be done in this state.
    const keys = {
      "recollect.isPrivateSession": state.isPrivate,
      "recollect.isPaused": state.isPaused,
      "recollect.isRewriting": state.rewriting.depth > 0,
      [TITLE_KEY]: state.isPrivate ? vscode.l10n.t("Private session") : "",
    };
    for (const [key, value] of Object.entries(keys))
      void vscode.commands.executeCommand("setContext", key, value);
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** The sentences, and below them the switches as links. */
function withSwitches(sentences: string, state: RecordingState): vscode.MarkdownString {
  const links: [CommandId, string][] = [
    ["recollect.openView", vscode.l10n.t("Open")],
    state.isPaused
      ? ["recollect.resume", vscode.l10n.t("Resume")]
      : ["recollect.pause", vscode.l10n.t("Pause")],
    state.isPrivate
      ? ["recollect.endPrivateSession", vscode.l10n.t("End private session")]
      : ["recollect.startPrivateSession", vscode.l10n.t("Private session")],
    ["recollect.showStatus", vscode.l10n.t("More…")],
  ];
  const tooltip = new vscode.MarkdownString();
  // Why writing failed is a text of the system.
  tooltip.appendText(sentences);
  tooltip.appendMarkdown(
    `\n\n${links.map(([command, label]) => `[${label}](command:${command})`).join(" · ")}`,
  );
  tooltip.isTrusted = { enabledCommands: links.map(([command]) => command) };
  return tooltip;
}
