import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { OwnProgram } from "../common/agents/OwnProgram.js";

/** The command line of this extension, run by the program that runs the extension. */
export function ownProgram(storage: string): OwnProgram {
  return {
    command: process.execPath,
    args: [join(__dirname, "cli.js")],
    // The editor's own program works as Node when it is told so.
    env: { ELECTRON_RUN_AS_NODE: "1", RECOLLECT_STORAGE: storage },
    isNodeOnPath: onPath("node") !== undefined,
  };
}

/**
 * Says to the hooks and the server of the plugin by what they are run and where the memories are:
 * the editor starts them with the variables of this process, and tells them neither.
 */
export function tellPlugin(storage: string): void {
  process.env["RECOLLECT_NODE"] = process.execPath;
  process.env["RECOLLECT_STORAGE"] = storage;
}

/** The program of this name on PATH. */
export function onPath(name: string): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((one) => one !== "");
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)))
    .find((file) => existsSync(file));
}
