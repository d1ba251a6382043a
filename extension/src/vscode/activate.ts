import * as vscode from "vscode";
import { atMost } from "../common/atMost.js";
import { describe } from "../common/Log.js";
import { Memories } from "../common/Memories.js";
import type { App, Host } from "./App.js";
import { registerChat } from "./chat.js";
import { registerCommands } from "./commands.js";
import { EvictionNotice } from "./evictionNotice.js";
import { keepFresh } from "./freshness.js";
import { createLog } from "./log.js";
import { MemoryDocuments } from "./memoryDocument.js";
import { Projects } from "./project.js";
import { ReportDocuments } from "./reportDocument.js";
import { DamageNotice, LimitNotice, SavedStateItem } from "./storageStatus.js";
import { registerTools } from "./tools.js";

/** When the module is loaded if nobody needed it before. */
const LOAD_AFTER_MS = 2_000;

/** The editor waits little longer than this for an extension to end. */
const CLOSE_LIMIT_MS = 2_000;

/** Ends the extension: writes what waits, as far as there is time. */
export type Deactivate = () => Promise<void>;

/** Wires everything up. Returns at once: neither the module nor a file is touched here. */
export function activate(context: vscode.ExtensionContext, host: Host): Deactivate {
  const startedAt = performance.now();
  const { subscriptions, extensionUri, globalState, globalStorageUri } = context;
  const log = createLog();
  const savedState = new SavedStateItem();
  const damage = new DamageNotice();
  const limits = new LimitNotice(globalState);
  const storage = host.openStorage(globalStorageUri, log);
  const storageUri = vscode.Uri.joinPath(globalStorageUri, "mem1");
  const eviction = storage.canBeEvicted ? new EvictionNotice(globalState, storageUri) : undefined;
  const memories = new Memories({
    ...storage,
    readModule: async () =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "recollect.wasm")),
    app: appVersion(context),
    log,
    onSavedStateChange: (state) => savedState.show(state),
    onDamage: () => damage.show(),
    onLoaded: (stats) => {
      eviction?.check(stats);
      limits.show(stats);
    },
    onChange: (stats) => eviction?.note(stats),
  });
  const documents = new MemoryDocuments(memories);
  const reports = new ReportDocuments();
  const projects = new Projects(memories, log);
  const app: App = { log, memories, projects, documents, reports, host, storageUri };

  subscriptions.push(
    savedState,
    documents,
    reports,
    registerCommands(app),
    registerTools(app),
    registerChat(app, extensionUri),
    loadSoon(app),
    keepFresh(memories, storage),
  );
  log.debug(`activated in ${Math.round(performance.now() - startedAt)} ms`);
  // Last writes are tried, but correctness never depends on this: an editor may end without it.
  return async () => {
    await atMost(memories.dispose(), CLOSE_LIMIT_MS);
    // Not among the subscriptions: the editor disposes of those before the last write is done.
    log.dispose();
  };
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
