// The branch endpoints in a real editor: through the Git extension, on the repository that is open.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { Session } from "./session.mjs";

const run = promisify(execFile);

describe("the branch of the opened repository", () => {
  /** @type {Session} */
  let session;
  let first;

  const git = async (folder, ...args) => {
    const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
    return (await run("git", [...who, ...args], { cwd: folder })).stdout.trim();
  };
  const ask = (method, path, body) => session.request({ do: "ask", method, path, body });
  const status = async () => {
    const answer = await ask("GET", "/api/branch/status");
    assert.equal(answer.status, 200, JSON.stringify(answer));
    return answer.body;
  };
  const switchTo = (branch) => ask("POST", "/api/branch/switch", { branch });
  const update = () => ask("POST", "/api/branch/update", {});

  before(async () => {
    session = await Session.open("workspace");
    const clone = session.repository;
    // The clone's origin is another copy, so that nothing is fetched from elsewhere.
    first = `${clone}-origin`;
    await git(clone, "clone", "--quiet", clone, first);
    await git(first, "switch", "--quiet", "--force-create", "main");
    await git(first, "branch", "elsewhere");
    await git(clone, "remote", "remove", "origin").catch(() => undefined);
    await git(clone, "remote", "add", "origin", first);
    await git(clone, "switch", "--quiet", "--force-create", "main");
    await git(clone, "fetch", "--quiet", "origin");
    await git(clone, "branch", "--quiet", "--set-upstream-to", "origin/main");
    await git(clone, "branch", "side");
  });

  after(() => session?.close());

  it("is told with how far it is from the one it follows", async () => {
    assert.deepEqual(await status(), {
      current: "main",
      remote: "origin/main",
      ahead: 0,
      behind: 0,
    });
    await git(session.repository, "commit", "--quiet", "--allow-empty", "--message", "here");
    assert.equal((await status()).ahead, 1);
    await git(session.repository, "reset", "--quiet", "--hard", "HEAD~1");
  });

  it("is switched to one that exists, and to nothing else", async () => {
    assert.deepEqual(await switchTo("side"), { status: 200, body: { success: true } });
    assert.deepEqual(await status(), { current: "side", remote: null, ahead: 0, behind: 0 });
    assert.equal(await git(session.repository, "branch", "--show-current"), "side");
    const missing = await switchTo("nowhere");
    assert.equal(missing.status, 404);
    assert.match(missing.body.error, /^branch/);
    const option = await switchTo("--orphan");
    assert.equal(option.status, 400);
    assert.match(option.body.error, /^branch/);
    assert.equal((await update()).status, 409);
    assert.equal((await switchTo("elsewhere")).status, 200);
    assert.equal((await status()).remote, "origin/elsewhere");
    assert.equal((await switchTo("main")).status, 200);
  });

  it("is brought up to date once", async () => {
    await writeFile(join(first, "new.txt"), "from elsewhere\n");
    await git(first, "add", "new.txt");
    await git(first, "commit", "--quiet", "--message", "elsewhere");
    const updated = { status: 200, body: { success: true, updated: true } };
    assert.deepEqual(await update(), updated);
    assert.equal(
      await git(session.repository, "rev-parse", "HEAD"),
      await git(first, "rev-parse", "HEAD"),
    );
    assert.deepEqual(await update(), { status: 200, body: { success: true, updated: false } });
  });

  it("stays while files have changes, and files that git does not know do not count", async () => {
    await writeFile(join(session.repository, "unknown.txt"), "not known to git\n");
    assert.equal((await switchTo("side")).status, 200);
    assert.equal((await switchTo("main")).status, 200);
    await writeFile(join(session.repository, "README.md"), "changed\n");
    for (const answer of [await switchTo("side"), await update()]) {
      assert.equal(answer.status, 409);
      assert.match(answer.body.error, /not committed/);
    }
    assert.equal((await status()).current, "main");
    assert.equal(await git(session.repository, "branch", "--show-current"), "main");
  });
});
