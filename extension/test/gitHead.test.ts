import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { FolderReader } from "../src/common/git/FolderReader.js";
import { findGitFolder } from "../src/common/git/gitFolder.js";
import { GitHeadFiles } from "../src/common/git/GitHeadFiles.js";
import { readGitCommit, withoutPacks } from "../src/common/git/readGitCommit.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** The disk itself, as the port wants it. */
const disk: FolderReader = {
  read: (path) => readFile(path).catch(() => undefined),
  list: async (path) => {
    const items = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    return items?.map((item) => ({ name: item.name, isFolder: item.isDirectory() }));
  },
};

interface Repository {
  readonly folder: string;
  readonly files: GitHeadFiles;
  readonly git: (...args: string[]) => Promise<string>;
  readonly commit: (file: string, message: string) => Promise<void>;
  /** Types of the moves since the last time. */
  readonly moves: () => Promise<string[]>;
}

/** A new repository without commits, that is followed by its files. */
async function follow(...settings: string[]): Promise<Repository> {
  const folder = await temporaryFolder();
  const git = async (...args: string[]): Promise<string> => {
    const identity = ["user.name=Ann > Bo", "user.email=a@example.com", "init.defaultBranch=main"];
    const all = [...identity, "commit.gpgsign=false", ...settings].flatMap((one) => ["-c", one]);
    return (await promisify(execFile)("git", ["-C", folder, ...all, ...args])).stdout.trim();
  };
  await git("init", "--quiet");
  const found = await findGitFolder(disk, folder);
  assert.ok(found);
  const files = new GitHeadFiles(disk, found, (hash) => readGitCommit(disk, found, hash));
  await files.look();
  return {
    ...{ folder, files, git },
    commit: async (file, message) => {
      await writeFile(join(folder, file), message);
      await git("add", "--all");
      await git("commit", "--quiet", "-m", message);
    },
    moves: async () => {
      await files.look();
      return files.takeMoves().map(({ type }) => type);
    },
  };
}

test("commits, switches, merges, resets and rebases are told from git's own files", async () => {
  const { files, git, commit, moves } = await follow();
  assert.deepEqual(files.head, { branch: "main" });
  await commit("a.txt", "feat: begin");
  await commit("b.txt", "fix: colons: and > signs\n\nWith a body.");
  await files.look();
  const taken = files.takeMoves();
  assert.deepEqual(
    taken.map(({ type }) => type),
    ["git_commit", "git_commit"],
  );
  const last = taken.at(-1);
  assert.ok(last?.type === "git_commit" && !last.isAmended);
  assert.deepEqual(files.head, { branch: "main", commit: last.commit });
  const details = await files.commit(last.commit);
  assert.equal(details.message, "fix: colons: and > signs\n\nWith a body.");
  assert.deepEqual(details.files, ["b.txt"]);
  assert.ok(Math.abs(details.at - Date.now()) < 60_000);

  await git("switch", "--quiet", "-c", "topic");
  await files.look();
  assert.deepEqual(files.takeMoves(), [{ type: "git_checkout", from: "main", to: "topic" }]);
  await commit("c.txt", "topic");
  await git("commit", "--quiet", "--amend", "-m", "topic again");
  await files.look();
  const [, amended] = files.takeMoves();
  assert.ok(amended?.type === "git_commit" && amended.isAmended);

  await git("switch", "--quiet", "main");
  await git("merge", "--quiet", "--no-ff", "-m", "Take it in", "topic");
  await files.look();
  const [, merge] = files.takeMoves();
  assert.ok(merge?.type === "git_merge");
  assert.equal((await files.commit(merge.commit)).message, "Take it in");

  await git("reset", "--quiet", "--hard", "HEAD~1");
  assert.deepEqual(await moves(), ["git_reset"]);
  await git("merge", "--quiet", "--ff-only", "topic");
  assert.deepEqual(await moves(), ["git_merge"]);
  await git("switch", "--quiet", "--detach", "HEAD~1");
  await files.look();
  assert.deepEqual(files.takeMoves(), [{ type: "git_checkout", from: "main" }]);
  assert.equal(files.head.branch, undefined);

  await git("switch", "--quiet", "-c", "other");
  await commit("d.txt", "other one");
  await commit("e.txt", "other two");
  await moves();
  await git("rebase", "--quiet", "main");
  await files.look();
  assert.deepEqual(files.takeMoves(), [{ type: "git_rebase", commits: 2 }]);
  assert.deepEqual(await moves(), []);
});

test("what happened before it is followed is not told, and refs may be packed", async () => {
  const { folder, git, commit } = await follow();
  await commit("a.txt", "feat: begin");
  await git("pack-refs", "--all");
  await git("gc", "--quiet");
  const found = await findGitFolder(disk, folder);
  assert.ok(found);
  const reader = withoutPacks(disk);
  const files = new GitHeadFiles(reader, found, (hash) => readGitCommit(reader, found, hash));
  assert.equal(await files.look(), false);
  const { commit: first = "" } = files.head;
  assert.equal(first, await git("rev-parse", "HEAD"));
  // It lies in a pack, so that only the log tells of it.
  assert.deepEqual((await files.commit(first)).message, "feat: begin");
  await commit("b.txt", "fix: b");
  assert.equal(await files.look(), true);
  const { message, files: changed } = await files.commit(files.head.commit ?? "");
  assert.deepEqual([message, changed], ["fix: b", []]);
});

test("without a log, the place of HEAD tells of commits and switches", async () => {
  const { git, commit, moves } = await follow("core.logAllRefUpdates=false");
  await commit("a.txt", "feat: begin");
  assert.deepEqual(await moves(), ["git_commit"]);
  await git("switch", "--quiet", "-c", "topic");
  assert.deepEqual(await moves(), ["git_checkout"]);
});

test("a look that takes long does not bring back what was there when it began", async () => {
  const { folder, commit } = await follow();
  await commit("a.txt", "feat: begin");
  const found = await findGitFolder(disk, folder);
  assert.ok(found);
  let slow: Promise<void> | undefined;
  const reader: FolderReader = {
    ...disk,
    async read(path) {
      const wait = slow;
      const bytes = await disk.read(path);
      await wait;
      return bytes;
    },
  };
  const files = new GitHeadFiles(reader, found, () => Promise.resolve(undefined));
  await files.look();
  await commit("b.txt", "fix: b");
  let goOn = (): void => undefined;
  slow = new Promise((resolve) => {
    goOn = resolve;
  });
  const first = files.look();
  await commit("c.txt", "fix: c");
  slow = undefined;
  const second = files.look();
  goOn();
  await Promise.all([first, second]);
  assert.equal(files.takeMoves().length, 2);
  await files.look();
  assert.deepEqual(files.takeMoves(), []);
});
