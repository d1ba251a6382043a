import * as vscode from "vscode";
import { CaptureSession } from "../../common/capture/CaptureSession.js";
import { SOURCES, type Source } from "../../common/capture/Happening.js";
import { Recorder } from "../../common/capture/Recorder.js";
import { SummaryUpkeep } from "../../common/capture/SummaryUpkeep.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { WriteGuard } from "../../common/memories/WriteGuard.js";
import type { KeptValues } from "../../common/storage/Keyring.js";
import { describe } from "../../common/Log.js";
import type { GitLearning } from "../git/GitLearning.js";
import type { Projects } from "../git/project.js";
import type { Host } from "../Host.js";
import { CaptureFolders } from "../git/captureFolders.js";
import { affectsCapture, readCaptureSettings, type CaptureSettings } from "../captureSettings.js";
import type { CaptureSink } from "./CaptureSink.js";
import { listenToDebugging } from "./debugging.js";
import { listenToDiagnostics } from "./diagnostics.js";
import { listenToEdits } from "./edits.js";
import { listenToFiles } from "./files.js";
import { listenToGit } from "./git.js";
import { listenToTasks } from "./tasks.js";
import { listenToTerminals } from "./terminals.js";

const LISTENERS = [
  listenToFiles,
  listenToEdits,
  listenToDebugging,
  listenToTasks,
  listenToTerminals,
  listenToDiagnostics,
  listenToGit,
];

/** What capture works with. */
interface CaptureContext {
  readonly memories: Memories;
  readonly guard: WriteGuard;
  readonly projects: Projects;
  readonly host: Host;
  readonly log: vscode.LogOutputChannel;
  readonly learning: GitLearning;
}

/** Listens to the editor and makes memories of what happens, in a session of the window. */
export class Capture implements vscode.Disposable {
  readonly #context: CaptureContext;
  readonly #session: CaptureSession;
  readonly #recorder: Recorder;
  readonly #upkeep: SummaryUpkeep;
  readonly #folders: CaptureFolders;
  readonly #settings = new Map<string, CaptureSettings>();
  readonly #discarding = new vscode.EventEmitter<void>();
  readonly #resuming = new vscode.EventEmitter<void>();
  readonly #closing = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** Calls back when something else is captured than before. */
  readonly onDidChange = this.#changed.event;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(context: CaptureContext, kept: KeptValues) {
    const { memories, log } = context;
    this.#context = context;
    this.#folders = new CaptureFolders(context.projects);
    this.#upkeep = new SummaryUpkeep({
      refresh: async (key) => {
        try {
          await memories.refreshSummary(key);
        } catch (error) {
          log.debug(`a session was not summed up: ${describe(error)}`);
        }
      },
    });
    this.#session = new CaptureSession({
      kept,
      newKey: () => `vscode-${crypto.randomUUID()}`,
      onEnd: async (key) => {
        this.#upkeep.stop();
        try {
          await memories.endSession(key);
        } catch (error) {
          log.debug(`a session was not ended: ${describe(error)}`);
        }
      },
    });
    this.#recorder = new Recorder({
      session: this.#session,
      folder: (uri) => this.#folders.of(uri),
      store: (records) => memories.appendLater(records),
      filtered: (text) => memories.filtered(text),
      mayCapture: () => this.#mayCapture,
      ide: vscode.env.appName,
      log,
      onKept: (key, types) => this.#upkeep.noted(key, types),
    });
    const sink = this.#sink();
    this.#subscription = vscode.Disposable.from(
      ...LISTENERS.map((listen) => listen(sink)),
      ...[this.#folders, this.#discarding, this.#resuming, this.#closing, this.#changed],
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!affectsCapture(event)) return;
        this.#settings.clear();
        void this.#folders.settingsChanged();
        // What happened while a source was off is not to be told of once it is on.
        this.#resuming.fire();
        this.#changed.fire();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#reset()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#reset()),
    );
  }

  /** Sources that are captured in this window, whatever is paused at the moment. */
  get sources(): readonly Source[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (!vscode.workspace.isTrusted) return [];
    return SOURCES.filter((source) =>
      folders.some((folder) => this.#settingsOf(folder).sources.has(source)),
    );
  }

  /** Key of the session that is captured into, if there is one. */
  get session(): string | undefined {
    return this.#session.keyAt(Date.now());
  }

  /** Resolves when everything that has happened so far has reached the module. */
  settle(): Promise<void> {
    return this.#recorder.settle();
  }

  /** As {@link Capture.settle}; then the session's summary tells of it too. */
  async settleSummary(): Promise<void> {
    await this.#recorder.settle();
    await this.#upkeep.now();
  }

  /** Drops everything that has not reached the module. */
  discard(): void {
    this.#discarding.fire();
    this.#recorder.discard();
  }

  /** A pause or a private session is over. */
  resume(): void {
    this.#resuming.fire();
  }

  /** Takes in what was gathered and ends the session. */
  async close(): Promise<void> {
    this.#closing.fire();
    await this.#recorder.settle();
    await this.#session.close();
  }

  dispose(): void {
    this.#upkeep.stop();
    this.#subscription.dispose();
  }

  get #mayCapture(): boolean {
    const { guard } = this.#context;
    return vscode.workspace.isTrusted && !guard.isPrivate && !guard.isPaused;
  }

  #settingsOf(folder: vscode.WorkspaceFolder): CaptureSettings {
    const uri = folder.uri.toString();
    let settings = this.#settings.get(uri);
    if (settings === undefined) {
      settings = readCaptureSettings(folder.uri);
      this.#settings.set(uri, settings);
    }
    return settings;
  }

  #reset(): void {
    this.#settings.clear();
    this.#folders.clear();
    this.#changed.fire();
  }

  #sink(): CaptureSink {
    const { host, log, learning } = this.#context;
    return {
      isOn: (source, folder) => this.#mayCapture && this.#settingsOf(folder).sources.has(source),
      settings: (folder) => this.#settingsOf(folder),
      take: (folder, happening) => {
        this.#recorder.take({ ...happening, folder: folder.uri.toString() });
      },
      learnCommit: (root, hash) => void learning.learnCommit(root, hash),
      onDiscard: this.#discarding.event,
      onResume: this.#resuming.event,
      onClose: this.#closing.event,
      watchRepositories: (watch) => host.watchRepositories(watch, log),
      log,
    };
  }
}
