import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { keptToken } from "../src/node/cli/tokenFile.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** A token as `serve` draws them, told apart by its number. */
const token = (number: number): string => `token-number-${String(number).padStart(8, "0")}`;

test("first starts at the same moment share one token, and leave nothing else", async () => {
  for (let round = 0; round < 40; round += 1) {
    const folder = join(await temporaryFolder(), "new");
    const path = join(folder, "serve.token");
    const starts = Array.from({ length: 8 }, (_, number) => keptToken(path, () => token(number)));
    const [first, ...others] = await Promise.all(starts);
    for (const other of others) assert.equal(other, first);
    assert.equal(await readFile(path, "utf8"), `${first ?? ""}\n`);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ["serve.token"]);
  }
});

test("nobody ever sees the file without its token", async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = await temporaryFolder();
    const path = join(folder, "serve.token");
    const seen = new Set<string>();
    const state: { isMade: boolean } = { isMade: false };
    const making = keptToken(path, () => token(round)).finally(() => (state.isMade = true));
    while (!state.isMade) {
      if (existsSync(path)) seen.add(readFileSync(path, "utf8"));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await making;
    seen.add(readFileSync(path, "utf8"));
    assert.deepEqual([...seen], [`${token(round)}\n`]);
  }
});

test("whatever has the name is neither written nor followed", async () => {
  const folder = await temporaryFolder();
  const elsewhere = join(folder, "elsewhere");
  const path = join(folder, "serve.token");
  await symlink(elsewhere, path);
  await assert.rejects(
    keptToken(path, () => token(1)),
    /cannot be read/,
  );
  await writeFile(elsewhere, "kept\n", { mode: 0o600 });
  await assert.rejects(
    keptToken(path, () => token(1)),
    /cannot be read/,
  );
  assert.equal(await readFile(elsewhere, "utf8"), "kept\n");
});
