import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { environmentWithoutGit, WITHOUT_COMMANDS } from "./readingGit.js";

const run = promisify(execFile);

/** A remote that does not answer must not hold a request for ever. */
const LIMIT_MS = 60_000;

/** Settings with which git runs a command whose result the files or the network depend on. */
const COMMANDS =
  /^(filter\..*\.(clean|smudge|process)|merge\..*\.driver|remote\..*\.(uploadpack|receivepack|vcs)|credential\.(.*\.)?helper|core\.(gitproxy|sshcommand|alternaterefscommand))$/i;

/** Filters alone also act when git looks which files have changes. */
const FILTER = /^(filter\..*)\.(clean|smudge|process)$/i;

/** Runs git in a folder without running anything that the folder's repository names. */
export async function ownGit(folder: string, args: readonly string[]): Promise<string> {
  const filters = (await settingsOf(folder)).flatMap((name) => FILTER.exec(name)?.[1] ?? []);
  const without = [...new Set(filters)].flatMap((filter) =>
    ["clean=", "smudge=", "process=", "required=false"].flatMap((one) => [
      "-c",
      `${filter}.${one}`,
    ]),
  );
  return git(folder, [...WITHOUT_COMMANDS, ...without, ...args]);
}

/** Whether changing files or asking the remote would run a command that the repository names. */
export async function runsCommands(folder: string): Promise<boolean> {
  return (await settingsOf(folder)).some((name) => COMMANDS.test(name));
}

/** Names of what the repository itself sets; reading them runs nothing. */
async function settingsOf(folder: string): Promise<string[]> {
  const lists = await Promise.all(
    ["--local", "--worktree"].map((scope) =>
      git(folder, ["config", scope, "--includes", "--name-only", "--null", "--list"]).catch(
        () => "",
      ),
    ),
  );
  return lists.flatMap((list) => list.split("\0"));
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", ["--no-pager", ...args], {
    cwd: folder,
    env: environment(),
    timeout: LIMIT_MS,
  });
  return stdout.trim();
}

/** Nothing that was set for another run of git, and nothing that asks, waits or locks. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...environmentWithoutGit(),
    GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}
