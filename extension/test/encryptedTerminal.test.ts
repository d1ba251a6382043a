import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { note, openMemories } from "./openMemories.js";
import { openWindow, Shared, turnOn } from "./secrets.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

const cli = join(import.meta.dirname, "..", "dist", "cli.js");

function recollect(args: string[], code?: string): Promise<{ stdout: string }> {
  const env = { ...process.env, RECOLLECT_RECOVERY_CODE: code };
  return promisify(execFile)(process.execPath, [cli, ...args], { env });
}

test("the command line opens encrypted memories with their code, and leaves no plain text", async () => {
  const folder = await temporaryFolder();
  const window = openWindow(folder, new Shared());
  const code = await turnOn(window);
  const memories = window.open();
  await memories.remember(note("The quillwort queue is small"));
  const other = await temporaryFolder();
  const plain = openMemories(other);
  await plain.remember(note("The marmalade is encrypted as well"));
  const { bytes } = await plain.export({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const file = join(other, "export.jsonl");
  await writeFile(file, bytes);

  await assert.rejects(recollect(["search", "quillwort", "--storage", folder]), { code: 1 });
  await assert.rejects(recollect(["import", file, "--storage", folder]), { code: 1 });
  const found = await recollect(["search", "quillwort", "--storage", folder], code);
  assert.match(found.stdout, /The quillwort queue is small/);
  await recollect(["import", file, "--storage", folder], code);
  assert.doesNotMatch(await everythingIn(folder), /quillwort|marmalade/);
  await memories.refreshNow();
  assert.equal((await memories.search({ text: "marmalade" })).total, 1);
});
