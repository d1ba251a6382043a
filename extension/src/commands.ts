import { runCommand } from "./node/cli/runCommand.js";

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // A second one ends the process at once, whatever waits.
  process.once(signal, () => ending.abort());
}

runCommand(process.argv.slice(2), ending.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`recollect: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
