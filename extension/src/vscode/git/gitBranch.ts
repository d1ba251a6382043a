import type * as vscode from "vscode";
import { Refusal } from "../../http/Refusal.js";
import type { BranchStatus, Repository } from "../../http/Surface.js";
import { openGitRepository, UNTRACKED, type GitRepository } from "./gitExtension.js";

/** The repository of a folder through the Git extension, or `undefined` if it offers none. */
export async function gitExtensionRepository(folder: vscode.Uri): Promise<Repository | undefined> {
  const repository = await openGitRepository(folder);
  return repository && new GitExtensionRepository(repository);
}

class GitExtensionRepository implements Repository {
  readonly #repository: GitRepository;

  constructor(repository: GitRepository) {
    this.#repository = repository;
  }

  async status(): Promise<BranchStatus> {
    await this.#repository.status();
    const { HEAD } = this.#repository.state;
    const { upstream } = HEAD ?? {};
    return {
      current: HEAD?.name ?? "",
      remote: upstream === undefined ? null : `${upstream.remote}/${upstream.name}`,
      ahead: HEAD?.ahead ?? 0,
      behind: HEAD?.behind ?? 0,
    };
  }

  async switchTo(branch: string): Promise<void> {
    await this.#requireClean();
    if (!(await this.#exists(branch))) throw new Refusal(404, "branch: there is no such branch");
    await this.#do(() => this.#repository.checkout(branch));
  }

  async update(): Promise<boolean> {
    await this.#requireClean();
    const before = this.#repository.state.HEAD;
    if (before?.upstream === undefined) {
      throw new Refusal(409, "this branch follows none that it could be updated from");
    }
    await this.#do(() => this.#repository.pull());
    await this.#repository.status();
    return this.#repository.state.HEAD?.commit !== before.commit;
  }

  /** Whether there is one of that name, here or at a remote that git takes it from. */
  async #exists(branch: string): Promise<boolean> {
    const local = await this.#repository.getBranch(branch).catch(() => undefined);
    if (local !== undefined) return true;
    const remote = await this.#repository.getBranches({ remote: true }).catch(() => []);
    return remote.some((ref) => ref.remote !== undefined && ref.name === `${ref.remote}/${branch}`);
  }

  async #requireClean(): Promise<void> {
    await this.#repository.status();
    const { workingTreeChanges, indexChanges, mergeChanges } = this.#repository.state;
    const changes = [...workingTreeChanges, ...indexChanges, ...mergeChanges];
    // Files that git does not know stay where they are; the extension lists them unless told not to.
    if (changes.some((change) => change.status !== UNTRACKED)) {
      throw new Refusal(409, "files have changes that are not committed");
    }
  }

  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      // What git says may hold an address with a password.
      throw new Refusal(409, "git could not do this");
    }
  }
}
