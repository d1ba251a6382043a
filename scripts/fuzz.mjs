// Gives hostile input to what reads files and texts that others wrote, as the targets in fuzz/ say.
//
// `npm run fuzz -- --seconds 600` runs every target for that long, as many at a time as there are cores,
// with other inputs every time.
// What brings a target down is kept in fuzz/artifacts/<target>; give the file to the target to see it again.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numberOption } from "./options.mjs";
import { Refusal, ask, command, root, run, toolCache } from "./process.mjs";

const folder = join(root, "fuzz");

/** Inputs longer than this find nothing that shorter ones do not. */
const MAX_INPUT_BYTES = 4_096;

/** An input that takes longer than this is reported as one that hangs. */
const HANG_SECONDS = 10;

/** Installs cargo-fuzz if it is missing; gives why it cannot be used, or nothing. */
export function installFuzzer() {
  if (ask("c++", ["--version"]) === undefined) return "there is no C++ compiler called c++";
  if (ask("cargo", ["fuzz", "--version"]) !== undefined) return undefined;
  console.log("installing cargo-fuzz (about 1 minute)");
  const installed = ask("cargo", ["install", "cargo-fuzz", "--quiet", "--root", toolCache]);
  return installed === undefined ? "cargo-fuzz cannot be installed here" : undefined;
}

/**
 * Runs every target for some seconds, with inputs of its own every time. With a number of inputs
 * it runs so many at most, in the same order for everybody, so that a change is blamed for what it
 * brings down and nothing else. Skipped with a sentence where that is not possible.
 */
export async function fuzz({ seconds, inputs }) {
  const problem = installFuzzer();
  if (problem !== undefined) {
    console.log(`fuzzing is skipped: ${problem}`);
    return false;
  }
  // Without a sanitizer: the core holds no unsafe code. The stable compiler needs no permission then.
  run("cargo", [
    ...["fuzz", "build", "--fuzz-dir", folder, "--target-dir", join(folder, "target")],
    ...["--sanitizer", "none"],
  ]);
  const waiting = readdirSync(join(folder, "targets")).map((name) => name.replace(".rs", ""));
  const failed = [];
  const work = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      if (!(await runTarget(target, { seconds, inputs }))) failed.push(target);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failed.length > 0) {
    throw new Refusal(`Input that brings a target down was found: ${failed.join(", ")}.`);
  }
  return true;
}

/** Runs one target; whether it found nothing. */
async function runTarget(target, { seconds, inputs }) {
  const found = join(folder, "target", inputs === undefined ? "corpus" : "corpus-of-tests", target);
  const artifacts = join(folder, "artifacts", target);
  // What an earlier run found would change the inputs of this one.
  if (inputs !== undefined) rmSync(found, { recursive: true, force: true });
  for (const made of [found, artifacts]) mkdirSync(made, { recursive: true });
  const own = ["privacy", "query", "redactor"].includes(target);
  const dictionary = `${own ? target : "record"}.dict`;
  const begun = Date.now();
  const { status, output } = await runQuietly(programOf(target), [
    `-max_total_time=${seconds}`,
    ...(inputs === undefined ? [] : [`-runs=${inputs}`, "-seed=1"]),
    ...[`-timeout=${HANG_SECONDS}`, `-max_len=${MAX_INPUT_BYTES}`],
    ...["-print_final_stats=1", `-artifact_prefix=${artifacts}/`],
    `-dict=${join(folder, "dictionaries", dictionary)}`,
    // New inputs are kept in the first folder, beside what is built.
    ...[found, join(folder, "corpus", target)],
  ]);
  const count = /number_of_executed_units: (\d+)/.exec(output)?.[1] ?? "0";
  const taken = ((Date.now() - begun) / 1_000).toFixed(1);
  console.log(
    `${target}: ${count} inputs in ${taken} s, ${status === 0 ? "none" : "one"} brings it down`,
  );
  if (status !== 0) console.log(output.slice(-20_000));
  return status === 0;
}

/** Where cargo-fuzz puts a program. */
function programOf(target) {
  const host = /^host: (.+)$/m.exec(ask("rustc", ["--version", "--verbose"]) ?? "")?.[1] ?? "";
  return join(folder, "target", host, "release", target);
}

function runQuietly(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    let output = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-200_000);
    });
    child.once("error", (error) =>
      reject(new Refusal(`${program} cannot be run: ${error.message}.`)),
    );
    child.once("close", (status) => resolve({ status, output }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(() => fuzz({ seconds: numberOption("seconds", 60) }));
}
