import * as vscode from "vscode";
import { atMost } from "../common/text/atMost.js";
import type { SavedState } from "../common/memories/Flusher.js";
import { describe, type Log } from "../common/Log.js";
import { Memories } from "../common/memories/Memories.js";
import { WriteGuard } from "../common/memories/WriteGuard.js";
import type { RecollectApi } from "../../api.js";
import { offerApi } from "./api.js";
import type { App } from "./App.js";
import type { Host } from "./Host.js";
import { askFirst } from "./import/firstRun.js";
import { followAgents } from "./agents/agentAdditions.js";
import { offerServer } from "./agents/memoryServer.js";
import { AssistantWritesItem } from "./tools/assistantWrites.js";
import { Capture } from "./capture/Capture.js";
import { registerChat } from "./chat/chat.js";
import { givenContext, keepProposal, rejectProposal } from "./tools/inbox.js";
import { registerCommands } from "./commands.js";
import { encryptedStorage } from "./storage/encryptedStorage.js";
import { LockedNotice } from "./commands/encryptionCommands.js";
import { EvictionNotice } from "./storage/evictionNotice.js";
import { keepFresh } from "./storage/freshness.js";
import { createLog } from "./log.js";
import type { MeaningModel, MeaningProblems } from "../common/meaning/MeaningModel.js";
import { MemoryDocuments } from "./documents/memoryDocument.js";
import { askForHosted } from "./commands/learnHosted.js";
import { GitLearning } from "./git/GitLearning.js";
import { Projects } from "./git/project.js";
import { RepeatedQuestion } from "./chat/RepeatedQuestion.js";
import { ReportDocuments } from "./documents/reportDocument.js";
import { RecordingStatus } from "./status/RecordingStatus.js";
import { TodayCount } from "./status/TodayCount.js";
import { followPrivacyRules, showRuleProblems } from "./ruleProblems.js";
import { readHalfLives, readModelChoice, readPrivacyRules } from "./settings.js";
import { SharedStateFile } from "./storage/SharedStateFile.js";
import { DamageNotice, ForeignNotice, LimitNotice } from "./storage/storageStatus.js";
import { createRewriter, followRewriteSettings } from "./commands/rewriting.js";
import { registerTools } from "./tools/tools.js";
import { ToolsSwitch } from "./tools/ToolsSwitch.js";
import { LeavingMemories } from "../common/memories/LeavingMemories.js";
import { editMemory, forgetWithUndo, setPinned } from "./commands/changeMemory.js";
import { report } from "./errors.js";
import { MemoryPages } from "./views/MemoryPages.js";
import { MemoryViews } from "./views/MemoryViews.js";
import { SearchView } from "./views/SearchView.js";
import { SymbolNotes } from "./views/SymbolNotes.js";

/** When the module is loaded if nobody needed it before. */
const LOAD_AFTER_MS = 2_000;

/** The editor waits little longer than this for an extension to end. */
const CLOSE_LIMIT_MS = 2_000;

/** The extension at work. */
export interface Activated {
  /** What other extensions may use. */
  readonly api: RecollectApi;
  /** Writes what waits, as far as there is time. */
  readonly deactivate: () => Promise<void>;
}

