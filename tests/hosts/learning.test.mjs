// Commits that become memories by themselves in a real VS Code, in both kinds of extension host.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { promisify } from "node:util";
import { inEachHost } from "./eachHost.mjs";
import { filesHolding } from "./folderSearch.mjs";
import { commitsOf } from "./ownRepository.mjs";
import { Session } from "./session.mjs";

/** How long new commits may take to be memories: the window begins to look after some seconds. */
const LEARNED_MS = 60_000;

inEachHost("learning by itself", suite);

function suite(kind, host) {
  /** @type {Session} */
  let session;
  const storage = () => join(session.dataDir, "User", "globalStorage", "recollect.recollect");
  const git = async (...args) => {
    const author = ["-c", "user.name=Ann", "-c", "user.email=ann@mail.test"];
    const all = [...author, "-c", "commit.gpgsign=false", ...args];
    return (await promisify(execFile)("git", all, { cwd: session.repository })).stdout.trim();
  };

  before(async () => {
    session = await Session.open(kind, { "recollect.git.learnAutomatically": true });
  });

  after(() => session?.close());

  /** Commits that are memories, by their hashes. */
  const learned = async () => {
    const folder = join(storage(), "mem1", "seg");
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.map((name) => readFile(join(folder, name), "utf8").catch(() => "")),
    );
    const hashes = texts
      .flatMap((text) => text.split("\n"))
      .filter((line) => line.includes('"observation"'))
      .map((line) => JSON.parse(line.slice(9)))
      .flatMap(({ commit }) => commit ?? []);
    return hashes.sort();
  };

  const until = async (isSo, message) => {
    for (const end = Date.now() + LEARNED_MS; !(await isSo());) {
      assert.ok(Date.now() < end, message);
      await new Promise((settle) => setTimeout(settle, 200));
    }
  };
  const isLearned = (hash) => async () => (await learned()).includes(hash);

  it("all commits are memories a moment after the window is opened", async () => {
    const commits = await commitsOf(session.repository);
    await until(
      async () => (await learned()).length === commits.length,
      "the history was not learned",
    );
    await session.workbench.runCommand("Memory: Learn from Git History");
    const sentence = await session.workbench.waitForText(/Learned \d+ commits/);
    await session.workbench.screenshot(`${host}-learned-by-itself`);
    assert.match(sentence, new RegExp(`Learned 0 commits; ${commits.length} were known`));
  });

  it("a commit made in the window is one memory, with its files", async () => {
    await writeFile(join(session.repository, "ledger.txt"), "balanced\n");
    await git("add", "ledger.txt");
    await git("commit", "--quiet", "-m", "Balance the quillwort ledger");
    const hash = await git("rev-parse", "HEAD");
    await until(isLearned(hash), "the commit was not learned");
    const index = await session.request({
      do: "invokeTool",
      name: "recollect_memory_search",
      input: { query: "quillwort ledger" },
    });
    assert.equal(index.match(/Balance the quillwort ledger/g)?.length, 1, index);
    const memories = (await learned()).filter((one) => one === hash);
    assert.equal(memories.length, 1);
  });

  it("what a fetch brings is learned", async () => {
    const upstream = join(session.repository, "..", "upstream");
    await git("clone", "--quiet", "--no-hardlinks", session.repository, upstream);
    const there = (...args) => git("-C", upstream, ...args);
    await there("commit", "--quiet", "--allow-empty", "-m", "Print the quillwort ledger");
    const hash = await there("rev-parse", "HEAD");
    await git("remote", "set-url", "origin", upstream);
    await git("fetch", "--quiet");
    await until(isLearned(hash), "what was fetched was not learned");
    await rm(upstream, { recursive: true });
  });

  it("a commit of a private session is learned when the user asks only", async () => {
    await session.workbench.runCommand("Memory: Start Private Session");
    await git("commit", "--quiet", "--allow-empty", "-m", "Whisper about zanthoxylum");
    await session.workbench.runCommand("Memory: End Private Session");
    // Git keeps whole seconds, and what is made in the last one counts as private.
    await new Promise((settle) => setTimeout(settle, 1_500));
    await git("commit", "--quiet", "--allow-empty", "-m", "Speak of the harbour office");
    await until(isLearned(await git("rev-parse", "HEAD")), "the next commit was not learned");
    await new Promise((settle) => setTimeout(settle, 3_000));
    assert.deepEqual(await filesHolding(storage(), "zanthoxylum"), []);
    await session.workbench.runCommand("Notifications: Clear All Notifications");
    await session.workbench.runCommand("Memory: Learn from Git History");
    await session.workbench.waitForText(/Learned 1 commit;/);
  });

  it("a file of which nothing is kept is in no learned commit", async () => {
    await mkdir(join(session.repository, "work"));
    await writeFile(join(session.repository, "work", ".gitignore"), "burnet*\n");
    await writeFile(join(session.repository, "work", "burnet.js"), "1\n");
    await writeFile(join(session.repository, "work", "plain.js"), "1\n");
    await git("add", "--force", "work");
    await git("commit", "--quiet", "-m", "Keep what is ignored");
    await until(isLearned(await git("rev-parse", "HEAD")), "the commit was not learned");
    assert.deepEqual(await filesHolding(storage(), "burnet"), []);
    assert.notDeepEqual(await filesHolding(storage(), "plain.js"), []);
  });
}
