// This project's own repository as test data: real files with a real history.

import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The repository these tests stand in. */
export const ownRepository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Clones this repository with its whole history, so that nothing in the work tree is touched. */
export async function cloneOwnRepository(target) {
  await git(ownRepository, "clone", "--quiet", "--no-hardlinks", ownRepository, target);
  // A project is called as its repository, so the clone has an address of its own that nobody reaches.
  await git(target, "remote", "set-url", "origin", "https://example.invalid/team/recollect.git");
  return target;
}

/** Hash, time (seconds), subject and changed files of every commit of a clone, newest first. */
export async function commitsOf(repository) {
  const log = await git(repository, "log", "--name-only", "--format=%x00%H %at %s");
  return log
    .split("\0")
    .slice(1)
    .map((entry) => {
      const [line, ...files] = entry.trim().split(/\n+/);
      const [hash, time, ...words] = line.split(" ");
      return { hash, subject: words.join(" "), time: Number(time), files };
    })
    .toSorted((one, other) => other.time - one.time);
}

async function git(cwd, ...args) {
  const { stdout } = await run("git", args, { cwd });
  return stdout.trim();
}
