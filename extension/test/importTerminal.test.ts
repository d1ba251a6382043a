import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporaryFolder.js";

const cli = join(import.meta.dirname, "..", "dist", "cli.js");
const made = join(import.meta.dirname, "fixtures", "claude-mem");
const AT = "2026-01-05T10:00:00.000Z";

/** The disk of a person who has worked with several agents. */
async function disk(): Promise<string> {
  const home = await temporaryFolder();
  const put = async (path: string, lines: readonly unknown[]): Promise<void> => {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true });
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    await writeFile(file, texts.join("\n"));
  };
  const common = { type: "user", sessionId: "s1", cwd: home, timestamp: AT };
  await put(".claude/projects/-shop/s1.jsonl", [
    { ...common, uuid: "u1", message: { role: "user", content: "Why do quillworts wilt?" } },
    { ...common, uuid: "u2", timestamp: "soon" },
  ]);
  const content = [{ type: "input_text", text: "Repot the sundews" }];
  await put(".codex/archived_sessions/rollout-2026-01-05-t1.jsonl", [
    { timestamp: AT, type: "session_meta", payload: { id: "t1", cwd: home } },
    { timestamp: AT, type: "response_item", payload: { type: "message", role: "user", content } },
  ]);
  await put(".gemini/tmp/shop/chats/session-1.jsonl", [
    { sessionId: "g1", kind: "main" },
    { id: "m1", timestamp: AT, type: "user", content: "Feed the pitcher plants" },
  ]);
  await put("shop/AGENTS.md", ["# Watering", "", "Only rain for the bladderworts."]);
  await cp(made, join(home, ".claude-mem"), { recursive: true });
  return home;
}

test("the command line lists what is there, counts it, and takes it in once", async () => {
  const home = await disk();
  const storage = await temporaryFolder();
  const recollect = async (...args: string[]): Promise<string> => {
    const env = { PATH: process.env["PATH"], HOME: home, USERPROFILE: home };
    const options = { cwd: join(home, "shop"), env };
    const all = [cli, ...args, "--storage", storage];
    return (await promisify(execFile)(process.execPath, all, options)).stdout;
  };
  const list = await recollect("import");
  for (const kind of ["claude-code", "codex", "gemini", "decisions", "claude-mem"])
    assert.match(list, new RegExp(`^${kind}  .*: 1 files`, "m"));
  assert.match(list, /^copilot-cli {2}.*: 0 files/m);
  assert.match(list, /^mem0 {2}.*: needs a file or a folder$/m);

  const counted = await recollect("import", "--from", "claude-code", "--dry-run");
  assert.match(counted, /^1 files, 1 sessions, 1 turns read\nnothing was taken in\n/);
  const taken = await recollect("import", "--from", "claude-code");
  assert.match(taken, /^3 records added, 0 known already$/m);
  assert.match(taken, /s1\.jsonl:2: a turn of a form that is not known$/m);
  for (const kind of ["codex", "gemini", "decisions", "claude-mem"])
    assert.match(await recollect("import", "--from", kind), /^[1-9]\d* records added/m);
  for (const kind of ["claude-code", "codex", "gemini", "decisions", "claude-mem"])
    assert.match(await recollect("import", "--from", kind), /^0 records added/m);
  for (const word of ["quillworts", "sundews", "pitcher", "bladderworts", "zod"])
    assert.match(await recollect("search", word), new RegExp(word, "i"));

  await assert.rejects(recollect("import", "--from", "mem0"), { code: 2 });
  await assert.rejects(recollect("import", "--from", "nobody"), { code: 2 });
});

test("the command line takes in all that is there at once, and counts it before", async () => {
  const home = await disk();
  const storage = await temporaryFolder();
  const recollect = async (...args: string[]): Promise<string> => {
    const env = { PATH: process.env["PATH"], HOME: home, USERPROFILE: home };
    const all = [cli, ...args, "--storage", storage];
    const options = { cwd: join(home, "shop"), env };
    return (await promisify(execFile)(process.execPath, all, options)).stdout;
  };
  const counted = await recollect("import", "--dry-run");
  assert.match(counted, /^claude-code {2}Claude Code\n1 files, 1 sessions, 1 turns read$/m);
  assert.match(counted, /^decisions {2}/m);
  const added = (said: string): string[] =>
    [...said.matchAll(/^(\d+) records added/gm)].map(([, count]) => count ?? "");
  const first = added(await recollect("import", "--from", "all"));
  assert.equal(first.length, 5);
  assert.ok(!first.includes("0"), first.join());
  assert.deepEqual(
    added(await recollect("import", "--from", "all")),
    first.map(() => "0"),
  );
  assert.match(await recollect("search", "sundews"), /sundews/i);
  await assert.rejects(recollect("import", "--from", "all", home), { code: 2 });

  const file = join(home, "export.jsonl");
  await writeFile(file, "");
  await chmod(file, 0o644);
  await recollect("export", file);
  if (process.platform !== "win32") assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("a command whose reader has seen enough ends without a failure", async () => {
  const child = spawn(process.execPath, [cli, "help"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdout.destroy();
  const [code] = (await once(child, "exit")) as [number | null];
  assert.deepEqual([code, said], [0, ""]);
});
