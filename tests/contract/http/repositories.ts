import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

async function git(folder: string, ...args: string[]): Promise<void> {
  const settings = [
    "user.name=Somebody",
    "user.email=somebody@example.com",
    "init.defaultBranch=main",
  ];
  await run("git", [...settings.flatMap((one) => ["-c", one]), ...args], { cwd: folder });
}

/** A repository with the branches `main` and `side`, which follows another one that is a commit ahead. */
export async function repositories(): Promise<{ clone: string; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-branch-"));
  const [first, clone] = [join(folder, "first"), join(folder, "clone")];
  await git(folder, "init", "--quiet", first);
  await writeFile(join(first, "a.txt"), "one\n");
  await git(first, "add", "a.txt");
  await git(first, "commit", "--quiet", "--message", "one");
  await git(first, "branch", "side");
  await git(folder, "clone", "--quiet", first, clone);
  await writeFile(join(first, "a.txt"), "two\n");
  await git(first, "commit", "--quiet", "--all", "--message", "two");
  return { clone, end: () => rm(folder, { recursive: true, force: true }) };
}
