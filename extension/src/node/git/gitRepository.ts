import { Refusal } from "../../http/Refusal.js";
import type { BranchStatus, Repository } from "../../http/Surface.js";
import { ownGit, runsCommands } from "./ownGit.js";

/** What git says of a working tree. */
interface State extends BranchStatus {
  readonly hasChanges: boolean;
}

/** The repository that a folder is in, or `undefined` if it is in none or there is no git. */
export async function gitRepository(folder: string): Promise<Repository | undefined> {
  try {
    await ownGit(folder, ["rev-parse", "--is-inside-work-tree"]);
  } catch {
    return undefined;
  }
  return new GitRepository(folder);
}

/** A working tree, through the program `git`. */
class GitRepository implements Repository {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async status(): Promise<BranchStatus> {
    const { current, remote, ahead, behind } = await this.#state();
    return { current, remote, ahead, behind };
  }

  async switchTo(branch: string): Promise<void> {
    await this.#requireNoCommands();
    await this.#requireClean();
    if (!(await this.#exists(branch))) throw new Refusal(404, "branch: there is no such branch");
    await this.#git("switch", branch);
  }

  async update(): Promise<boolean> {
    await this.#requireNoCommands();
    await this.#requireClean();
    const { remote } = await this.#state();
    if (remote === null)
      throw new Refusal(409, "this branch follows none that it could be updated from");
    await this.#git("fetch", "--quiet", "--no-recurse-submodules");
    const before = await this.#git("rev-parse", "HEAD");
    await this.#git("merge", "--ff-only", "--quiet", "--no-stat", "@{upstream}");
    return (await this.#git("rev-parse", "HEAD")) !== before;
  }

  /** What the repository names would run with the rights of whoever serves. */
  async #requireNoCommands(): Promise<void> {
    if (await runsCommands(this.#folder)) {
      throw new Refusal(
        409,
        "the repository's own configuration names commands that git would run",
      );
    }
  }

  async #requireClean(): Promise<void> {
    if ((await this.#state()).hasChanges) {
      throw new Refusal(409, "files have changes that are not committed");
    }
  }

  async #exists(branch: string): Promise<boolean> {
    const refs = await this.#git(
      ...["for-each-ref", "--format=%(refname)"],
      ...[`refs/heads/${branch}`, `refs/remotes/*/${branch}`],
    );
    return refs !== "";
  }

  async #state(): Promise<State> {
    const lines = (
      await this.#git("status", "--porcelain=v2", "--branch", "--ignore-submodules=all")
    ).split("\n");
    const head = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length);
    const [, ahead = "0", behind = "0"] = /^\+(\d+) -(\d+)$/.exec(head("ab") ?? "") ?? [];
    return {
      current: head("head") ?? "",
      remote: head("upstream") ?? null,
      ahead: Number(ahead),
      behind: Number(behind),
      // Files that git does not know stay where they are.
      hasChanges: lines.some((line) => /^[12u] /.test(line)),
    };
  }

  async #git(...args: string[]): Promise<string> {
    try {
      return await ownGit(this.#folder, args);
    } catch {
      // What git says may hold an address with a password.
      throw new Refusal(409, `git could not ${args[0] ?? "do this"}`);
    }
  }
}
