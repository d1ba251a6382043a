// The command line's server beside an editor: a process of its own on a folder of memories.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { editorNode } from "./versions.mjs";

const cli = join(import.meta.dirname, "../../extension/dist/cli.js");

/**
 * Starts `serve` on a free port.
 *
 * @param {string} folder The folder that holds `mem1`.
 */
export async function startServe(folder) {
  const child = spawn(editorNode, [cli, "serve", "--port", "0", "--storage", folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors = [];
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  let address;
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^Viewer: (\S+)$/.exec(line)?.[1];
    if (found !== undefined) address = new URL(found);
    if (line.startsWith("Listening on ")) break;
  }
  if (address === undefined) throw new Error(`serve did not start:\n${errors.join("\n")}`);
  const token = address.searchParams.get("token");
  return {
    /** The viewer's address, with the token. */
    address,
    /** Lines of its standard error. */
    errors,
    send: (method, path, body) =>
      fetch(`${address.origin}${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGINT");
      await once(child, "exit");
    },
  };
}
