/** The other commands of the command line. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { cli, Server } from "./Server.js";

const run = promisify(execFile);

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "recollect-terminal-"));
  await using server = await Server.start([], { folder });
  await server.send("POST", "/memory/add", { content: "The kettle is blue" });
  await server.send("POST", "/memory/add", { content: "The stove is red" });
});

after(() => rm(folder, { recursive: true, force: true }));

function recollect(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [cli, ...args]);
}

test("search lists what is found, and says with its code that nothing is", async () => {
  const { stdout } = await recollect("search", "kettle", "--storage", folder);
  assert.match(stdout, /^\d{4}-\d\d-\d\d {2}discovery {2}user {2}The kettle is blue$/m);
  assert.doesNotMatch(stdout, /stove/);
  const json = await recollect("search", "--json", "--limit", "1", "--storage", folder);
  assert.equal((JSON.parse(json.stdout) as { total: number }).total, 2);
  await assert.rejects(recollect("search", "teapot", "--storage", folder), { code: 1 });
});

/** How many records were new, and how many were there. */
async function imported(file: string, storage: string): Promise<[number, number]> {
  const { stdout } = await recollect("import", file, "--storage", storage);
  const { pending, known } = JSON.parse(stdout) as { pending: number; known: number };
  return [pending, known];
}

test("an export is private to its user, and importing it twice adds nothing", async () => {
  const file = join(folder, "export.jsonl");
  await recollect("export", file, "--storage", folder);
  assert.equal((await stat(file)).mode & 0o077, 0);
  const { stdout } = await recollect("export", "--storage", folder);
  assert.equal(stdout, await readFile(file, "utf8"));
  const other = join(folder, "other");
  assert.deepEqual(await imported(file, other), [2, 0]);
  assert.deepEqual(await imported(file, other), [0, 2]);
  const found = await recollect("search", "stove", "--storage", other);
  assert.match(found.stdout, /The stove is red/);
});

test("check reads every file", async () => {
  const { stdout } = await recollect("check", "--storage", folder);
  assert.match(stdout, /^\d+ files, \d+ bytes, 2 records, 2 memories$/m);
});

test("what is typed wrongly is explained with code 2", async () => {
  assert.match((await recollect("help")).stdout, /^Usage: recollect/);
  for (const [args, reason] of [
    [["fly"], /there is no command fly/],
    [["search", "--limit", "0"], /--limit must be/],
    [["serve", "--port", "99999"], /--port must be/],
    [["serve", "--prot", "1"], /--prot/],
  ] as const) {
    await assert.rejects(recollect(...args, "--storage", folder), { code: 2, stderr: reason });
  }
});

test("a folder that only the code opens stays closed without it", async () => {
  await assert.rejects(
    run(process.execPath, [cli, "search", "x", "--storage", folder], {
      env: { ...process.env, RECOLLECT_RECOVERY_CODE: "not a code" },
    }),
    { code: 1 },
  );
});
