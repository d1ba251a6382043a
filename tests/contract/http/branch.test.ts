/** The branch endpoints, on the repository in which `serve` was started and on no other. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { carryOut, type Step } from "./Case.js";
import { Server } from "./Server.js";
import { matching } from "./Shape.js";

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
async function repositories(): Promise<{ clone: string; end: () => Promise<void> }> {
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

const status = (current: string, ahead: number, behind: number): Step => ({
  request: ["GET", "/api/branch/status"],
  answer: { current, remote: `origin/${current}`, ahead, behind },
});

test("status, update and switch", async () => {
  const { clone, end } = await repositories();
  try {
    await using server = await Server.start([], { cwd: clone });
    await carryOut(
      [
        status("main", 0, 0),
        { request: ["POST", "/api/branch/update"], answer: { success: true, updated: true } },
        { request: ["POST", "/api/branch/update"], answer: { success: true, updated: false } },
        { request: ["POST", "/api/branch/switch", { branch: "side" }], answer: { success: true } },
        status("side", 0, 0),
        {
          request: ["POST", "/api/branch/switch", { branch: "nowhere" }],
          status: 404,
          answer: { error: matching(/^branch/) },
        },
        ...["--orphan", "-", "a..b", "main~1", "HEAD@{1}", "a b", "", ".git", "x.lock"].map(
          (branch): Step => ({
            request: ["POST", "/api/branch/switch", { branch }],
            status: 400,
            answer: { error: matching(/^branch/) },
          }),
        ),
        status("side", 0, 0),
      ],
      server.send,
    );
  } finally {
    await end();
  }
});

test("nothing moves while files have changes, but new files may be there", async () => {
  const { clone, end } = await repositories();
  try {
    await using server = await Server.start(["--repository", clone]);
    await writeFile(join(clone, "new.txt"), "not known to git\n");
    const switchTo = (branch: string, expected: number): Step => ({
      request: ["POST", "/api/branch/switch", { branch }],
      status: expected,
    });
    await carryOut([switchTo("side", 200), switchTo("main", 200)], server.send);
    await writeFile(join(clone, "a.txt"), "changed\n");
    await carryOut(
      [
        switchTo("side", 409),
        { request: ["POST", "/api/branch/update"], status: 409 },
        status("main", 0, 0),
      ],
      server.send,
    );
  } finally {
    await end();
  }
});

test("without a repository there is no branch", async () => {
  const folder = await mkdtemp(join(tmpdir(), "recollect-no-branch-"));
  try {
    await using server = await Server.start([], { cwd: folder });
    const none: Step = { request: ["GET", "/api/branch/status"], status: 404 };
    await carryOut([none], server.send);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
