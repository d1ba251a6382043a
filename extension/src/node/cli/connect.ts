import { createHash, randomBytes } from "node:crypto";
import {
  chmod,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  afterConnecting,
  CONNECTED,
  connection,
  type ConnectedAgent,
  type FileChange,
  type Launch,
} from "../../common/agents/connections.js";
import { edited, type Splice, undone, withoutOurs } from "../../common/agents/settingsEdit.js";
import { UsageError } from "./options.js";

/** How an agent is to be connected. */
export interface ConnectOptions {
  /** The folder of the memories. */
  readonly folder: string;
  readonly isUndo: boolean;
  readonly isDryRun: boolean;
  readonly write: (line: string) => void;
}

/** What was done to one file, so that it can be taken back. */
interface Done {
  readonly file: string;
  readonly splices: readonly Splice[];
  /** Whether there was no such file before. */
  readonly isNew: boolean;
  /** Folders that were made for it, the outermost first. */
  readonly folders: readonly string[];
  /** Hash of the text that was written. */
  readonly hash: string;
}

/** Writes an agent's hooks and server into its own files, or takes them out again. */
export async function connect(name: string | undefined, options: ConnectOptions): Promise<void> {
  const agent = CONNECTED.find((one) => one === name);
  if (agent === undefined) {
    throw new UsageError(`connect needs an agent: one of ${CONNECTED.join(", ")}`);
  }
  const { folder, isUndo, isDryRun, write } = options;
  const launch = launchOf(folder);
  const changes = connection(agent, launch, { home: homedir(), env: process.env });
  if (isDryRun) {
    for (const change of changes) await show(change, isUndo, write);
    return;
  }
  // What an earlier version has written is written anew.
  const wasConnected = await disconnect(agent, folder, changes, isUndo ? write : () => undefined);
  if (isUndo) {
    if (!wasConnected) write(`${agent} is not connected`);
    return;
  }
  await writeLauncher(folder);
  await connectAll(agent, folder, changes, write);
  write(afterConnecting(agent));
}

/** The program that hooks and servers are started by; it stays where it is over updates. */
function launchOf(folder: string): Launch {
  return { command: process.execPath, args: [join(folder, "bin", "recollect.cjs")] };
}

/**
 * A small program that finds the extension: its folder has another name with each version, and an
 * agent whose hook cannot be started may deny what it was about to do.
 */
async function writeLauncher(folder: string): Promise<void> {
  const file = join(folder, "bin", "recollect.cjs");
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const installed = dirname(__dirname);
  const text = `// Written by "recollect connect": starts the command line of the extension that is installed.
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
  await writeWhole(file, text, 0o600);
}

async function connectAll(
  agent: ConnectedAgent,
  folder: string,
  changes: readonly FileChange[],
  write: (line: string) => void,
): Promise<void> {
  // All or nothing: a file that cannot be changed is noticed before any is.
  const planned = await Promise.all(
    changes.map(async (change) => {
      const before = await textOf(change.file);
      return { change, before, after: named(change.file, () => edited(before ?? "", change)) };
    }),
  );
  const done: Done[] = [];
  for (const { change, before, after } of planned) {
    const folders = await makeFolders(dirname(change.file));
    await writeWhole(change.file, after.text, 0o600);
    const { splices } = after;
    done.push({
      ...{ file: change.file, splices, isNew: before === undefined, folders },
      hash: hashOf(after.text),
    });
    await writeRecord(agent, folder, done);
    write(`${change.file}: ${before === undefined ? "made" : "changed"}`);
  }
}

/** Takes out what was written for an agent; false if nothing was. */
async function disconnect(
  agent: ConnectedAgent,
  folder: string,
  changes: readonly FileChange[],
  write: (line: string) => void,
): Promise<boolean> {
  const record = await readRecord(agent, folder);
  for (const done of [...record].reverse()) {
    const { file, splices, isNew, folders, hash } = done;
    const text = await textOf(file);
    if (text === undefined) continue;
    if (isNew && hashOf(text) === hash) {
      await rm(await realPath(file));
      for (const made of [...folders].reverse()) await rmdir(made).catch(() => undefined);
      write(`${file}: removed`);
      continue;
    }
    const change = changes.find((one) => one.file === file);
    const left = undone(text, splices) ?? (change && withoutOurs(text, change, isOurs(folder)));
    if (left === undefined || left === text) {
      write(`${file}: nothing of Recollect is in it`);
      continue;
    }
    await writeWhole(file, left, 0o600);
    write(`${file}: changed back`);
  }
  await rm(recordFile(agent, folder), { force: true });
  return record.length > 0;
}

function isOurs(folder: string): (text: string) => boolean {
  const program = JSON.stringify(join(folder, "bin", "recollect.cjs")).slice(1, -1);
  return (text) => text.includes(program) || text.includes(program.replaceAll("\\", "\\\\"));
}

async function show(
  change: FileChange,
  isUndo: boolean,
  write: (line: string) => void,
): Promise<void> {
  const before = await textOf(change.file);
  write(`${change.file}${before === undefined ? " (there is none yet)" : ""}`);
  if (isUndo) return;
  for (const { inserted } of named(change.file, () => edited(before ?? "", change)).splices) {
    for (const line of inserted.trim().split(/\r?\n/)) write(`  + ${line}`);
  }
}

/** Says which file it is that cannot be changed. */
function named<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SettingsError") throw error;
    throw new UsageError(`${file} is left alone: ${error.message}`);
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    // A mark of its encoding at the beginning stays, as the first character.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (error instanceof TypeError) throw new UsageError(`${file} is left alone: it is no UTF-8`);
    throw error;
  }
}

/** Makes a folder and those above it; gives those that were not there, the outermost first. */
async function makeFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) break;
    missing.unshift(at);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return missing;
}

/** Writes a file as a whole, behind links and with the mode it has. */
async function writeWhole(file: string, text: string, newMode: number): Promise<void> {
  const real = await realPath(file);
  const mode = await stat(real).then(
    (state) => state.mode & 0o777,
    () => newMode,
  );
  const part = join(dirname(real), `.${basename(real)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeFile(part, text, { mode, flag: "wx" });
    await chmod(part, mode);
    await rename(part, real);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function realPath(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function recordFile(agent: ConnectedAgent, folder: string): string {
  return join(folder, "connected", `${agent}.json`);
}

/** What was done for an agent; nothing if nobody knows. */
async function readRecord(agent: ConnectedAgent, folder: string): Promise<Done[]> {
  const text = await textOf(recordFile(agent, folder));
  // The file is our own, beside the memories.
  return text === undefined ? [] : (JSON.parse(text) as Done[]);
}

async function writeRecord(
  agent: ConnectedAgent,
  folder: string,
  done: readonly Done[],
): Promise<void> {
  const file = recordFile(agent, folder);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeWhole(file, `${JSON.stringify(done)}\n`, 0o600);
}
