import { wait } from "../text/atMost.js";
import { describe } from "../Log.js";
import type { Tidied } from "./Maintenance.js";
import type { SegmentStore } from "../storage/SegmentStore.js";

/** What became of something that was to be forgotten. */
export interface ForgetReport {
  /** Memories that were ended. No window finds them any more. */
  readonly forgotten: number;
  /** Files written anew without them. */
  readonly written: number;
  /** Files deleted that held them. */
  readonly deleted: number;
  /** Files that hold them still; they are rewritten later, without being asked. */
  readonly left: number;
  /** Why there are some left. */
  readonly problem?: string;
}

/** What purging needs to see and do. */
interface Files {
  /** Takes in what is on disk now, and what is in quarantine. */
  look(): Promise<void>;
  /** Carries out all that is to be done and possible now. */
  tidy(): Promise<void>;
  readonly tidied: Tidied;
  /** Files that are known to hold something forgotten. */
  readonly unpurged: number;
}

const POLL_MS = 500;

/**
 * Rewrites files until none holds what was forgotten, looking again each time for what other
 * windows wrote meanwhile: one that was folding files together may have written it back.
 *
 * Gives up waiting after `limitMs`; the rest is done in the background.
 */
export async function purge(
  files: Files,
  limitMs: number,
): Promise<Omit<ForgetReport, "forgotten">> {
  const before = files.tidied;
  const deadline = performance.now() + limitMs;
  for (;;) {
    await files.look();
    const seen = files.tidied.operations;
    await files.tidy();
    const isQuiet = files.tidied.operations === seen && files.tidied.problem === undefined;
    if (isQuiet && files.unpurged === 0) break;
    if (performance.now() >= deadline) break;
    if (files.tidied.operations === seen) await wait(POLL_MS);
  }
  const { written, deleted, problem } = files.tidied;
  return {
    written: written - before.written,
    deleted: deleted - before.deleted,
    left: files.unpurged,
    ...(problem === undefined ? {} : { problem }),
  };
}

/**
 * Deletes every copy of a damaged file. What does not decode names nothing by which it could be
 * found, so it goes when everything is to go.
 */
export async function emptyQuarantine(
  quarantine: SegmentStore,
): Promise<Pick<ForgetReport, "deleted" | "left" | "problem">> {
  let deleted = 0;
  let left = 0;
  let problem: string | undefined;
  for (const name of await quarantine.list()) {
    try {
      await quarantine.delete(name);
      deleted += 1;
    } catch (error) {
      left += 1;
      problem = describe(error);
    }
  }
  return { deleted, left, ...(problem === undefined ? {} : { problem }) };
}
