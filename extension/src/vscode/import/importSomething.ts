import * as vscode from "vscode";
import type { FoundFile, Importer } from "../../common/import/Importer.js";
import type { ImportHost } from "../../common/import/ImportHost.js";
import { IMPORTERS } from "../../common/import/importers.js";
import { importedMarkdown, importedSentences } from "../../common/import/takenInText.js";
import { takeIn, type TakenIn } from "../../common/import/takeIn.js";
import { fileCount, formatBytes } from "../../common/text/count.js";
import type { App } from "../App.js";
import { importFromFile, withProgress } from "../commands/transferCommands.js";

/** Something that is here to be taken in. */
interface Source {
  readonly importer: Importer;
  readonly found: readonly FoundFile[];
}

interface Choice extends vscode.QuickPickItem {
  readonly run?: () => Promise<void>;
}

/** Lists what can be taken in on this machine, and takes in what the user chooses. */
export async function importSomething(app: App): Promise<void> {
  const { importing } = app.host;
  const sources = importing === undefined ? [] : await lookFor(importing);
  const fromFile: Choice = {
    label: vscode.l10n.t("A file that Recollect exported…"),
    run: () => importFromFile(app),
  };
  if (importing === undefined) {
    const why = vscode.l10n.t(
      "Sessions of agents are in files of a machine, which a browser cannot read",
    );
    await choose([fromFile, { label: why, kind: vscode.QuickPickItemKind.Separator }]);
    return;
  }
  const choices = sources.map((source) => choiceOf(app, importing, source));
  const all: Choice = {
    label: vscode.l10n.t("All of these"),
    run: () => take(app, importing, sources),
  };
  const nothing: Choice = {
    label: vscode.l10n.t("Nothing of other agents was found"),
    kind: vscode.QuickPickItemKind.Separator,
  };
  await choose([
    ...(choices.length === 0 ? [nothing] : choices),
    ...(choices.length > 1 ? [all] : []),
    fromFile,
    ...IMPORTERS.filter(({ kind }) => NAMED_BY_USER.has(kind)).map((importer): Choice => ({
      label: `${vscode.l10n.t(importer.title)}…`,
      run: () => takeNamed(app, importing, importer),
    })),
  ]);
}

/** What only its user knows the place of. */
const NAMED_BY_USER: ReadonlySet<string> = new Set(["mem0", "openmemory", "basic-memory"]);

/** Takes in what the user names: a folder of notes, or a file that another memory exported. */
async function takeNamed(app: App, importing: ImportHost, importer: Importer): Promise<void> {
  const isFolder = importer.kind === "basic-memory";
  const [chosen] =
    (await vscode.window.showOpenDialog({
      ...{ title: vscode.l10n.t(importer.title), openLabel: vscode.l10n.t("Import") },
      ...{ canSelectFiles: !isFolder, canSelectFolders: isFolder },
    })) ?? [];
  if (chosen === undefined) return;
  const found = await importer.find(importing.files, chosen.fsPath);
  if (found.length > 0) await take(app, importing, [{ importer, found }]);
  else
    void vscode.window.showWarningMessage(vscode.l10n.t("Nothing that can be imported is there."));
}

/** Everything that is here to be taken in; a repository's own files only where it is trusted. */
export async function lookFor(importing: ImportHost): Promise<Source[]> {
  const sources: Source[] = [];
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  const repository = vscode.workspace.isTrusted ? folder?.uri.fsPath : undefined;
  for (const importer of IMPORTERS) {
    const where = importing.folderOf(importer.kind, repository);
    const found = where === undefined ? [] : await importer.find(importing.files, where);
    if (found.length > 0) sources.push({ importer, found });
  }
  return sources;
}

/** Takes sources in, under a notification with progress and a button to cancel. */
export async function take(
  app: App,
  importing: ImportHost,
  sources: readonly Source[],
): Promise<void> {
  const files = sources.reduce((sum, { found }) => sum + found.length, 0);
  const title = vscode.l10n.t("Importing what agents have kept");
  const taken: (readonly [Importer, TakenIn])[] = [];
  await withProgress(title, async ({ signal, onProgress }) => {
    let before = 0;
    const known = await importing.knownFiles();
    for (const { importer, found } of sources) {
      if (signal.aborted) return;
      const result = await takeIn(importer, found, {
        ...{ files: importing.files, memories: app.memories, signal, known },
        placeOf: importing.placesOf(app.memories),
        onFile: (done) => {
          onProgress((before + done) / files);
        },
      });
      before += found.length;
      taken.push([importer, result]);
      const { added, known: again, knownSessions, skipped } = result;
      app.log.info(
        `imported from ${importer.kind}: ${added} records, ${again} known, ` +
          `${knownSessions} sessions known, ${skipped.length} items left out`,
      );
    }
  });
  app.documents.refresh();
  const results = taken.map(([, result]) => result);
  const sentence = importedSentences(results, vscode.l10n).join(" ");
  if (results.every(({ skipped }) => skipped.length === 0)) {
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  const show = vscode.l10n.t("Show Report");
  if ((await vscode.window.showInformationMessage(sentence, show)) !== show) return;
  const named = taken.map(([importer, result]) => [importer.title, result] as const);
  await app.reports.show(vscode.l10n.t("Import report"), importedMarkdown(named, vscode.l10n));
}

function choiceOf(app: App, importing: ImportHost, source: Source): Choice {
  const { importer, found } = source;
  const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
  return {
    label: vscode.l10n.t(importer.title),
    description: `${fileCount(found.length, vscode.l10n)} · ${formatBytes(bytes)}`,
    run: () => take(app, importing, [source]),
  };
}

async function choose(choices: readonly Choice[]): Promise<void> {
  const title = vscode.l10n.t("Import");
  const placeHolder = vscode.l10n.t("What is to be remembered?");
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder });
  await choice?.run?.();
}
