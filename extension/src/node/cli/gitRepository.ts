import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Refusal } from "../../http/Refusal.js";
import type { BranchStatus, Repository } from "../../http/Surface.js";

const run = promisify(execFile);

/** A remote that does not answer must not hold a request for ever. */
const LIMIT_MS = 60_000;

/** What git says of a working tree. */
interface State extends BranchStatus {
  readonly hasChanges: boolean;
}

/** The repository that a folder is in, or `undefined` if it is in none or there is no git. */
export async function gitRepository(folder: string): Promise<Repository | undefined> {
  try {
    await run("git", ["rev-parse", "--is-inside-work-tree"], { cwd: folder, timeout: LIMIT_MS });
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
    await this.#requireClean();
    if (!(await this.#exists(branch))) throw new Refusal(404, "branch: there is no such branch");
    await this.#git("switch", branch);
  }

  async update(): Promise<boolean> {
    await this.#requireClean();
    const { remote } = await this.#state();
    if (remote === null)
      throw new Refusal(409, "this branch follows none that it could be updated from");
    await this.#git("fetch", "--quiet");
    const before = await this.#git("rev-parse", "HEAD");
    await this.#git("merge", "--ff-only", "--quiet", "@{upstream}");
    return (await this.#git("rev-parse", "HEAD")) !== before;
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
    const lines = (await this.#git("status", "--porcelain=v2", "--branch")).split("\n");
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
    const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
    try {
      const { stdout } = await run("git", args, { cwd: this.#folder, env, timeout: LIMIT_MS });
      return stdout.trim();
    } catch {
      // What git says may hold an address with a password.
      throw new Refusal(409, `git could not ${args[0] ?? "do this"}`);
    }
  }
}
