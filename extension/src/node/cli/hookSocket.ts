import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { Hook } from "../../common/agents/Hook.js";
import { HookFailure } from "./hookLog.js";

/** Longest path of a socket that every system takes, in bytes. */
const MAX_PATH = 100;

/**
 * Where hooks of agents reach the process that works for them: a socket that only this user can
 * open, or a named pipe in Windows. Another version of the extension has one of its own.
 */
export async function hookSocket(folder: string, version: string): Promise<string> {
  const at = resolve(folder);
  const hash = createHash("sha256").update(`${at}\n${version}`).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\recollect-${userInfo().username}-${hash}`;
  const beside = join(at, `hooks-${hash}.sock`);
  if (Buffer.byteLength(beside) <= MAX_PATH) return beside;
  const { uid } = userInfo();
  const own = join(tmpdir(), `recollect-${uid}`);
  await mkdir(own, { recursive: true, mode: 0o700 });
  // Anybody may have made it, to be told what hooks tell.
  const state = await lstat(own);
  if (!state.isDirectory() || state.uid !== uid || (state.mode & 0o077) !== 0)
    throw new HookFailure("the folder of the socket is somebody else's");
  return join(own, `${hash}.sock`);
}

/** What a hook sends, as one JSON text. */
export interface HookMessage {
  readonly hook: Hook;
}

/** What it gets back, as one JSON text. */
export interface HookReply {
  readonly context?: string;
  /** Name of what went wrong; never a stored text. */
  readonly problem?: string;
}
