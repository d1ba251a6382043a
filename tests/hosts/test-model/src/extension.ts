import * as vscode from "vscode";
import { ask, getMemories, rememberEach } from "./asking.js";
import { debugOnce, registerDebugger } from "./debugging.js";
import { invokeTool } from "./invokeTool.js";
import { ErrorReports, insert, openFile, runInTerminal, waitForSymbols } from "./working.js";
import { Mailbox } from "./Mailbox.js";
import { report } from "./report.js";
import { missing, rememberAndReload, rememberOnAndOn } from "./remembering.js";
import { useRecollect } from "./sampleUse.js";
import { runSegmentStoreSuite } from "./segmentStoreSuite.js";
import { Symbols } from "./Symbols.js";
import { TestModel } from "./TestModel.js";
import { VIRTUAL_SCHEME, VirtualFolder } from "./VirtualFolder.js";

/** Starts the language model and the mailbox; the same in both extension hosts. */
export function activate(context: vscode.ExtensionContext): void {
  const model = new TestModel();
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider("test", model));
  model.announce();

  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(VIRTUAL_SCHEME, new VirtualFolder(), {
      isReadonly: true,
    }),
  );

  context.subscriptions.push(
    vscode.languages.registerDocumentSymbolProvider({ language: "typescript" }, new Symbols()),
  );

  const errors = new ErrorReports();
  context.subscriptions.push(errors, registerDebugger());

  const folder = mailboxFolder(context.globalStorageUri);
  if (folder === undefined) return;
  const mailbox = new Mailbox(folder, {
    report: async () => report(),
    invokeTool: async ({ name, input }) => invokeTool(String(name), input),
    setting: async ({ section, name, value }) =>
      vscode.workspace
        .getConfiguration(String(section))
        .update(String(name), value, vscode.ConfigurationTarget.Global),
    rememberOnAndOn: async ({ name }) => rememberOnAndOn(String(name), folder),
    rememberAndReload: async ({ text }) => rememberAndReload(String(text)),
    missing: async ({ words }) => missing(words as string[]),
    runCommand: async ({ id, args }) =>
      void vscode.commands.executeCommand(String(id), ...((args as unknown[] | undefined) ?? [])),
    resultOf: async ({ id }) => vscode.commands.executeCommand(String(id)),
    workspace: async () => ({
      isTrusted: vscode.workspace.isTrusted,
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.toString(),
    }),
    refuseRequests: async ({ because }) => model.refuseRequests(String(because)),
    answerRequests: async () => model.answerRequests(),
    answerWith: async ({ text }) => model.answerWith(text),
    followSkills: async () => model.followSkills(),
    takeSteps: async () => model.takeSteps(),
    isActive: async ({ id }) => vscode.extensions.getExtension(String(id))?.isActive === true,
    receivedMessages: async () => model.received,
    segmentStoreSuite: async () => runSegmentStoreSuite(context.globalStorageUri),
    useRecollect: async ({ text }) => useRecollect(String(text)),
    ask: async ({ method, path, body }) => ask(String(method), String(path), body),
    rememberEach: async ({ texts }) => rememberEach(texts as string[]),
    getMemories: async ({ ids }) => getMemories(ids as string[]),
    debug: async ({ name }) => debugOnce(String(name)),
    openFile: async ({ path }) => void (await openFile(String(path))),
    insert: async ({ path, line, text }) => insert(String(path), Number(line), String(text)),
    symbols: async ({ path }) => waitForSymbols(String(path)),
    runInTerminal: async ({ text }) => runInTerminal(String(text)),
    reportError: async ({ path, message }) => errors.report(String(path), message),
    readDocument: async ({ scheme }) =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === scheme)?.getText(),
  });
  context.subscriptions.push(mailbox);
}

/** The folder of the setting, on the file system that has the extensions' storage. */
function mailboxFolder(storage: vscode.Uri): vscode.Uri | undefined {
  const path = vscode.workspace.getConfiguration("recollectTest").get<string>("mailbox", "");
  const opened = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (path === "" || opened === undefined) return undefined;
  // A window that shows no files cannot have settings of its own, so its mailbox has a fixed name.
  return storage.with({ path: opened.scheme === VIRTUAL_SCHEME ? `${path}-virtual` : path });
}
