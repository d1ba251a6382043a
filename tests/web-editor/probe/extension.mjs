// Says how things stand in the extension host, and uses Recollect as another extension does.

import * as vscode from "vscode";

export function activate(context) {
  for (const [id, run] of Object.entries(COMMANDS))
    context.subscriptions.push(vscode.commands.registerCommand(`probe.${id}`, run));
}

const COMMANDS = { report, invokeTool, rememberEachLine };

/** Where this extension host runs, and whether Recollect does. */
function report() {
  const recollect = vscode.extensions.getExtension("recollect.recollect");
  return {
    isWorker: typeof globalThis.importScripts === "function",
    origin: globalThis.location.origin,
    isWeb: vscode.env.uiKind === vscode.UIKind.Web,
    remote: vscode.env.remoteName ?? null,
    editor: vscode.version,
    isActive: recollect?.isActive === true,
  };
}

async function invokeTool(name, input) {
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(name, options);
  return content.map(({ value }) => value).join("");
}

/** Selects and remembers the lines of a text one by one; returns how long each took, in milliseconds. */
async function rememberEachLine(text) {
  const document = await vscode.workspace.openTextDocument({ content: text });
  const editor = await vscode.window.showTextDocument(document);
  const times = [];
  for (let line = 0; line < document.lineCount; line += 1) {
    const { range } = document.lineAt(line);
    editor.selection = new vscode.Selection(range.start, range.end);
    const start = globalThis.performance.now();
    await vscode.commands.executeCommand("recollect.rememberSelection");
    times.push(globalThis.performance.now() - start);
  }
  return times;
}
