import * as vscode from "vscode";
import { describe } from "../common/Log.js";
import { Memories } from "../common/Memories.js";
import type { App, Host } from "./App.js";
import { registerChat } from "./chat.js";
import { registerCommands } from "./commands.js";
import { createLog } from "./log.js";
import { MemoryDocuments } from "./memoryDocument.js";
import { Projects } from "./project.js";
import { DamageNotice, SavedStateItem } from "./storageStatus.js";
import { registerTools } from "./tools.js";

/** When the module is loaded if nobody needed it before. */
const LOAD_AFTER_MS = 2_000;

/** Wires everything up. Returns at once: neither the module nor a file is touched here. */
export function activate(context: vscode.ExtensionContext, host: Host): void {
  const { subscriptions, extensionUri, globalStorageUri } = context;
  const log = createLog();
  const savedState = new SavedStateItem();
  const damage = new DamageNotice();
  const memories = new Memories({
    store: host.openStore(vscode.Uri.joinPath(globalStorageUri, "mem1")),
    readModule: async () =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "recollect.wasm")),
    app: appVersion(context),
    log,
    onSavedStateChange: (state) => savedState.show(state),
    onDamage: () => damage.show(),
  });
  const documents = new MemoryDocuments(memories);
  const app: App = { log, memories, projects: new Projects(memories, log), documents, host };

  subscriptions.push(
    log,
    savedState,
    // Last writes are tried, but correctness never depends on this: an editor may end without it.
    { dispose: () => void memories.dispose() },
    documents,
    registerCommands(app),
    registerTools(app),
    registerChat(app, extensionUri),
    loadSoon(app),
  );
}

/** Loads the module a little after start-up, so that the first question finds it ready. */
function loadSoon({ memories, log }: App): vscode.Disposable {
  const timer = setTimeout(() => {
    memories
      .open()
      .catch((error: unknown) => log.error(`the module could not be loaded: ${describe(error)}`));
  }, LOAD_AFTER_MS);
  return { dispose: () => clearTimeout(timer) };
}

function appVersion(context: vscode.ExtensionContext): string {
  // The manifest is untyped in the editor's API; a missing version still gives a readable header.
  const { version } = context.extension.packageJSON as { version?: unknown };
  return typeof version === "string" ? version : "unknown";
}
