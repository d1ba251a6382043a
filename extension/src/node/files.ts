import { constants } from "node:fs";
import { lstat, open, type FileHandle } from "node:fs/promises";
import { NotAFileError } from "../common/storage/SegmentStore.js";

const isWindows = process.platform === "win32";

/**
 * A file left behind by a crash is removed once nobody can be writing it any more. On a slow disk
 * or a network a write takes minutes, and one whose file is removed each time would never succeed.
 */
export const PART_MAX_AGE_MS = 3_600_000;

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

/**
 * Opens a regular file for reading; `undefined` if there is none.
 *
 * Rejects with {@link NotAFileError} for anything else of that name. A link may lead out of the
 * folder, and who opens a pipe waits for somebody to write into it.
 */
export async function openIfThere(path: string): Promise<FileHandle | undefined> {
  const state = await lstat(path).catch(ifMissing);
  if (state === undefined) return undefined;
  if (!state.isFile()) throw new NotAFileError(path);
  // Something else may have taken its place since.
  const careful = isWindows ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, constants.O_RDONLY | careful).catch(ifMissing);
  if (file === undefined) return undefined;
  try {
    if ((await file.stat()).isFile()) return file;
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  throw new NotAFileError(path);
}

/** The bytes of a regular file, or `undefined` if there is none; rejects for one of more than `maxBytes`. */
export async function readIfThere(path: string, maxBytes: number): Promise<Buffer | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    if (size > maxBytes)
      throw new Error(`${path} has ${size} bytes, more than the ${maxBytes} that are read`);
    return await file.readFile();
  } finally {
    await file.close();
  }
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
