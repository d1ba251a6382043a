// Formatters, linters and the compiler. `--fix` corrects what can be corrected by itself.

import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { command, root, run } from "./process.mjs";

const bin = (name) => join(root, "node_modules/.bin", name);

/** Every check, as the program and its arguments. */
function checks(isFixing) {
  return [
    ["cargo", ["fmt", "--all", ...(isFixing ? [] : ["--check"])]],
    ["cargo", ["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]],
    [bin("prettier"), ["--log-level=warn", isFixing ? "--write" : "--check", "."]],
    [bin("eslint"), [".", "--max-warnings=0", ...(isFixing ? ["--fix"] : [])]],
    [bin("tsc"), ["--project", "extension"]],
    [bin("tsc"), ["--project", "tests"]],
  ];
}

/** Runs all checks; the first that fails ends them. */
export function check({ isFixing = false } = {}) {
  for (const [program, args] of checks(isFixing)) run(program, args);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(() => check({ isFixing: process.argv.includes("--fix") }));
}
