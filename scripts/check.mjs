// Formatters, linters and the compiler. `--fix` corrects what can be corrected by itself.

import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { Refusal, command, root, run } from "./process.mjs";

const bin = (name) => join(root, "node_modules/.bin", name);

/** Every check, as its name, the program and its arguments. */
function checks(isFixing) {
  return [
    ["rustfmt", "cargo", ["fmt", "--all", ...(isFixing ? [] : ["--check"])]],
    [
      "clippy",
      "cargo",
      ["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"],
    ],
    ["prettier", bin("prettier"), ["--log-level=warn", isFixing ? "--write" : "--check", "."]],
    ["eslint", bin("eslint"), [".", "--max-warnings=0", ...(isFixing ? ["--fix"] : [])]],
    ["tsc", bin("tsc"), ["--project", "extension"]],
    ["tsc of the webviews", bin("tsc"), ["--project", "extension/src/webview"]],
    ["tsc of the tests", bin("tsc"), ["--project", "tests"]],
    ["regular expressions", process.execPath, ["scripts/expressions.mjs"]],
    ["layers", process.execPath, ["scripts/layers.mjs"]],
    [
      "tables of the README",
      process.execPath,
      ["scripts/manifestTables.mjs", ...(isFixing ? ["--fix"] : [])],
    ],
    ["notice", process.execPath, ["scripts/notice.mjs", ...(isFixing ? ["--fix"] : [])]],
  ];
}

/** Runs all checks, so that one look shows everything there is to correct. */
export function check({ isFixing = false } = {}) {
  const failed = [];
  for (const [name, program, args] of checks(isFixing)) {
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 1000);
    try {
      run(program, args);
      console.log(`check: ${name} is content, after ${seconds()} s`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      console.log(`check: ${name} is not content, after ${seconds()} s`);
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    throw new Refusal(
      `Not in order by ${failed.join(", ")}; what they said stands above, and \`npm run fix\` corrects what it can.`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(() => check({ isFixing: process.argv.includes("--fix") }));
}
