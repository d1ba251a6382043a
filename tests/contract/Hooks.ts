import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "./http/Server.js";

/** Hooks of agents over a storage of their own, each a process of the command line. */
export class Hooks {
  readonly storage: string;
  /** The folder that is worked in. */
  readonly workspace: string;

  private constructor(storage: string, workspace: string) {
    this.storage = storage;
    this.workspace = workspace;
  }

  static async make(): Promise<Hooks> {
    const folder = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `recollect-${name}-`));
    return new Hooks(await folder("hook"), await folder("work"));
  }

  /** What a hook answers; it always ends with 0. `env` comes on top of what no machine is too slow for. */
  async run(
    input: string | Buffer | object,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const child = spawn(process.execPath, [cli, "hook", "--storage", this.storage, ...args], {
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...process.env,
        ...{ RECOLLECT_HOOKS_SECONDS: "10", RECOLLECT_HOOKS_WAIT_SECONDS: "300" },
        ...env,
      },
    });
    let output = "";
    let problems = "";
    child.stdout.on("data", (part: Buffer) => (output += part.toString()));
    child.stderr.on("data", (part: Buffer) => (problems += part.toString()));
    // A hook that does not read all of its input is no fault.
    child.stdin.on("error", () => undefined);
    child.stdin.end(
      typeof input === "string" || Buffer.isBuffer(input) ? input : JSON.stringify(input),
    );
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    assert.equal(code, 0);
    // One agent reads standard error as the answer, and others show it.
    assert.equal(problems, "");
    return output;
  }

  /** The process that works for hooks ends by itself and takes its socket along. */
  async untilNobodyWorks(): Promise<void> {
    while ((await readdir(this.storage)).some((name) => name.endsWith(".sock")))
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async remove(): Promise<void> {
    await this.untilNobodyWorks();
    for (const folder of [this.storage, this.workspace])
      await rm(folder, { recursive: true, force: true });
  }
}
