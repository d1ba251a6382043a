import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./options.js";

/** A token is a short line. */
const MAX_BYTES = 1024;

const TOKEN = /^[\w.~-]{16,256}$/;

/**
 * The token that a file of this user holds; made with a fresh one if there is no file yet.
 *
 * Clients read it from there, or their settings hold a copy, so it stays the same from one start to
 * the next. It is worth no more than the memories beside it, which the same user alone may read; a
 * file that others can read or could have written is refused.
 */
export async function keptToken(path: string, fresh: () => string): Promise<string> {
  const made = await makeToken(path, fresh());
  if (made !== undefined) return made;
  const file = await open(path, constants.O_RDONLY | careful).catch(() => {
    throw refusal(path, "cannot be read");
  });
  try {
    const problem = await problemOf(file);
    if (problem !== undefined) throw refusal(path, problem);
    const token = (await file.readFile("utf8")).trim();
    if (!TOKEN.test(token)) throw refusal(path, "holds no token");
    return token;
  } finally {
    await file.close();
  }
}

/** Windows has neither owners nor modes of this kind: there, the folder is the user's alone. */
const isPosix = process.platform !== "win32";
/** Neither follows a link nor waits for somebody to write into a pipe. */
const careful = isPosix ? constants.O_NOFOLLOW | constants.O_NONBLOCK : 0;

/** Makes the file, unless there is one; nobody ever sees it without its token. */
async function makeToken(path: string, token: string): Promise<string | undefined> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (await isThere(path)) return undefined;
  const whole = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(whole, "wx", 0o600);
    try {
      await file.writeFile(`${token}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // Of several that start at once, one gives its file the name and the others read it.
    await link(whole, path);
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/** Whether something has the name, a link that leads nowhere included. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Why a file cannot be relied on, if it cannot. */
async function problemOf(file: FileHandle): Promise<string | undefined> {
  const stat = await file.stat();
  if (!stat.isFile() || stat.size > MAX_BYTES) return "is no file with a token";
  if (!isPosix) return undefined;
  if (stat.uid !== process.getuid?.()) return "belongs to another user";
  return (stat.mode & 0o077) === 0 ? undefined : "can be read by other users";
}

function refusal(path: string, problem: string): UsageError {
  return new UsageError(`${path} ${problem}: remove it, and serve makes a new one`);
}
