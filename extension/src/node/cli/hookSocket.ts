import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { Hook } from "../../common/agents/Hook.js";

/** Longest path of a socket that every system takes, in bytes. */
const MAX_PATH = 100;

/**
 * Where hooks of agents reach the process that works for them: a socket that only this user can
 * open, or a named pipe in Windows. Another version of the extension has one of its own.
 */
export function hookSocket(folder: string, version: string): string {
  const at = resolve(folder);
  const hash = createHash("sha256").update(`${at}\n${version}`).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\recollect-${userInfo().username}-${hash}`;
  const beside = join(at, `hooks-${hash}.sock`);
  if (Buffer.byteLength(beside) <= MAX_PATH) return beside;
  return join(tmpdir(), `recollect-${userInfo().uid}`, `${hash}.sock`);
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
