// All tests: the kinds that need the built module beside those that do not, for there are two cores.
//
// `npm test -- --only core,contract` runs some kinds only, one after the other.

import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildExtension, buildModule } from "./build.mjs";
import { check } from "./check.mjs";
import { fuzz } from "./fuzz.mjs";
import { packageExtension } from "./package.mjs";
import { Refusal, ask, command, root, run, runReading } from "./process.mjs";

/** Tests that ran so far; a kind that counts none is one test itself. */
const count = { passed: 0, failed: 0, skipped: 0 };

/** How many hostile inputs each target is given, and for how long at most. */
const FUZZ = { inputs: 20_000, seconds: 10 };

/** Summaries as cargo and Node print them. */
const summaries = [
  { name: "passed", cargo: "passed", node: "pass" },
  { name: "failed", cargo: "failed", node: "fail" },
  { name: "skipped", cargo: "ignored", node: "skipped" },
];

/** The number that a line of a summary gives, or 0. */
function numberIn(line, { cargo, node }) {
  const words = line.split(/[ ;]/).filter((word) => word !== "");
  // `test result: ok. 12 passed; 0 failed; …`
  if (line.startsWith("test result: ")) return Number(words[words.indexOf(cargo) - 1]) || 0;
  // `ℹ pass 12`
  return words[0] === "ℹ" && words[1] === node ? Number(words[2]) || 0 : 0;
}

function counting(program, args) {
  return runReading(program, args, (line) => {
    for (const summary of summaries) count[summary.name] += numberIn(line, summary);
  });
}

/** Runs the TypeScript tests of a folder. */
function nodeTests(folder) {
  const files = readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
  if (files.length === 0) throw new Refusal(`${folder} holds no tests.`);
  return counting(process.execPath, [
    ...["--import", "tsx", "--test", "--test-reporter=spec", "--test-concurrency=2"],
    ...files,
  ]);
}

/** Fails if what was built is not the contract that was committed; at a desk that is work under way. */
function checkContract() {
  const changed = ask("git", ["status", "--porcelain", "--", "pkg"]);
  if (!changed) return;
  const sentence = `The build changed the committed contract: ${changed.replaceAll("\n", ",")}.`;
  if (process.env.CI) throw new Refusal(sentence);
  console.log(`${sentence} Commit it with the change that caused it.`);
}

function checkSize() {
  const budgets = JSON.parse(readFileSync(join(root, "scripts/budgets.json"), "utf8"));
  for (const [module, allowed] of [
    ["recollect_wasm", budgets.moduleGzipBytes],
    ["recollect_model", budgets.modelGzipBytes],
  ]) {
    const wasm = readFileSync(join(root, `pkg/${module}_bg.wasm`));
    const size = gzipSync(wasm, { level: 9 }).length;
    console.log(`${module} has ${wasm.length} bytes, ${size} gzipped of ${allowed} allowed.`);
    if (size > allowed) throw new Refusal(`${module} is over its budget.`);
  }
}

/** Every kind of test, in the order they run. */
const kinds = {
  check: () => check(),
  core: () => counting("cargo", ["test", "--workspace", "--quiet"]),
  fuzz: async () => {
    if (!(await fuzz(FUZZ))) count.skipped += 1;
  },
  build: () => {
    buildModule();
    checkContract();
    buildExtension();
  },
  size: checkSize,
  contract: () => nodeTests("tests/contract"),
  quality: () => nodeTests("tests/quality"),
  extension: () => nodeTests("extension/test"),
  durability: () => nodeTests("tests/durability"),
  package: packageExtension,
  hosts: async () => {
    run("npm", ["--prefix", "tests/hosts", "run", "--silent", "check"]);
    await counting("npm", ["--prefix", "tests/hosts", "test", "--silent"]);
  },
  "web-editor": () => counting("npm", ["--prefix", "tests/web-editor", "test", "--silent"]),
};

/** What runs at the same time: Rust's kinds need nothing that is built for the others. */
const lanes = [
  ["check", "core", "fuzz"],
  ["build", "size", "contract", "quality", "extension", "package"],
];

/** What runs when the lanes have ended, since it needs a machine that answers at once. */
const afterwards = ["durability", "hosts", "web-editor"];

/** Without these nothing after them in their lane can run. */
const needed = new Set(["build", "package"]);

/** The kinds that are named, or `undefined` for all. */
function chosen() {
  const position = process.argv.indexOf("--only");
  if (position < 0) return undefined;
  const names = (process.argv[position + 1] ?? "").split(",");
  const unknown = names.filter((name) => !(name in kinds));
  if (unknown.length > 0) {
    throw new Refusal(
      `No tests are called ${unknown.join(", ")}; there are ${Object.keys(kinds).join(", ")}.`,
    );
  }
  return names;
}

/** Runs one kind in this process. */
async function runKind(name) {
  console.log(`\n=== ${name}`);
  const before = { ...count };
  try {
    await kinds[name]();
  } catch (error) {
    if (count.failed === before.failed) count.failed += 1;
    throw error;
  }
  if (count.passed + count.skipped === before.passed + before.skipped) count.passed += 1;
}

/** The last line of a process that ran tests. */
const closingLine = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

function closing() {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  return `${count.passed} passed, ${count.failed} failed${skipped}`;
}

/** Runs one kind in a process of its own, its name before every line; gives how it went. */
function runApart(name) {
  const start = Date.now();
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "--only", name], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let counted;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      const found = closingLine.exec(line);
      if (found) counted = found;
      else if (line) console.log(`${name} | ${line}`);
    });
  }
  return new Promise((settle) => {
    child.once("close", (status) => {
      const [passed, failed, skipped] = (counted ?? []).slice(1).map((text) => Number(text ?? 0));
      count.passed += passed ?? 0;
      count.failed += failed ?? 1;
      count.skipped += skipped ?? 0;
      const seconds = Math.round((Date.now() - start) / 1000);
      const hasPassed = status === 0;
      console.log(`=== ${name} ${hasPassed ? "passed" : "failed"} in ${seconds} s`);
      settle({ name, seconds, passed: passed ?? 0, hasPassed });
    });
  });
}

/** Runs the kinds of one lane; what fails does not keep the others from telling what they find. */
async function runLane(names) {
  const outcomes = [];
  for (const name of names) {
    const outcome = await runApart(name);
    outcomes.push(outcome);
    if (!outcome.hasPassed && needed.has(name)) break;
  }
  return outcomes;
}

async function runAll() {
  const outcomes = (await Promise.all(lanes.map(runLane))).flat();
  const isReady = outcomes.every(({ name, hasPassed }) => hasPassed || !needed.has(name));
  if (isReady) outcomes.push(...(await runLane(afterwards)));
  console.log("\nkind        tests  seconds");
  for (const { name, passed, seconds, hasPassed } of outcomes) {
    const how = hasPassed ? "" : "  failed";
    console.log(
      `${name.padEnd(10)} ${String(passed).padStart(6)} ${String(seconds).padStart(8)}${how}`,
    );
  }
  const failed = outcomes.filter(({ hasPassed }) => !hasPassed).map(({ name }) => name);
  if (failed.length > 0) throw new Refusal(`Not passed: ${failed.join(", ")}.`);
}

await command(async () => {
  const names = chosen();
  await command(async () => {
    if (names === undefined) return runAll();
    for (const name of names) await runKind(name);
  });
  console.log(`\n${closing()}`);
});
