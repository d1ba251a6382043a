// Running other programs, and saying in one sentence why something cannot go on.

import { spawn, spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Where set-up keeps what it installs outside the repository, shared by all clones. */
export const toolCache =
  process.env.RECOLLECT_TOOLS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "recollect");

/** Where programs are looked for: what set-up installed, the usual places, rustup's own folder. */
export const searchPath = [
  join(toolCache, "bin"),
  process.env.PATH ?? "",
  join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin"),
].join(delimiter);

/** Why set-up or a build cannot go on. The message is the whole story, so no stack is shown. */
export class Refusal extends Error {
  name = "Refusal";
}

function environment(env) {
  return { ...process.env, PATH: searchPath, ...env };
}

/** Runs a program, showing what it says; fails with its name when it does. */
export function run(program, args, { env, cwd = root } = {}) {
  const { status, error, signal } = spawnSync(program, args, {
    cwd,
    env: environment(env),
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error) throw new Refusal(`${program} cannot be run: ${error.message}.`);
  if (status !== 0) throw failure(program, args, signal);
}

/** Like `run`, and also gives every line that the program writes to standard output to `onLine`. */
export async function runReading(program, args, onLine, { env, cwd = root } = {}) {
  // A program that writes to a pipe leaves colours out unless it is told.
  const colours = process.stdout.isTTY ? { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" } : {};
  const child = spawn(program, args, {
    cwd,
    env: environment({ ...colours, ...env }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(withoutColours(line));
  });
  const { status, signal } = await new Promise((settle, fail) => {
    child.once("error", (error) => {
      fail(new Refusal(`${program} cannot be run: ${error.message}.`));
    });
    child.once("close", (status, signal) => settle({ status, signal }));
  });
  if (status !== 0) throw failure(program, args, signal);
}

function withoutColours(line) {
  // eslint-disable-next-line no-control-regex -- colours begin with a control character
  return line.replace(/\u001b\[[\d;]*m/g, "");
}

function failure(program, args, signal) {
  const how = signal ? `was ended by ${signal}` : "failed";
  return new Refusal(`${[program, ...args].join(" ")} ${how}; what it said stands above.`);
}

/** What a program prints, or `undefined` if it cannot be run or fails. */
export function ask(program, args, { env, cwd = root } = {}) {
  const { status, stdout } = spawnSync(program, args, {
    cwd,
    env: environment(env),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs `main` and turns a refusal into its sentence and a failing exit. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
