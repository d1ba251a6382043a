import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { TestRepository } from "./gitRepositories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const cli = join(import.meta.dirname, "..", "dist", "cli.js");

test("the command line learns from a repository's history, and says what it did", async () => {
  const repository = await TestRepository.create();
  for (const message of ["fix: balance the quillwort ledger", "feat: print it", ""])
    await repository.commit(message);
  await mkdir(join(repository.folder, "src"));
  const storage = await temporaryFolder();
  const recollect = async (...args: string[]): Promise<string> => {
    const options = { cwd: join(repository.folder, "src") };
    const all = [cli, ...args, "--storage", storage];
    return (await promisify(execFile)(process.execPath, all, options)).stdout;
  };
  const nothing = { skipped: 0, unreadable: 0, isCancelled: false };
  assert.deepEqual(JSON.parse(await recollect("learn", "--json", "--max-commits", "2")), {
    ...{ read: 2, learned: 2, known: 0, leftOut: 0, isCapped: true },
    ...nothing,
  });
  const text = await recollect("learn", "--repository", repository.folder);
  assert.equal(text, "1 commits read, 1 learned, 2 known already, 0 left out\n");
  assert.match(await recollect("search", "quillwort"), /ledger/);

  const elsewhere = await temporaryFolder();
  for (const wrong of [
    ["--repository", elsewhere],
    ["--max-commits", "0"],
    ["--max-commits", "20001"],
  ])
    await assert.rejects(recollect("learn", ...wrong), { code: 2 });
  const empty = await TestRepository.create();
  assert.match(
    await recollect("learn", "--repository", empty.folder),
    /^0 commits read, 0 learned/,
  );
});
