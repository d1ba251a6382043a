import * as vscode from "vscode";

/** A file of the opened folder. */
function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder, path);
}

/** Shows a file of the opened folder. */
export async function openFile(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(fileUri(path), { preview: false });
}

/** Types a text at the begin of a line of a file that is shown. */
export async function insert(path: string, line: number, text: string): Promise<void> {
  const editor = await openFile(path);
  const isDone = await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), text));
  if (!isDone) throw new Error(`${path} was not edited`);
}

/** Waits until a language server names the symbols of a file. */
export async function waitForSymbols(path: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      fileUri(path),
    );
    if (symbols !== undefined && symbols.length > 0) return;
    await new Promise((settle) => setTimeout(settle, 100));
  }
  throw new Error(`nothing names the symbols of ${path}`);
}

/** Runs a command line in a new terminal, once its shell tells of commands, until it has begun. */
export async function runInTerminal(text: string): Promise<void> {
  const terminal = vscode.window.createTerminal("test");
  terminal.show(true);
  const integration =
    terminal.shellIntegration ??
    (await new Promise<vscode.TerminalShellIntegration>((resolve) => {
      const subscription = vscode.window.onDidChangeTerminalShellIntegration((change) => {
        if (change.terminal !== terminal) return;
        subscription.dispose();
        resolve(change.shellIntegration);
      });
    }));
  await new Promise<void>((resolve) => {
    const subscription = vscode.window.onDidStartTerminalShellExecution((event) => {
      if (event.terminal !== terminal) return;
      subscription.dispose();
      resolve();
    });
    integration.executeCommand(text);
  });
}

/** Reports errors as a language server does. */
export class ErrorReports implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("test");

  /** One error in the first line of a file, or none without a message. */
  report(path: string, message: unknown): void {
    const errors =
      typeof message === "string"
        ? [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), message)]
        : [];
    this.#collection.set(fileUri(path), errors);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}
