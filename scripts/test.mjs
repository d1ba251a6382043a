// All tests, one kind after the other; the first kind that fails ends them.
//
// `npm test -- --only core,contract` runs some kinds only.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildExtension, buildModule } from "./build.mjs";
import { check } from "./check.mjs";
import { fuzz } from "./fuzz.mjs";
import { packageExtension } from "./package.mjs";
import { Refusal, ask, command, root, run, runReading } from "./process.mjs";

/** Tests that ran so far; a kind that counts none is one test itself. */
const count = { passed: 0, failed: 0, skipped: 0 };

/** How long each target is given hostile input. */
const FUZZ_SECONDS = 60;

/** The same inputs for everybody, so that a change is blamed for what it brings down and nothing else. */
const FUZZ_SEED = 1;

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
    ...["--import", "tsx", "--test", "--test-reporter=spec"],
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
  const { moduleGzipBytes } = JSON.parse(readFileSync(join(root, "scripts/budgets.json"), "utf8"));
  const wasm = readFileSync(join(root, "pkg/recollect_wasm_bg.wasm"));
  const size = gzipSync(wasm, { level: 9 }).length;
  console.log(
    `The module has ${wasm.length} bytes, ${size} gzipped of ${moduleGzipBytes} allowed.`,
  );
  if (size > moduleGzipBytes) throw new Refusal("The module is over its budget.");
}

/** Every kind of test, in the order they run. */
const kinds = {
  check: () => check(),
  core: async () => {
    await counting("cargo", ["test", "--workspace", "--quiet"]);
    await counting("cargo", [
      ...["test", "--package", "recollect-core", "--features", "mutants", "--quiet"],
      ...["--test", "schedules", "every_broken_rule_is_noticed"],
    ]);
  },
  fuzz: async () => {
    if (!(await fuzz(FUZZ_SECONDS, FUZZ_SEED))) count.skipped += 1;
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

function chosen() {
  const position = process.argv.indexOf("--only");
  if (position < 0) return Object.keys(kinds);
  const names = (process.argv[position + 1] ?? "").split(",");
  const unknown = names.filter((name) => !(name in kinds));
  if (unknown.length > 0) {
    throw new Refusal(
      `No tests are called ${unknown.join(", ")}; there are ${Object.keys(kinds).join(", ")}.`,
    );
  }
  return names;
}

async function runKind(name) {
  console.log(`\n=== ${name}`);
  const start = Date.now();
  const before = { ...count };
  const seconds = () => Math.round((Date.now() - start) / 1000);
  try {
    await kinds[name]();
  } catch (error) {
    console.log(`=== ${name} failed after ${seconds()} s`);
    if (count.failed === before.failed) count.failed += 1;
    throw error;
  }
  if (count.passed + count.skipped === before.passed + before.skipped) count.passed += 1;
  console.log(`=== ${name} passed in ${seconds()} s`);
}

await command(async () => {
  const names = chosen();
  await command(async () => {
    for (const name of names) await runKind(name);
  });
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
});
