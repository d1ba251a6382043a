/** The branch endpoints, on the repository in which `serve` was started and on no other. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { carryOut, type Step } from "./Case.js";
import { repositories } from "./repositories.js";
import { Server } from "./Server.js";
import { matching } from "./Shape.js";

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
