/** The branch endpoints, on one repository and on no other. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gitRepository } from "../../../extension/src/node/git/gitRepository.js";
import { carryOut, type Send, type Step } from "./Case.js";
import { openHandler } from "./openFolder.js";
import { repositories } from "./repositories.js";
import { Server } from "./Server.js";
import { matching } from "./Shape.js";

const status = (current: string, ahead: number, behind: number): Step => ({
  request: ["GET", "/api/branch/status"],
  answer: { current, remote: `origin/${current}`, ahead, behind },
});

/** Both ways to the endpoints, over a repository. */
const ways: Readonly<
  Record<string, (clone: string) => Promise<AsyncDisposable & { readonly send: Send }>>
> = {
  "in process": (clone) => openHandler({ repository: () => gitRepository(clone) }),
  "in the folder of serve": (clone) => Server.start([], { cwd: clone }),
  "in the folder that serve is given": (clone) => Server.start(["--repository", clone]),
};

for (const [how, open] of Object.entries(ways)) {
  test(`${how}: status, update and switch`, async () => {
    const { clone, end } = await repositories();
    try {
      await using opened = await open(clone);
      await carryOut(
        [
          status("main", 0, 0),
          { request: ["POST", "/api/branch/update"], answer: { success: true, updated: true } },
          { request: ["POST", "/api/branch/update"], answer: { success: true, updated: false } },
          {
            request: ["POST", "/api/branch/switch", { branch: "side" }],
            answer: { success: true },
          },
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
        opened.send,
      );
    } finally {
      await end();
    }
  });

  test(`${how}: nothing moves while files have changes, but new files may be there`, async () => {
    const { clone, end } = await repositories();
    try {
      await using opened = await open(clone);
      await writeFile(join(clone, "new.txt"), "not known to git\n");
      const switchTo = (branch: string, expected: number): Step => ({
        request: ["POST", "/api/branch/switch", { branch }],
        status: expected,
      });
      await carryOut([switchTo("side", 200), switchTo("main", 200)], opened.send);
      await writeFile(join(clone, "a.txt"), "changed\n");
      await carryOut(
        [
          switchTo("side", 409),
          { request: ["POST", "/api/branch/update"], status: 409 },
          status("main", 0, 0),
        ],
        opened.send,
      );
    } finally {
      await end();
    }
  });
}

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
