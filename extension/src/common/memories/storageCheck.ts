import type { SegmentReport, Stats } from "recollect-wasm";
import { describe } from "../Log.js";
import type { SegmentStore } from "../storage/SegmentStore.js";
import type { Progress } from "./transfer.js";

/** A file and what is wrong with it. */
export interface FileProblem {
  readonly name: string;
  readonly problem: string;
}

/** What every file of the storage is like. */
export interface StorageCheck {
  /** Files of the log, whatever is wrong with them. */
  readonly segments: number;
  readonly bytes: number;
  /** Records that verify, tombstones and repetitions among them. */
  readonly records: number;
  readonly damaged: readonly SegmentReport[];
  readonly newer: readonly string[];
  readonly unread: readonly FileProblem[];
  /** Copies of damaged files. */
  readonly quarantined: readonly string[];
  /** Why the copies could not be listed. */
  readonly quarantineProblem?: string;
  readonly stats: Stats;
  readonly isCancelled: boolean;
}

/** The files, and how one is verified. */
interface Files {
  readonly segments: SegmentStore;
  readonly quarantine: SegmentStore | undefined;
  readonly inspect: (name: string, bytes: Uint8Array) => SegmentReport;
}

/** Reads every file again and verifies each line of it. Changes nothing. */
export async function checkStorage(
  { segments, quarantine, inspect }: Files,
  stats: Stats,
  { signal, onProgress }: Progress,
): Promise<StorageCheck> {
  const names = (await segments.list()).sort();
  const damaged: SegmentReport[] = [];
  const newer: string[] = [];
  const unread: FileProblem[] = [];
  let count = 0;
  let bytes = 0;
  let records = 0;
  for (const name of names) {
    if (signal.aborted) break;
    count += 1;
    onProgress(count / names.length);
    try {
      const read = await segments.read(name);
      if (read === undefined) {
        // Another window has folded it into a new file since.
        count -= 1;
        continue;
      }
      const report = inspect(name, read);
      bytes += read.byteLength;
      records += report.records;
      if (report.isNewer) newer.push(name);
      else if (!report.isWhole) damaged.push(report);
    } catch (error) {
      unread.push({ name, problem: describe(error) });
    }
  }
  const check = { segments: count, bytes, records, damaged, newer, unread, stats };
  const isCancelled = signal.aborted;
  try {
    const quarantined = ((await quarantine?.list()) ?? []).sort();
    return { ...check, quarantined, isCancelled };
  } catch (error) {
    return { ...check, quarantined: [], quarantineProblem: describe(error), isCancelled };
  }
}
