import * as vscode from "vscode";
import { AGENT_TITLES, type AgentState } from "../../common/agents/AgentConnector.js";
import { afterConnecting } from "../../common/agents/connections.js";
import { codeBlock } from "../../common/text/markdown.js";
import type { App } from "../App.js";

/** Lists the agents of this machine, shows what connecting one changes, and does or undoes it. */
export async function connectAgent(app: App): Promise<void> {
  const { connector } = app.host;
  if (connector === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "From here no agent of a machine can be reached: nothing runs beside this window.",
      ),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(items(await connector.list()), {
    title: vscode.l10n.t("Connect an Agent"),
    placeHolder: vscode.l10n.t("The exact change is shown before anything is written"),
    matchOnDescription: true,
  });
  if (picked?.state === undefined) return;
  const { agent, isConnected } = picked.state;
  const title = AGENT_TITLES[agent];
  try {
    const lines = await connector.preview(agent, isConnected);
    const heading = isConnected
      ? vscode.l10n.t("Taking Recollect out of {0}", title)
      : vscode.l10n.t("Connecting {0}", title);
    const explained = isConnected
      ? vscode.l10n.t("What was written to these files is taken out again; all else in them stays:")
      : vscode.l10n.t("These lines are added; all else in the files stays as it is:");
    const report = `# ${heading}\n\n${explained}\n\n${codeBlock(lines.join("\n"))}\n`;
    await app.reports.show(heading, report, true);
    const yes = isConnected ? vscode.l10n.t("Disconnect") : vscode.l10n.t("Connect");
    const answer = await vscode.window.showInformationMessage(`${heading}?`, yes);
    if (answer !== yes) return;
    const done = await (isConnected ? connector.undo(agent) : connector.connect(agent));
    const next = afterConnecting(agent);
    for (const line of done) app.log.info(`${agent}: ${line}`);
    void vscode.window.showInformationMessage(
      isConnected
        ? vscode.l10n.t("{0} is as it was before.", title)
        : vscode.l10n.t("{0} is connected. {1}", title, vscode.l10n.t(next)),
    );
  } catch (error) {
    // Says which file is of a form that this version does not know, and is left alone.
    if (!(error instanceof Error) || error.name !== "UsageError") throw error;
    app.log.warn(`${agent}: ${error.message}`);
    void vscode.window.showWarningMessage(
      vscode.l10n.t("{0} was not changed: {1}", title, error.message),
    );
  }
}

/** Connected ones first, then those that are installed. */
function items(states: readonly AgentState[]): (vscode.QuickPickItem & { state?: AgentState })[] {
  const rank = ({ isConnected, isInstalled }: AgentState): number =>
    isConnected ? 0 : isInstalled ? 1 : 2;
  return [...states]
    .sort((one, other) => rank(one) - rank(other))
    .map((state) => ({
      state,
      label: AGENT_TITLES[state.agent],
      description: state.isConnected
        ? vscode.l10n.t("connected; choose it to disconnect")
        : state.isInstalled
          ? vscode.l10n.t("installed here")
          : vscode.l10n.t("not found here"),
      iconPath: new vscode.ThemeIcon(state.isConnected ? "check" : "plug"),
    }));
}
