import * as vscode from "vscode";

/** Names functions as a language server does, by the word behind `function`. */
export class Symbols implements vscode.DocumentSymbolProvider {
  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line)).flatMap(
      ({ text, range }) => {
        const name = /\bfunction (\w+)/.exec(text)?.[1];
        if (name === undefined) return [];
        return [new vscode.DocumentSymbol(name, "", vscode.SymbolKind.Function, range, range)];
      },
    );
  }
}
