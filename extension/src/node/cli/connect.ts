import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { agentNamed, CONNECTED, type ConnectedAgent } from "../../common/agents/connectedAgents.js";
import { afterConnecting, connection, type FileChange } from "../../common/agents/connections.js";
import { lineChanges } from "../../common/agents/lineChanges.js";
import { edited, type Splice, undone, withoutOurs } from "../../common/agents/settingsEdit.js";
import { type Installed, launchOf, namesLauncher, writeLauncher } from "./launcher.js";
import { UsageError } from "./options.js";
import { makeFolders, realPath, textOf, writeWhole } from "./settingsFiles.js";

/** How an agent is to be connected. */
export interface ConnectOptions {
  /** The folder of the memories. */
  readonly folder: string;
  readonly installed: Installed;
  /** Where the agents' files are; the user's own home unless told. */
  readonly home?: string;
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
  const agent = agentNamed(name);
  if (agent === undefined) {
    throw new UsageError(`connect needs an agent: one of ${CONNECTED.join(", ")}`);
  }
  const { folder, installed, isUndo, isDryRun, write, home = homedir() } = options;
  const launch = launchOf(folder, installed);
  const isWindows = process.platform === "win32";
  const homes = { home, env: process.env, isWindows, isThere: existsSync };
  const changes = connection(agent, launch, homes);
  if (isDryRun) {
    await show(agent, options, changes);
    return;
  }
  // What an earlier version has written is written anew.
  const wasConnected = await disconnect(agent, folder, changes, isUndo ? write : () => undefined);
  if (isUndo) {
    if (!wasConnected) write(`${agent} is not connected`);
    return;
  }
  await writeLauncher(folder, installed);
  await connectAll(agent, folder, changes, write);
  write(afterConnecting(agent));
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
  for (const { change, ...plan } of planned) {
    const { file } = change;
    try {
      // An agent that runs may have written its settings since.
      const before = await textOf(file);
      const after =
        before === plan.before ? plan.after : named(file, () => edited(before ?? "", change));
      const folders = await makeFolders(dirname(file));
      await writeWhole(file, after.text, 0o600);
      const { splices, text } = after;
      done.push({ file, splices, isNew: before === undefined, folders, hash: hashOf(text) });
      await writeRecord(agent, folder, done);
      write(`${file}: ${before === undefined ? "made" : "changed"}`);
    } catch (error) {
      await disconnect(agent, folder, changes, write);
      if (error instanceof UsageError) throw error;
      const { code = "it failed" } = error as NodeJS.ErrnoException;
      throw new UsageError(`${file} cannot be written (${code}), so that nothing is connected`);
    }
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
    const { file, folders } = done;
    const text = await textOf(file);
    if (text === undefined) continue;
    const left = leftOf(text, done, changes, folder);
    if (left === undefined) {
      await rm(await realPath(file));
      for (const made of [...folders].reverse()) await rmdir(made).catch(() => undefined);
      write(`${file}: removed`);
      continue;
    }
    if (left === text) {
      write(`${file}: nothing of Recollect is in it`);
      continue;
    }
    await writeWhole(file, left, 0o600);
    write(`${file}: changed back`);
  }
  await rm(recordFile(agent, folder), { force: true });
  return record.length > 0;
}

/** Shows what would be written, or taken out. */
async function show(
  agent: ConnectedAgent,
  { folder, isUndo, write }: ConnectOptions,
  changes: readonly FileChange[],
): Promise<void> {
  const told = (file: string, note: string, lines: readonly string[]): void => {
    write(`${file}${note}`);
    for (const line of lines) write(`  ${line}`);
  };
  if (isUndo) {
    for (const done of await readRecord(agent, folder)) {
      const text = (await textOf(done.file)) ?? "";
      const left = leftOf(text, done, changes, folder);
      told(done.file, left === undefined ? " (goes)" : "", lineChanges(text, left ?? ""));
    }
    return;
  }
  for (const change of changes) {
    const before = await textOf(change.file);
    const after = named(change.file, () => edited(before ?? "", change)).text;
    const note = before === undefined ? " (there is none yet)" : "";
    told(change.file, note, lineChanges(before ?? "", after));
  }
}

/** A file's text without what was written into it; nothing if the file itself was made for it. */
function leftOf(
  text: string,
  { file, splices, isNew, hash }: Done,
  changes: readonly FileChange[],
  folder: string,
): string | undefined {
  if (isNew && hashOf(text) === hash) return undefined;
  const change = changes.find((one) => one.file === file);
  const isOurs = namesLauncher(folder);
  return undone(text, splices) ?? (change === undefined ? text : withoutOurs(text, change, isOurs));
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

/** Whether something of ours was written for an agent. */
export async function isConnected(agent: ConnectedAgent, folder: string): Promise<boolean> {
  return (await readRecord(agent, folder)).length > 0;
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
