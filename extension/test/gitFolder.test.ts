import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { chooseRemote, readGitConfig } from "../src/common/git/gitConfig.js";
import { findGitFolder } from "../src/common/git/gitFolder.js";
import { disk } from "./gitRepositories.js";
import { temporaryFolder } from "./temporaryFolder.js";

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

/** A repository with a remote and a file in a folder. */
async function repository(): Promise<string> {
  const folder = await temporaryFolder();
  await git(folder, "init", "--quiet");
  await git(folder, "remote", "add", "origin", "https://example.com/team/project.git");
  await run("mkdir", ["-p", join(folder, "src", "deep")]);
  await writeFile(join(folder, "src", "deep", "b.txt"), "two\n");
  await git(folder, "add", "--all");
  await git(folder, "commit", "--quiet", "-m", "feat: begin");
  return folder;
}

test("a linked working tree has the remote of its repository", async () => {
  const folder = await repository();
  const linked = join(await temporaryFolder(), "linked");
  await git(folder, "worktree", "add", "--quiet", "-b", "side", linked);
  const found = await findGitFolder(disk, linked);
  const config = await readFile(join(found?.commonFolder ?? "", "config"), "utf8");
  assert.equal(remoteIn(config), "https://example.com/team/project.git");
});

test("a folder inside a repository belongs to it", async () => {
  const folder = await repository();
  assert.equal((await findGitFolder(disk, join(folder, "src", "deep")))?.root, folder);
});

test("the remote is origin, or else the first one", () => {
  const other = '[remote "upstream"]\n\turl = git@host:up/stream.git\n\tfetch = x\n';
  const origin = '[core]\n\turl = no\n[remote "origin"]\n\tURL = "https://host/or/igin"\n';
  assert.equal(remoteIn(other + origin), "https://host/or/igin");
  assert.equal(remoteIn(other), "git@host:up/stream.git");
  assert.equal(remoteIn("[core]\n\tbare = false\n"), undefined);
});
