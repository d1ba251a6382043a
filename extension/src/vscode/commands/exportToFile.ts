import * as vscode from "vscode";
import { recordCount } from "../../common/text/count.js";
import { EXPORT_ENDINGS, exportAs, type ExportFormat } from "../../common/memories/exporting.js";
import { formatDate } from "../../common/text/plainText.js";
import type { App } from "../App.js";
import { withProgress } from "./transferCommands.js";

/** Writes memories into one file, in a format and of projects that the user chooses. */
export async function exportToFile(app: App): Promise<void> {
  const choice = await choose(app);
  if (choice === undefined) return;
  const { format, projects } = choice;
  const ending = EXPORT_ENDINGS[format];
  const { home } = app.host;
  const name = `recollect-${formatDate(Date.now())}.${ending}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export Memories"),
    filters: { [ending]: [ending] },
    // In a repository one commit would publish them.
    ...(home === undefined ? {} : { defaultUri: vscode.Uri.joinPath(home, name) }),
  });
  if (target === undefined) return;
  const exported = await withProgress(vscode.l10n.t("Exporting memories"), (progress) =>
    exportAs(app.memories, format, projects, progress),
  );
  if (exported.isCancelled) return;
  // Nobody else reads it at any moment, also where it is written over another file.
  await vscode.workspace.fs.writeFile(target, new Uint8Array());
  await app.host.keepToUser?.(target);
  await vscode.workspace.fs.writeFile(target, exported.bytes);
  app.log.info(`exported ${exported.records} records, ${exported.unread.length} files not read`);
  const sentences = [
    vscode.l10n.t(
      "Exported {0} to {1}. The file is plain text: whoever can read it can read them.",
      recordCount(exported.records, vscode.l10n),
      vscode.workspace.asRelativePath(target),
    ),
  ];
  const isInside = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  if (isInside)
    sentences.push(vscode.l10n.t("It lies in an open folder: take care not to commit it."));
  if (exported.unread.length > 0)
    sentences.push(
      vscode.l10n.t("{0} files could not be read and are missing in it.", exported.unread.length),
    );
  const isWarning = isInside || exported.unread.length > 0;
  const show = isWarning ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(sentences.join(" "));
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format?: ExportFormat;
}

/** What is to be exported: a format, and the ids of projects unless it is all of them. */
interface Choice {
  readonly format: ExportFormat;
  readonly projects?: readonly string[];
}

async function choose(app: App, projects?: readonly string[]): Promise<Choice | undefined> {
  const formats: FormatItem[] = [
    {
      ...{ format: "jsonl", label: vscode.l10n.t("Everything, to be imported again") },
      description: "JSON Lines",
    },
    {
      ...{ format: "markdown", label: vscode.l10n.t("A text to read, by day and project") },
      description: "Markdown",
    },
    {
      ...{ format: "claude-mem", label: vscode.l10n.t("For claude-mem, or to be imported again") },
      description: "JSON",
    },
  ];
  const some: FormatItem = { label: vscode.l10n.t("Only some projects…") };
  const choice = await vscode.window.showQuickPick(
    projects === undefined ? [...formats, some] : formats,
    {
      title: vscode.l10n.t("Export Memories"),
      placeHolder: vscode.l10n.t(
        "The file is plain text: whoever can read it can read the memories",
      ),
    },
  );
  if (choice === undefined) return undefined;
  if (choice.format !== undefined)
    return { format: choice.format, ...(projects === undefined ? {} : { projects }) };
  const chosen = await chooseProjects(app);
  return chosen.length === 0 ? undefined : choose(app, chosen);
}

/** The ids of the projects that the user chooses; none if that is cancelled. */
async function chooseProjects(app: App): Promise<string[]> {
  const projects = await app.memories.projects();
  const choices = projects.map(({ project, memories }) => ({
    ...{ label: project.name, description: String(memories), id: project.id },
  }));
  const title = vscode.l10n.t("Only some projects…");
  const chosen = await vscode.window.showQuickPick(choices, { title, canPickMany: true });
  return (chosen ?? []).map(({ id }) => id);
}
