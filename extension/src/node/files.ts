import { constants } from "node:fs";
import { lstat, open, type FileHandle } from "node:fs/promises";

const isWindows = process.platform === "win32";

/**
 * Whether the folder exists. Rejects if something else has its name, such as a link that leads
 * elsewhere, or if everybody on the machine may write to it.
 */
export async function isRealFolder(path: string): Promise<boolean> {
  const state = await lstat(path).catch(ifMissing);
  if (state === undefined) return false;
  if (!state.isDirectory()) throw new Error(`${path} is not a folder`);
  if (!isWindows && (state.mode & 0o002) !== 0) {
    throw new Error(`${path} can be written by every user of this machine`);
  }
  return true;
}

/** Whether anything has this name. */
export async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(ifMissing)) !== undefined;
}

/** Opens a file for reading, without following a link where the system can tell; `undefined` if there is none. */
export async function openIfThere(path: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | (isWindows ? 0 : constants.O_NOFOLLOW);
  return open(path, flags).catch(ifMissing);
}

/** Writes a new file for the user alone. Once this settles, a crash no longer loses its bytes. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes new and removed names of a folder durable. Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (isWindows) return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** For `catch`: nothing is there, which is an ordinary answer. */
export function ifMissing(error: unknown): undefined {
  if (hasCode(error, "ENOENT")) return undefined;
  throw error;
}

/** For `catch`: something is there already, which is an ordinary answer. */
export function ifExists(error: unknown): undefined {
  if (hasCode(error, "EEXIST")) return undefined;
  throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
