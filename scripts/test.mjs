// All tests, one kind after the other; the first kind that fails ends them.
//
// `npm test -- --only core,contract` runs some kinds only.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildExtension, buildModule } from "./build.mjs";
import { check } from "./check.mjs";
import { packageExtension } from "./package.mjs";
import { Refusal, ask, command, root, run } from "./process.mjs";

/** Runs the TypeScript tests of a folder. */
function nodeTests(folder) {
  const files = readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
  if (files.length === 0) throw new Refusal(`${folder} holds no tests.`);
  run(process.execPath, ["--import", "tsx", "--test", "--test-reporter=spec", ...files]);
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
  core: () => run("cargo", ["test", "--quiet", "--workspace"]),
  build: () => {
    buildModule();
    checkContract();
    buildExtension();
  },
  size: checkSize,
  contract: () => nodeTests("tests/contract"),
  extension: () => nodeTests("extension/test"),
  package: packageExtension,
  hosts: () => run("npm", ["--prefix", "tests/hosts", "test"]),
};

function chosen() {
  const position = process.argv.indexOf("--only");
  if (position < 0) return Object.keys(kinds);
  const names = (process.argv[position + 1] ?? "").split(",");
  const unknown = names.filter((name) => !(name in kinds));
  if (unknown.length > 0) {
    throw new Refusal(
      `No tests are called ${unknown}; there are ${Object.keys(kinds).join(", ")}.`,
    );
  }
  return names;
}

await command(() => {
  const names = chosen();
  let passed = 0;
  for (const name of names) {
    console.log(`\n=== ${name}`);
    const start = Date.now();
    try {
      kinds[name]();
    } catch (error) {
      console.log(`=== ${name} failed after ${Math.round((Date.now() - start) / 1000)} s`);
      console.log(`\n${passed} passed, 1 failed, ${names.length - passed - 1} skipped`);
      throw error;
    }
    passed += 1;
    console.log(`=== ${name} passed in ${Math.round((Date.now() - start) / 1000)} s`);
  }
  console.log(`\n${passed} passed, 0 failed`);
});
