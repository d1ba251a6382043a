import { appendFile, lstat, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";

/** A longer log begins anew; the one before is kept. */
const MAX_BYTES = 256 * 1024;

/** Why a hook failed; the message is ours and holds nothing of its input. */
export class HookFailure extends Error {
  override readonly name = "HookFailure";
}

/** Nothing is kept then: it would be written in plain. */
export const LOCKED =
  "the memories are encrypted and the key is not here; RECOLLECT_RECOVERY_CODE gives hooks the code";

/** Writes why a hook failed beside the memories. Never rejects. */
export async function logHook(folder: string, about: string, error: unknown): Promise<void> {
  const path = join(folder, "hooks.log");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = await lstat(path).catch(() => undefined);
    // Who opens a pipe waits for somebody to read it.
    if (state !== undefined && !state.isFile()) return;
    if (state !== undefined && state.size > MAX_BYTES) await rename(path, `${path}.1`);
    const line = `${new Date().toISOString()} ${about} ${reasonOf(error)}\n`;
    await appendFile(path, line, { mode: 0o600 });
  } catch {
    // There is nobody left to tell.
  }
}

/** The reason without any text that somebody else may have put into a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof HookFailure) return error.message;
  if (!(error instanceof Error)) return "failed";
  if (error.name === "LockedError") return LOCKED;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
}
