import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { Commit } from "recollect-wasm";
import type { FolderReader } from "../src/common/git/FolderReader.js";
import { chooseRemote, readGitConfig } from "../src/common/git/gitConfig.js";
import { findGitFolder } from "../src/common/git/gitFolder.js";
import { GitFolderHistory } from "../src/common/git/GitFolderHistory.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** The disk itself, as the port wants it. */
const disk: FolderReader = {
  read: (path) => readFile(path).catch(() => undefined),
  list: async (path) => {
    const items = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    return items?.map((item) => ({ name: item.name, isFolder: item.isDirectory() }));
  },
};

const run = promisify(execFile);

const remoteIn = (config: string): string | undefined => chooseRemote(readGitConfig(config));

async function git(folder: string, ...args: string[]): Promise<string> {
  const identity = [
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.com",
    "-c",
    "init.defaultBranch=main",
    "-c",
    "commit.gpgsign=false",
  ];
  const { stdout } = await run("git", ["-C", folder, ...identity, ...args], { maxBuffer: 1 << 26 });
  return stdout;
}

/** A repository with a merge, a rename of a folder, a removal and a file that becomes a folder. */
async function repository(): Promise<string> {
  const folder = await temporaryFolder();
  await git(folder, "init", "--quiet");
  await git(folder, "remote", "add", "origin", "https://example.com/team/project.git");
  const commit = async (message: string): Promise<void> => {
    await git(folder, "add", "--all");
    await git(folder, "commit", "--quiet", "--allow-empty", "-m", message);
  };
  const write = async (path: string, text: string): Promise<void> => {
    const slash = path.lastIndexOf("/");
    if (slash > 0) await run("mkdir", ["-p", join(folder, path.slice(0, slash))]);
    await writeFile(join(folder, path), text);
  };
  await write("a.txt", "one\n");
  await write("src/deep/b.txt", "two\n");
  await commit("feat: begin");
  await write("src/deep/b.txt", "changed\n");
  await commit("fix: b\n\nBecause it was wrong.");
  await git(folder, "checkout", "--quiet", "-b", "side", "HEAD~1");
  await write("side.txt", "s\n");
  await commit("side");
  await git(folder, "checkout", "--quiet", "main");
  await git(folder, "merge", "--quiet", "--no-ff", "-m", "Merge the side", "side");
  await git(folder, "mv", "src/deep", "src/shallow");
  await commit("refactor: move");
  await rm(join(folder, "a.txt"));
  await write("a.txt/inside.txt", "now a folder\n");
  await commit("change a file into a folder");
  return folder;
}

/** What git itself says, in the same shape. */
async function historyByGit(folder: string): Promise<Pick<Commit, "hash" | "message" | "files">[]> {
  const log = await git(folder, "log", "--format=%H", "--date-order");
  const hashes = log.trim().split("\n");
  return Promise.all(
    hashes.map(async (hash) => {
      const message = await git(folder, "log", "-1", "--format=%B", hash);
      const diff = await git(
        folder,
        "show",
        "--first-parent",
        "--diff-merges=first-parent",
        "--no-renames",
        "--name-only",
        "--format=",
        hash,
      );
      return {
        hash,
        message: message.trim(),
        files: diff
          .split("\n")
          .filter((line) => line !== "")
          .sort(),
      };
    }),
  );
}

async function historyByFiles(
  folder: string,
  maxCommits = 10_000,
): Promise<Pick<Commit, "hash" | "message" | "files">[]> {
  const found = await findGitFolder(disk, folder);
  assert.ok(found);
  const commits: Commit[] = [];
  for await (const group of new GitFolderHistory(disk, found).commits(
    maxCommits,
    new AbortController().signal,
  ))
    commits.push(...group);
  return commits.map(({ hash, message, files }) => ({
    hash,
    message: message.trim(),
    files: [...files].sort(),
  }));
}

function byHash<T extends { hash: string }>(commits: T[]): T[] {
  return [...commits].sort((a, b) => a.hash.localeCompare(b.hash));
}

test("a history read from its files is the one git shows", async () => {
  const folder = await repository();
  assert.deepEqual(byHash(await historyByFiles(folder)), byHash(await historyByGit(folder)));
});

test("a packed history is the same", async () => {
  const folder = await repository();
  const expected = byHash(await historyByGit(folder));
  await git(folder, "gc", "--quiet", "--aggressive", "--prune=now");
  assert.deepEqual(byHash(await historyByFiles(folder)), expected);
});

test("the newest commits come first and no more than asked for", async () => {
  const commits = await historyByFiles(await repository(), 2);
  assert.deepEqual(
    commits.map(({ message }) => message),
    ["change a file into a folder", "refactor: move"],
  );
});

test("a shallow clone ends where its commits end", async () => {
  const folder = await repository();
  const clone = join(await temporaryFolder(), "clone");
  await git(folder, "clone", "--quiet", "--depth", "2", `file://${folder}`, clone);
  const commits = await historyByFiles(clone);
  assert.deepEqual(
    commits.map(({ message }) => message),
    ["change a file into a folder", "refactor: move"],
  );
  assert.deepEqual(commits.at(-1)?.files, []);
});

test("a linked working tree has the history and the remote of its repository", async () => {
  const folder = await repository();
  const linked = join(await temporaryFolder(), "linked");
  await git(folder, "worktree", "add", "--quiet", linked, "side");
  const commits = await historyByFiles(linked);
  assert.deepEqual(
    commits.map(({ message }) => message),
    ["side", "feat: begin"],
  );
  const found = await findGitFolder(disk, linked);
  const config = await readFile(join(found?.commonFolder ?? "", "config"), "utf8");
  assert.equal(remoteIn(config), "https://example.com/team/project.git");
});

test("a folder inside a repository belongs to it", async () => {
  const folder = await repository();
  assert.equal((await findGitFolder(disk, join(folder, "src", "shallow")))?.root, folder);
});

test("a repository without a commit has an empty history", async () => {
  const folder = await temporaryFolder();
  await git(folder, "init", "--quiet");
  assert.deepEqual(await historyByFiles(folder), []);
});

test("reading stops when it is cancelled", async () => {
  const found = await findGitFolder(disk, await repository());
  assert.ok(found);
  const groups = [];
  for await (const group of new GitFolderHistory(disk, found).commits(10, AbortSignal.abort()))
    groups.push(group);
  assert.deepEqual(groups, []);
});

test("the remote is origin, or else the first one", () => {
  const other = '[remote "upstream"]\n\turl = git@host:up/stream.git\n\tfetch = x\n';
  const origin = '[core]\n\turl = no\n[remote "origin"]\n\tURL = "https://host/or/igin"\n';
  assert.equal(remoteIn(other + origin), "https://host/or/igin");
  assert.equal(remoteIn(other), "git@host:up/stream.git");
  assert.equal(remoteIn("[core]\n\tbare = false\n"), undefined);
});
