import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Launch } from "../../common/agents/shellLine.js";
import { onPath } from "../ownProgram.js";
import { writeWhole } from "./settingsFiles.js";

/** Where the extension is, and what runs it. */
export interface Installed {
  /** The extension's folder, which has another name with each version. */
  readonly folder: string;
  /** The program that runs it. */
  readonly program: string;
  /** Whether that is an editor's, which may be gone after an update and has to be told to be Node. */
  readonly isEditor: boolean;
}

/** The program that hooks and servers are started by; it stays where it is over updates. */
export function launchOf(storage: string, { program, isEditor }: Installed): Launch {
  const script = join(storage, "bin", "recollect.cjs");
  if (!isEditor) return { command: program, args: [script] };
  if (process.platform !== "win32") return { command: join(storage, "bin", "recollect"), args: [] };
  // Not everybody who starts a server can start a batch file.
  const node = onPath("node");
  return node === undefined
    ? { command: join(storage, "bin", "recollect.cmd"), args: [] }
    : { command: node, args: [script] };
}

/**
 * Writes a small program that finds the extension: an agent whose hook cannot be started may deny
 * what it was about to do. For an editor also one that finds what runs it, without Node on PATH.
 */
export async function writeLauncher(storage: string, installed: Installed): Promise<void> {
  const bin = join(storage, "bin");
  await mkdir(bin, { recursive: true, mode: 0o700 });
  await writeWhole(join(bin, "recollect.cjs"), finder(installed.folder), 0o600);
  if (!installed.isEditor) return;
  const isWindows = process.platform === "win32";
  const name = isWindows ? "recollect.cmd" : "recollect";
  const text = isWindows
    ? batchFile(installed.program, process.env)
    : shellScript(installed.program);
  await writeWhole(join(bin, name), text, 0o700);
}

/** Whether a text of settings names a launcher of this storage. */
export function namesLauncher(storage: string): (text: string) => boolean {
  const program = JSON.stringify(join(storage, "bin", "recollect")).slice(1, -1);
  return (text) => text.includes(program) || text.includes(program.replaceAll("\\", "\\\\"));
}

function finder(installed: string): string {
  return `// Written by Recollect: starts the command line of the extension that is installed.
const { existsSync, readdirSync, statSync } = require("node:fs");
const { dirname, join } = require("node:path");
const installed = ${JSON.stringify(installed)};
const named = (folder) => join(folder, "dist", "cli.js");
const others = () => {
  try {
    const all = dirname(installed);
    return readdirSync(all)
      .filter((name) => /^recollect\\.recollect-/.test(name))
      .map((name) => named(join(all, name)))
      .filter((file) => existsSync(file))
      .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  } catch {
    return [];
  }
};
const program = existsSync(named(installed)) ? named(installed) : others()[0];
const isHook = process.argv[2] === "hook";
if (program === undefined) {
  if (!isHook) console.error("recollect: the extension is not installed any more");
  process.exit(isHook ? 0 : 1);
}
process.argv[1] = program;
if (!process.argv.includes("--storage")) process.argv.push("--storage", dirname(__dirname));
require(program);
`;
}

function shellScript(program: string): string {
  const quoted = `'${program.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh
# Written by Recollect: runs its command line by the editor's own program, or by Node.
for program in ${quoted} "$(command -v node)"; do
  if [ -x "$program" ]; then
    ELECTRON_RUN_AS_NODE=1 exec "$program" "$(dirname "$0")/recollect.cjs" "$@"
  fi
done
[ "$1" = hook ] && exit 0
echo "recollect: neither the editor nor Node was found" >&2
exit 1
`;
}

/** Folders that programs are in; their names may hold letters that a batch file cannot say. */
const FOLDERS = ["LOCALAPPDATA", "ProgramFiles", "ProgramW6432", "APPDATA", "USERPROFILE"];

/** Which page of letters a batch file is read in depends on the machine, so a variable says where. */
export function batchFile(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const isIn = (name: string): boolean => {
    const folder = env[name] ?? "";
    return folder !== "" && program.toLowerCase().startsWith(`${folder.toLowerCase()}\\`);
  };
  const name = FOLDERS.find(isIn);
  const rest = program.slice(name === undefined ? 0 : (env[name] ?? "").length);
  const said = (name === undefined ? "" : `%${name}%`) + rest.replaceAll("%", "%%");
  return [
    "@echo off",
    "rem Written by Recollect: runs its command line by the editor's own program.",
    "set ELECTRON_RUN_AS_NODE=1",
    `if exist "${said}" ("${said}" "%~dp0recollect.cjs" %*) else (node "%~dp0recollect.cjs" %*)`,
    'if "%1"=="hook" exit /b 0',
    "",
  ].join("\r\n");
}
