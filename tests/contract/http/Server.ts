import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Send } from "./Case.js";

export const cli = join(import.meta.dirname, "../../../extension/dist/cli.js");

/** The command line's server as a process of its own, over a folder of its own. */
export class Server implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly errors: string[] = [];
  readonly send: Send;

  private constructor(
    process: ChildProcess,
    readonly folder: string,
    /** Such as `http://127.0.0.1:37700`. */
    readonly origin: string,
    readonly token: string | undefined,
    readonly ownsFolder: boolean,
  ) {
    this.#process = process;
    createInterface({ input: process.stderr as NodeJS.ReadableStream }).on("line", (line) =>
      this.errors.push(line),
    );
    this.send = (method, path, body) =>
      fetch(`${origin}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
  }

  /** Starts a server and waits until it listens: on a free port, unless its environment names one. */
  static async start(
    args: readonly string[] = [],
    more: {
      readonly folder?: string;
      readonly cwd?: string;
      readonly env?: { readonly CLAUDE_MEM_WORKER_PORT: string };
    } = {},
  ): Promise<Server> {
    const folder = more.folder ?? (await mkdtemp(join(tmpdir(), "recollect-serve-")));
    const child = spawn(
      process.execPath,
      [
        ...[cli, "serve", "--storage", folder],
        ...(more.env === undefined ? ["--port", "0"] : []),
        ...args,
      ],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...more.env },
        ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
      },
    );
    const lines = createInterface({ input: child.stdout });
    let viewer: URL | undefined;
    for await (const line of lines) {
      const address = /^Viewer: (\S+)$/.exec(line)?.[1];
      if (address !== undefined) viewer = new URL(address);
      if (line.startsWith("Listening on ")) break;
    }
    assert.ok(viewer, "the server did not start");
    const token = viewer.searchParams.get("token") ?? undefined;
    const server = new Server(child, folder, viewer.origin, token, more.folder === undefined);
    await server.#untilReady();
    return server;
  }

  /** Waits until all memories are read, as a client's hook does, but no longer than some seconds. */
  async #untilReady(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await this.send("GET", "/api/readiness")).ok) return;
      await new Promise((settle) => setTimeout(settle, 100));
    }
  }

  /** Ends it as a terminal does, and gives its exit code. */
  async stop(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    const ended = new Promise<number | null>((resolve) => {
      this.#process.once("exit", (code) => resolve(code));
    });
    this.#process.kill(signal);
    return ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    if (this.ownsFolder) await rm(this.folder, { recursive: true, force: true });
  }
}
