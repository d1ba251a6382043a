// Says how things stand in the extension host, and uses Recollect as another extension does.

import * as vscode from "vscode";

export function activate(context) {
  const { subscriptions } = context;
  const options = { isReadonly: true };
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider("vscode-vfs", hostedFiles, options),
    vscode.authentication.registerAuthenticationProvider("github", "GitHub", signIn),
  );
  for (const [id, run] of Object.entries(COMMANDS))
    subscriptions.push(vscode.commands.registerCommand(`probe.${id}`, run));
}

const COMMANDS = { report, invokeTool, rememberEachLine, giveToken, signOut };

const refuse = () => {
  throw vscode.FileSystemError.NoPermissions();
};

/** A folder of a hosting service that holds one file. */
const hostedFiles = {
  ...{ createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse },
  onDidChangeFile: new vscode.EventEmitter().event,
  watch: () => new vscode.Disposable(() => undefined),
  stat: ({ path }) => {
    const isFile = path.endsWith("/README.md");
    if (!isFile && path.split("/").length > 3) throw vscode.FileSystemError.FileNotFound();
    const type = isFile ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: 0 };
  },
  readDirectory: ({ path }) =>
    path.split("/").length === 3 ? [["README.md", vscode.FileType.File]] : [],
  readFile: (uri) => {
    hostedFiles.stat(uri);
    return new globalThis.TextEncoder().encode("A project of a hosting service.\n");
  },
};

const changed = new vscode.EventEmitter();
let token;
let sessions = [];

/** The editor's sign-in at GitHub, which no editor in tests has: it gives what the test has told. */
const signIn = {
  onDidChangeSessions: changed.event,
  getSessions: async () => sessions,
  createSession: async (scopes) => {
    const session = {
      ...{ id: `session-${Date.now()}`, accessToken: token, scopes: [...scopes] },
      account: { id: "ada", label: "ada" },
    };
    sessions = [session];
    changed.fire({ added: [session], removed: [], changed: [] });
    return session;
  },
  removeSession: async () => signOut(),
};

function giveToken(given) {
  token = given;
}

function signOut() {
  const removed = sessions;
  sessions = [];
  changed.fire({ added: [], removed, changed: [] });
}

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
