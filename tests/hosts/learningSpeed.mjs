// How long a real VS Code takes to learn 2,000 commits, and to find that there is nothing new, in
// both kinds of extension host: `node learningSpeed.mjs`. It prints and asserts nothing.

import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { Session } from "./session.mjs";

const COMMITS = 2_000;

/** Longest time that is waited for. */
const LEARNED_MS = 300_000;

const HOSTS = [
  { kind: "workspace", host: "node" },
  { kind: "ui", host: "worker" },
];

for (const { kind, host } of HOSTS) {
  if ((process.env.RECOLLECT_HOST ?? host) !== host) continue;
  const session = await Session.open(kind, {}, makeRepository);
  try {
    for (const [what, sentence] of [
      [`${COMMITS} commits`, new RegExp(`Learned ${COMMITS} commits`)],
      ["nothing new", new RegExp(`Learned 0 commits; ${COMMITS} were known`)],
    ]) {
      await session.workbench.runCommand("Memory: Learn from Git History");
      const began = performance.now();
      await session.workbench.waitForText(sentence, { timeoutMs: LEARNED_MS });
      const seconds = ((performance.now() - began) / 1_000).toFixed(2);
      const load = loadavg()[0]?.toFixed(1);
      console.log(`${host}: ${what} in ${seconds} s (load ${load} on ${cpus().length} cores)`);
      await session.workbench.runCommand("Notifications: Clear All Notifications");
    }
  } finally {
    await session.close();
  }
}

/** A made-up history, written by the program that is made for it. */
async function makeRepository(folder) {
  await mkdir(folder);
  const git = (args, input) =>
    new Promise((settle, fail) => {
      const child = spawn("git", args, { cwd: folder, stdio: ["pipe", "ignore", "inherit"] });
      child.on("error", fail).on("close", settle);
      child.stdin.end(input ?? "");
    });
  await git(["init", "--quiet", "--initial-branch=main"]);
  const commits = Array.from({ length: COMMITS }, (_, number) => {
    const message = `fix: keep order ${number} in the queue\n\nIt was lost when the shop was closed, because nobody wrote it down.\n`;
    const text = `order ${number}\n`;
    const who = `Ann <ann@mail.test> ${1_700_000_000 + number * 3_600} +0000`;
    return [
      "commit refs/heads/main",
      `committer ${who}`,
      `data ${Buffer.byteLength(message)}`,
      message,
      `M 100644 inline src/${number % 200}/order.ts`,
      `data ${Buffer.byteLength(text)}`,
      text,
    ].join("\n");
  });
  await git(["fast-import", "--quiet"], commits.join("\n"));
  await git(["reset", "--quiet", "--hard"]);
}
