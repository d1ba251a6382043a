import * as vscode from "vscode";
import { Exclusions } from "../../common/capture/Exclusions.js";
import { readText } from "../../common/git/gitFolder.js";
import type { LearnResult } from "../../common/git/gitHistory.js";
import {
  HistoryLearner,
  type Asked,
  type LearnedRepository,
  type RepositoryLearner,
} from "../../common/git/HistoryLearner.js";
import { PassedOverCommits } from "../../common/git/PassedOverCommits.js";
import { screenedCommit } from "../../common/git/screenedCommit.js";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { WriteGuard } from "../../common/memories/WriteGuard.js";
import type { KeptValues } from "../../common/storage/Keyring.js";
import type { Host, LocalRepository, OpenedHistory } from "../Host.js";
import { ignoreFilesOf } from "./captureFolders.js";
import { readCaptureSettings } from "../captureSettings.js";
import { readSettings } from "../settings.js";
import type { RepositoryHead } from "./gitRepositories.js";
import { isHosted, openHostedHistory } from "./HostedRepositories.js";
import type { Projects } from "./project.js";

/** The window is busy with other things while it starts, and the module is loaded before. */
const BEGIN_AFTER_MS = 5_000;

/** Clocks of a hosting service and of this machine differ a little. */
const REST_SLACK_MS = 5_000;

interface Context {
  readonly memories: Memories;
  readonly guard: WriteGuard;
  readonly projects: Projects;
  readonly host: Host;
  readonly log: Log;
  /** Small values that all windows share. */
  readonly shared: KeptValues;
}

