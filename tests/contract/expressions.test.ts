import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const script = join(import.meta.dirname, "../../scripts/expressions.mjs");

/** What the check says of a source file, or nothing where it is content. */
async function said(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-expressions-"));
  try {
    await writeFile(join(folder, "source.ts"), source);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder]);
    assert.equal(status === 0, stderr.length === 0);
    return `${String(stdout)}${String(stderr)}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a regular expression that is linear may stay", async () => {
  assert.equal(
    await said('export const word = /[a-z]+/g;\nconst made = new RegExp("^a*$", "u");'),
    "",
  );
});

test("one that backtracks is named with its file, its line and a text it stands still on", async () => {
  assert.match(
    await said("// first line\nexport const spaces = /\\s+$/;\n"),
    /source\.ts:2: \/\\s\+\$\/ is 2nd degree polynomial: it stands still on .*repeat/,
  );
  assert.match(await said('new RegExp("(a+)+$")'), /source\.ts:1: .* is exponential/);
  assert.match(await said('"x".replace(/(?:a|b|ab)*c/g, "")'), /source\.ts:1: .*exponential/);
});

test("one that is put together at run time is refused", async () => {
  assert.match(
    await said("export const of = (w: string) => RegExp(`${w}`)"),
    /source\.ts:1: is put/,
  );
});