/** Wires everything up. Returns at once: neither the module nor a file is touched here. */
export function activate(context: vscode.ExtensionContext, host: Host): Activated {
  const startedAt = performance.now();
  const { subscriptions, extensionUri, globalState, workspaceState, globalStorageUri } = context;
  const log = createLog();
  const status = new RecordingStatus();
  const locked = new LockedNotice();
  const written = new AssistantWritesItem(workspaceState);
  const damage = new DamageNotice();
  const foreign = new ForeignNotice();
  const limits = new LimitNotice(globalState);
  let saved: SavedState = { isSaved: true };
  let meaning: MeaningProblems = {};
  let wasLocked = false;
  const guard = new WriteGuard(workspaceState, () => {
    if (guard.isPrivate || guard.isPaused) capture.discard();
    else capture.resume();
    learning.guardChanged();
    shared.update();
    showState();
  });
  const shared = new SharedStateFile(context, guard, log);
  const { storage, encryption, subscription } = encryptedStorage(
    context,
    host.openStorage(globalStorageUri, log),
    log,
    { onChange: () => showState(), onForeign: () => foreign.show() },
  );
  const showState = (): void => {
    const isLocked = encryption.state === "locked";
    const { isPrivate, isPaused } = guard;
    const captured = capture.sources;
    const rewriting = rewriter.state;
    const today = counted.count;
    status.show({
      ...{ isLocked, isPrivate, isPaused, saved, captured, rewriting, meaning },
      ...(today === undefined ? {} : { today }),
    });
    const { isKeyMissing } = encryption;
    locked.tellOther(isKeyMissing);
    if (isLocked) locked.show();
    // Another window may have been given the code.
    else if (wasLocked) open(memories, log);
    wasLocked = isLocked;
    void vscode.commands.executeCommand("setContext", "recollect.encryption", encryption.state);
    void vscode.commands.executeCommand("setContext", "recollect.isKeyMissing", isKeyMissing);
  };
  const version = appVersion(context);
  const storageUri = vscode.Uri.joinPath(globalStorageUri, "mem1");
  const eviction = storage.canBeEvicted ? new EvictionNotice(globalState, storageUri) : undefined;
  function meaningFails(problems: MeaningProblems): void {
    meaning = { ...meaning, ...problems };
    showState();
  }
  const memories = new Memories({
    ...storage,
    readModule: async () =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "recollect.wasm")),
    readMeaning: async () =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "media", "meaning.bin")),
    meaningModel: () => chosenModel(host, log, meaningFails),
    onMeaningProblem: meaningFails,
    app: version,
    log,
    guard,
    privacyRules: readPrivacyRules,
    onRuleProblems: showRuleProblems,
    halfLives: readHalfLives,
    onAssistantWrite: (ids) => written.writes.note(ids),
    onMadeByRules: (ids) => rewriter.add(ids),
    onEdited: (ids) => rewriter.leave(ids),
    onSavedStateChange: (state) => {
      saved = state;
      showState();
    },
    onDamage: () => damage.show(),
    onLoaded: (stats) => {
      counted.loaded();
      views.loaded();
      // A window may have ended before it could forget them.
      leaving.settle().catch((error: unknown) => log.error(describe(error)));
      eviction?.check(stats);
      limits.show(stats);
    },
    onChange: (stats) => eviction?.note(stats),
  });
  const rewriter = createRewriter({
    ...{ memories, log, kept: workspaceState, shared: globalState },
    mayRun: () => !guard.isPrivate && !guard.isPaused,
    onChange: () => showState(),
  });
  const documents = new MemoryDocuments(memories);
  const reports = new ReportDocuments();
  const projects = new Projects(memories, log, host.findUser);
  const learning = new GitLearning(
    { memories, guard, projects, host, log, shared: globalState },
    workspaceState,
  );
  const capture = new Capture({ memories, guard, projects, host, log, learning }, workspaceState);
  const counted = new TodayCount(memories, projects, log, () => showState());
  const leaving = new LeavingMemories(memories, workspaceState, () => {
    views.refresh();
    pages.refresh();
  });
  const views = new MemoryViews({ memories, projects, leaving, log });
  const searchView = new SearchView(memories, projects, log, extensionUri);
  const pages: MemoryPages = new MemoryPages({
    ...{ memories, leaving, log, extensionUri },
    pin: (id, isPinned) => setPinned(app, id, isPinned),
    forget: (id) => forgetWithUndo(app, id),
    edit: (edit) => editMemory(app, edit.id, edit),
    keep: (id) => keepProposal(app, id),
    reject: (id) => rejectProposal(app, id),
    given: (file) => givenContext(app, file),
    fileName: (file) => projects.fileName(file),
    onFailure: (error) => void report(app, error),
  });
  const app: App = {
    ...{ log, memories, encryption, guard, projects, documents, reports, host, storageUri },
    ...{ capture, learning, rewriter, views, version, kept: globalState },
    ...{ status, todayCount: counted, searchView, pages, leaving },
    tools: new ToolsSwitch(globalStorageUri),
    repeated: new RepeatedQuestion(),
    assistantWrites: written.writes,
    recordedByHooks: written.recorded,
  };
  const offered = offerApi(app);

  subscriptions.push(
    status,
    subscription,
    written,
    documents,
    reports,
    views,
    searchView,
    pages,
    new SymbolNotes(memories, projects, log),
    { dispose: memories.changes.listen(() => pages.refresh()) },
    counted,
    registerCommands(app),
    registerTools(app),
    registerChat(app, extensionUri),
    loadSoon(app, shared),
    askFirst(app, workspaceState),
    askForHosted(app),
    shared,
    keepFresh(memories, storage),
    followAgents(memories, projects, globalStorageUri, log, {
      counted: { mcp: written.writes, hooks: written.recorded },
      kept: workspaceState,
    }),
    learning,
    capture,
    capture.onDidChange(showState),
    rewriter,
    followRewriteSettings(rewriter),
    followPrivacyRules(memories),
    offered,
    ...(host.ownProgram === undefined ? [] : [offerServer(app.tools, version, host.ownProgram)]),
  );
  rewriter.resume();
  showState();
  log.debug(`activated in ${Math.round(performance.now() - startedAt)} ms`);
  // Last writes are tried, but correctness never depends on this: an editor may end without it.
  const deactivate = async (): Promise<void> => {
    learning.dispose();
    await atMost(leaving.settle(), CLOSE_LIMIT_MS / 2);
    await atMost(capture.close(), CLOSE_LIMIT_MS / 2);
    await atMost(memories.dispose(), CLOSE_LIMIT_MS);
    // Not among the subscriptions: the editor disposes of those before the last write is done.
    log.dispose();
  };
  return { api: offered.api, deactivate };
}

/** Loads the module a little after start-up, so that the first question finds it ready. */
function loadSoon({ memories, log }: App, shared: SharedStateFile): vscode.Disposable {
  const timer = setTimeout(() => {
    shared.update();
    open(memories, log);
  }, LOAD_AFTER_MS);
  return { dispose: () => clearTimeout(timer) };
}

/** The model that the user has chosen to tell what texts mean, where the host can run one. */
function chosenModel(
  host: Host,
  log: Log,
  onProblem: (problems: MeaningProblems) => void,
): MeaningModel | undefined {
  const choice = readModelChoice();
  if (choice === undefined) return undefined;
  if (host.openModel !== undefined) return host.openModel(choice.folder, choice.questionPrefix);
  log.info("the model of the settings is not used: this editor runs the extension in a browser");
  onProblem({ model: vscode.l10n.t("this editor runs the extension in a browser") });
  return undefined;
}

/** Loads the module; nobody waits for it. */
function open(memories: Memories, log: Log): void {
  memories
    .open()
    .catch((error: unknown) => log.error(`the memories could not be loaded: ${describe(error)}`));
}

function appVersion(context: vscode.ExtensionContext): string {
  // The manifest is untyped in the editor's API; a missing version still gives a readable header.
  const { version } = context.extension.packageJSON as { version?: unknown };
  return typeof version === "string" ? version : "unknown";
}