/** Learns from the histories of the open folders: by itself what is new, and all of it when asked. */
export class GitLearning implements vscode.Disposable {
  readonly #context: Context;
  readonly #passedOver: PassedOverCommits;
  readonly #learner: HistoryLearner;
  /** Repositories by the folder that was asked about. */
  readonly #opened = new Map<string, Promise<OpenedHistory | undefined>>();
  readonly #subscriptions: vscode.Disposable[];
  #isOver = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(context: Context, kept: KeptValues) {
    const { memories, log } = context;
    this.#context = context;
    this.#passedOver = new PassedOverCommits(kept);
    this.#learner = new HistoryLearner({
      memories: { user: memories, capture: memories.askedBy("capture") },
      mayLearn: () => this.#mayLearn,
      passedOver: () => this.#passedOver.hashes,
      log,
    });
    const again = (): void => this.#again();
    const timer = setTimeout(() => void this.#begin(), BEGIN_AFTER_MS);
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("recollect.git")) again();
      }),
      new vscode.Disposable(() => clearTimeout(timer)),
      this.#learner,
    ];
  }

  /** Learns what is new in the history of a folder's repository; `undefined` if there is none. */
  async learn(folder: vscode.Uri, asked: Asked): Promise<LearnResult | undefined> {
    return (await this.#repositoryOf(folder))?.learn(asked);
  }

  /** The user said yes or no to the history of a repository: it is opened anew. */
  agreementChanged(): void {
    this.#opened.clear();
  }

  /** Makes a memory of a commit that was made in this window. Never rejects. */
  async learnCommit(root: vscode.Uri, hash: string): Promise<void> {
    try {
      await (await this.#repositoryOf(root))?.learnCommit(hash);
    } catch (error) {
      this.#context.log.debug(`a commit was not learned: ${describe(error)}`);
    }
  }

  /** A pause or a private session has begun or is over. */
  guardChanged(): void {
    const { guard, log } = this.#context;
    const change =
      guard.isPrivate || guard.isPaused
        ? this.#passedOver.begin(Date.now())
        : this.#passOver(Date.now());
    change.catch((error: unknown) => {
      log.debug(`commits were not passed over: ${describe(error)}`);
    });
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#resting);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #mayLearn(): boolean {
    const { guard } = this.#context;
    const isQuiet = guard.isPrivate || guard.isPaused;
    // While a pause has not been looked at, nobody knows which commits were made in it.
    return vscode.workspace.isTrusted && !this.#isOver && !isQuiet && !this.#passedOver.isOpen;
  }

  async #begin(): Promise<void> {
    const { host, log } = this.#context;
    this.guardChanged();
    this.#again();
    try {
      const watched = await host.watchRepositories((one) => this.#follow(one), log);
      if (this.#isOver) watched.dispose();
      else this.#subscriptions.push(watched);
    } catch (error) {
      log.debug(`repositories are not followed: ${describe(error)}`);
    }
  }

  /** Looks for what is new in the repositories of all open folders. */
  #again(): void {
    this.#opened.clear();
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) void this.#learnSoon(uri);
  }

  #follow(repository: RepositoryHead): vscode.Disposable {
    let reached = repository.reached;
    return repository.onDidChange(() => {
      const before = reached;
      reached = repository.reached;
      if (before !== reached) void this.#learnSoon(repository.rootUri);
    });
  }

  async #learnSoon(folder: vscode.Uri): Promise<void> {
    if (!this.#mayLearn) return;
    try {
      const opened = await this.#open(folder);
      if (opened === undefined || !(await this.#isOfOpenFolder(opened))) return;
      this.#learnerOf(folder, opened).learnSoon();
    } catch (error) {
      this.#context.log.debug(`a history was not found: ${describe(error)}`);
    }
  }

  /** The Git extension also opens submodules, and what lies in a folder without being part of it. */
  async #isOfOpenFolder({ key }: OpenedHistory): Promise<boolean> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const opened = await Promise.all(folders.map(({ uri }) => this.#open(uri)));
    return opened.some((one) => one?.key === key);
  }

  async #repositoryOf(folder: vscode.Uri): Promise<RepositoryLearner | undefined> {
    const opened = await this.#open(folder);
    return opened && this.#learnerOf(folder, opened);
  }

  #learnerOf(folder: vscode.Uri, opened: OpenedHistory): RepositoryLearner {
    return this.#learner.of(opened.key, async () => this.#learned(folder, opened));
  }

  async #open(folder: vscode.Uri): Promise<OpenedHistory | undefined> {
    const key = folder.toString();
    const opening = this.#opened.get(key) ?? this.#openAnew(folder);
    this.#opened.set(key, opening);
    // There may be a repository later.
    const retry = (): void => void this.#opened.delete(key);
    const opened = await opening.catch((error: unknown) => {
      retry();
      throw error;
    });
    if (opened === undefined) retry();
    return opened;
  }

  async #openAnew(folder: vscode.Uri): Promise<OpenedHistory | undefined> {
    const { host, memories, projects, shared } = this.#context;
    if (!isHosted(folder)) return host.openHistory(folder);
    return openHostedHistory(folder, {
      ...{ memories, kept: shared, project: () => projects.of(folder) },
      onLeft: (until) => this.#restUntil(until),
    });
  }

  /** Goes on by itself once a hosting service takes requests again. */
  #restUntil(until: number): void {
    if (this.#isOver) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(
      () => this.#learner.learnSoon(),
      Math.max(0, until - Date.now()) + REST_SLACK_MS,
    );
  }

  #learned(folder: vscode.Uri, opened: OpenedHistory): LearnedRepository {
    const { history, root, learnDecided } = opened;
    return {
      history,
      ...(learnDecided === undefined ? {} : { learnDecided }),
      project: () => this.#context.projects.of(folder),
      settings: () => {
        const { maxCommits, learnsAutomatically } = readSettings(folder);
        return { maxCommits, isAutomatic: learnsAutomatically };
      },
      screening: async () => {
        const exclusions = new Exclusions(await ignoreFilesOf(root), readCaptureSettings(folder));
        return (commit) => screenedCommit(commit, (path) => exclusions.verdict(path));
      },
    };
  }

  /** Finds out which commits were made while nothing was recorded, and goes on. */
  async #passOver(until: number): Promise<void> {
    if (!this.#passedOver.isOpen || this.#isOver) return;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const opened = await Promise.all(
      folders.map(({ uri }) => this.#open(uri).catch(() => undefined)),
    );
    const logs = await Promise.all(opened.map(async (one) => one?.local && headLogOf(one.local)));
    const { guard } = this.#context;
    // It has begun anew: then all of it is looked at together.
    if (guard.isPrivate || guard.isPaused) return;
    await this.#passedOver.end(
      logs.flatMap((log) => log ?? []),
      until,
    );
    this.#again();
  }
}

function headLogOf({ git, reader }: LocalRepository): Promise<string | undefined> {
  return readText(reader, `${git.gitFolder}/logs/HEAD`);
}
