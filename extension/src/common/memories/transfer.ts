import type { ImportReport, RefusedLine } from "recollect-wasm";
import type { SegmentStore } from "../storage/SegmentStore.js";

/** For work that takes a while. */
export interface Progress {
  readonly signal: AbortSignal;
  /** Called with how much is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** All memories as one text. */
export interface Exported {
  /** One record a line, sorted. */
  readonly bytes: Uint8Array;
  readonly records: number;
  /** Files that could not be read. */
  readonly unread: readonly string[];
  readonly isCancelled: boolean;
}

/** Files are read until a listing shows none that was not seen; this is for windows that never rest. */
const MAX_LISTINGS = 10;

/**
 * Collects the records of all segments, each once, in an order that depends on nothing but them.
 *
 * `linesOf` gives the lines of a segment's bytes that are to be exported.
 */
export async function exportRecords(
  segments: Pick<SegmentStore, "list" | "read">,
  linesOf: (bytes: Uint8Array) => string[],
  { signal, onProgress }: Progress,
): Promise<Exported> {
  const lines = new Set<string>();
  const seen = new Set<string>();
  const unread: string[] = [];
  for (let listing = 0; listing < MAX_LISTINGS; listing += 1) {
    // Another window may fold files together meanwhile: what they held is then in a new one.
    const names = (await segments.list()).filter((name) => !seen.has(name));
    if (names.length === 0) break;
    for (const [index, name] of names.entries()) {
      if (signal.aborted) break;
      seen.add(name);
      const bytes = await segments.read(name).catch(() => {
        unread.push(name);
        return undefined;
      });
      if (bytes !== undefined) for (const line of linesOf(bytes)) lines.add(line);
      onProgress((index + 1) / names.length);
    }
  }
  const sorted = [...lines].sort();
  return {
    bytes: new TextEncoder().encode(sorted.map((line) => `${line}\n`).join("")),
    records: sorted.length,
    unread,
    isCancelled: signal.aborted,
  };
}

/** What became of the lines of an export. */
export interface Imported extends ImportReport {
  /** Lines looked at. */
  readonly lines: number;
  readonly isCancelled: boolean;
}

/** Bytes of whole lines given to the module at once, which nothing else can interrupt. */
export const CHUNK_BYTES = 64 * 1024;

/** Most bytes of one line, which is given alone where a chunk cannot hold it. */
const LINE_BYTES = 256 * 1024;

/**
 * Takes in an export, chunk by chunk; what was taken in before a cancellation stays.
 *
 * What `take` has resolved for is durable once whoever gave it has seen to that.
 */
export async function importRecords(
  bytes: Uint8Array,
  take: (text: string) => Promise<ImportReport>,
  { signal, onProgress }: Progress,
): Promise<Imported> {
  const total = { lines: 0, pending: 0, known: 0, forgotten: 0, filtered: 0, unlisted: 0 };
  const refused: RefusedLine[] = [];
  for (let start = 0; start < bytes.length && !signal.aborted;) {
    const end = endOfLines(bytes, start);
    const chunk = bytes.subarray(start, end);
    const { text, broken, lines } = decode(chunk);
    for (const line of broken) refused.push(refusal(total.lines + line, NOT_UTF8));
    if (chunk.length > LINE_BYTES) {
      refused.push(refusal(total.lines + 1, `has ${chunk.length} bytes, which no record has`));
    } else {
      const report = await take(text);
      total.pending += report.pending;
      total.known += report.known;
      total.forgotten += report.forgotten;
      total.filtered += report.filtered;
      total.unlisted += report.unlisted;
      for (const { line, problem } of report.refused) {
        if (!broken.has(line)) refused.push(refusal(total.lines + line, problem));
      }
    }
    total.lines += lines;
    start = end;
    onProgress(start / bytes.length);
  }
  refused.sort((one, other) => one.line - other.line);
  return { ...total, refused, isCancelled: signal.aborted };
}

const NOT_UTF8 = "is not UTF-8";

function refusal(line: number, problem: string): RefusedLine {
  return { line, problem };
}

/** Where the whole lines end that begin at `start` and fit a chunk; a longer line stands alone. */
function endOfLines(bytes: Uint8Array, start: number): number {
  const limit = start + CHUNK_BYTES;
  if (limit >= bytes.length) return bytes.length;
  const last = bytes.lastIndexOf(LINE_FEED, limit - 1);
  if (last >= start) return last + 1;
  const next = bytes.indexOf(LINE_FEED, limit);
  return next === -1 ? bytes.length : next + 1;
}

const LINE_FEED = 0x0a;

/** The text of whole lines. Lines that are not UTF-8 are left empty, and named, counting from 1. */
function decode(bytes: Uint8Array): { text: string; broken: Set<number>; lines: number } {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    const text = decoder.decode(bytes);
    return { text, broken: new Set(), lines: countLines(bytes) };
  } catch {
    const broken = new Set<number>();
    const lines: string[] = [];
    for (let start = 0; start < bytes.length;) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found === -1 ? bytes.length : found;
      try {
        lines.push(decoder.decode(bytes.subarray(start, end)));
      } catch {
        lines.push("");
        broken.add(lines.length);
      }
      start = end + 1;
    }
    return { text: `${lines.join("\n")}\n`, broken, lines: lines.length };
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1))
    count += 1;
  return bytes.at(-1) === LINE_FEED ? count : count + 1;
}
