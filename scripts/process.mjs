// Running other programs, and saying in one sentence why something cannot go on.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Why set-up or a build cannot go on. The message is the whole story, so no stack is shown. */
export class Refusal extends Error {
  name = "Refusal";
}

/** Runs a program, showing what it says; fails with its name when it does. */
export function run(program, args, { env, cwd = root } = {}) {
  const { status, error, signal } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error) throw new Refusal(`${program} cannot be run: ${error.message}.`);
  if (status !== 0) {
    const how = signal ? `was ended by ${signal}` : "failed";
    throw new Refusal(`${program} ${args.join(" ")} ${how}; what it said stands above.`);
  }
}

/** What a program prints, or `undefined` if it cannot be run or fails. */
export function ask(program, args, { env, cwd = root } = {}) {
  const { status, stdout } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
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
