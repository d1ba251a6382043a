import * as vscode from "vscode";

/** Scheme of the read-only documents that show reports. */
const REPORT_SCHEME = "recollect-report";

/** Shows texts made for the moment as read-only documents. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  #shown = 0;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.path)),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // After a restart the editor asks for reports of the window before.
    return this.#texts.get(uri.path) ?? vscode.l10n.t("This report is no longer there.");
  }

  /** Opens a new document with this name and Markdown in it. */
  async show(name: string, markdown: string, preserveFocus = false): Promise<void> {
    this.#shown += 1;
    const path = `/${this.#shown}/${name}.md`;
    this.#texts.set(path, markdown);
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus });
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#texts.clear();
  }
}
